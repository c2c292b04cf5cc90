"""What does the page of lamps say of a district? Its dongs, what of them is lit, and the lamps of one, in words."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from civic.devices.judging.sun import Sky
from civic.devices.models import Device
from civic.devices.words import CONDITIONS
from civic.live.street import Street
from civic.places.models import District, Dong
from civic.places.queries import all_dongs, districts

A_PAGE = 50  # lamps
LIT = ("on", "dimmed")
NOTABLE = ("fault", "with_cabinet", "work", "mended", "lost")  # in the order in which one wants to know of them
USUAL = ("on", "fault", "with_cabinet", "lost", "work")  # in the legend even where there is none
NOWHERE = "none"  # instead of a dong's code, for lamps whose dong is unknown


@dataclass(frozen=True)
class Asked:
    """What the reader looks at: a district by its code, perhaps one dong, perhaps one condition."""

    district: str
    dong: str = ""
    state: str = ""

    def href(self, **changed: str) -> str:
        """The same page with something else chosen."""
        return f"{reverse('live-map')}?{self.query(**changed)}"

    def query(self, **changed: str) -> str:
        """As a query string, without what is not chosen."""
        return urlencode({name: value for name, value in {**vars(self), **changed}.items() if value})


@dataclass(frozen=True)
class Tally:
    """Lamps of a condition, and the page that lists them."""

    condition: str
    word: str | Promise
    number: int
    href: str
    shown: bool
    current: bool = False


@dataclass(frozen=True)
class DongRow:
    """One line of the list by dong. `share` is the part of its lamps that is lit, in hundredths."""

    code: str
    name: str
    lamps: int
    lit: int
    share: int
    notable: list[Tally]
    heard: datetime | None
    href: str

    @property
    def stands_out(self) -> bool:
        return any(tally.number for tally in self.notable)


@dataclass(frozen=True)
class LampRow:
    """One lamp in a list."""

    tag: str
    key: str
    number: str
    dong: str
    address: str
    condition: str
    heard: datetime | None
    on_map: bool
    count: int


def asked_for(query: Mapping[str, str]) -> tuple[Asked, District, Dong | None]:
    """What a query string chooses; what is not known here is left out, so that old links still open."""
    dong = next((dong for dong in all_dongs() if dong.code == query.get("dong")), None)
    known = {district.code: district for district in districts()}
    district = known.get(dong.district_id if dong else query.get("district", "")) or next(iter(known.values()))
    nowhere = NOWHERE if query.get("dong") == NOWHERE else ""
    state = query.get("state", "")
    return Asked(district.code, dong.code if dong else nowhere, state if state in CONDITIONS else ""), district, dong


def dong_rows(street: Street, asked: Asked) -> tuple[list[DongRow], list[DongRow]]:
    """Dongs with something first, the most first; and those where nothing is amiss."""
    rows = [
        _dong_row(street, asked, dong.code, str(dong)) for dong in all_dongs() if dong.district_id == street.district
    ]
    if "" in street.by_dong:
        rows.append(_dong_row(street, asked, "", _("Dong not known")))
    amiss = sorted((row for row in rows if row.stands_out), key=lambda row: [-tally.number for tally in row.notable])
    return amiss, [row for row in rows if not row.stands_out]


def _dong_row(street: Street, asked: Asked, code: str, name: str) -> DongRow:
    counts = street.by_dong.get(code, Counter())
    lamps, lit, there = counts.total(), sum(counts[how] for how in LIT), code or NOWHERE
    notable = [
        Tally(how, CONDITIONS[how], counts[how], asked.href(dong=there, state=how), counts[how] > 0) for how in NOTABLE
    ]
    share = lit * 100 // lamps if lamps else 0
    return DongRow(code, name, lamps, lit, share, notable, street.heard.get(code), asked.href(dong=there, state=""))


def legend(street: Street, asked: Asked) -> list[Tally]:
    """Every condition with its number in what is looked at; a second click takes the choice back."""
    counts = street.by_dong.get(_code(asked), Counter()) if asked.dong else street.total
    return [
        Tally(
            how,
            word,
            counts[how],
            asked.href(state="" if how == asked.state else how),
            how in USUAL or counts[how] > 0 or how == asked.state,
            how == asked.state,
        )
        for how, word in CONDITIONS.items()
        if how != "retired"
    ]


def lamp_page(street: Street, asked: Asked, number: str) -> tuple[Page[Any], list[LampRow]]:
    """A page of the lamps looked at, by tag, and its rows: one query however many there are."""
    code = _code(asked)
    chosen = [
        (lamp.tag, place)
        for place, lamp in enumerate(street.lamps.lamps)
        if (not asked.dong or lamp.dong == code) and (not asked.state or street.conditions[place] == asked.state)
    ]
    page = Paginator(sorted(chosen), A_PAGE).get_page(number)
    return page, _lamp_rows(street, dict(page.object_list))


def _lamp_rows(street: Street, places: Mapping[str, int]) -> list[LampRow]:
    devices = Device.objects.filter(tag__in=places).select_related("streetlight", "state", "dong").order_by("tag")
    return [
        LampRow(
            device.tag,
            device.key,
            device.tag.partition("-")[2],
            str(device.dong) if device.dong else _("Dong not known"),
            device.streetlight.road_address or device.streetlight.lot_address,
            street.conditions[places[device.tag]],
            device.state.observed_at if hasattr(device, "state") else None,
            device.lat is not None,
            device.streetlight.count,
        )
        for device in devices
    ]


def _code(asked: Asked) -> str:
    return "" if asked.dong == NOWHERE else asked.dong


@dataclass(frozen=True)
class Night:
    """Tonight, or the night that comes: when the sun is away, and how far it has gone, in thousandths."""

    sunset: datetime
    sunrise: datetime
    gone: int
    is_now: bool


def night_over(district: str, now: datetime) -> Night:
    """The night over the middle of a district."""
    around = [dong for dong in all_dongs() if dong.district_id == district]
    sky = Sky(sum(dong.lat for dong in around) / len(around), sum(dong.lon for dong in around) / len(around))
    sunset, sunrise = sky.night(now)
    gone = (now - sunset) / (sunrise - sunset)
    return Night(sunset, sunrise, round(1000 * min(1, max(0, gone))), gone >= 0)
