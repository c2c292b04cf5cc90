"""Which devices are there, what did they last say, and whose key is this?"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from civic.people.bearer import digest

from .hearing import heard_through
from .judging.cabinet import LOST, Child, mended_nothing
from .judging.kept import cabinet_state, wrong_times
from .judging.lamp import DARK, OFFLINE, SPANS, grace_of
from .models import (
    STANDING,
    Clock,
    Device,
    DeviceFinding,
    DeviceState,
    DeviceToken,
    Gateway,
    Kind,
    LampList,
    Observation,
    Streetlight,
)
from .unheard import SAID_AT, now_of


def find_device(tag: str) -> Device | None:
    """The device with this tag, with its dong; None for anything else."""
    if "\0" in tag:
        return None
    return Device.objects.select_related("district", "dong").filter(tag=tag).first()


def whole_device(tag: str) -> Device | None:
    """The device with this tag and all that its page shows of it, its cabinet too: one query."""
    if "\0" in tag:
        return None
    parts = ("district", "dong", "streetlight", "state__via", "parent__state")
    return Device.objects.select_related(*parts).filter(tag=tag).first()


def devices_called(number: str, most: int = 20) -> list[Device]:
    """Lamps in service with this number on their plate, whatever district they stand in, or with this tag."""
    if "\0" in number or not number:
        return []
    rows = Device.objects.filter(Q(tag=number) | Q(name=number), retired_at__isnull=True)
    return list(rows.select_related("district", "dong", "streetlight").order_by("tag")[:most])


def findings_of(device: Device, most: int) -> list[DeviceFinding]:
    """What was found wrong with it, the newest first."""
    return list(device.findings.order_by("-opened_at")[:most])


def readings_of(device: Device, most: int) -> list[Observation]:
    """What it said by its clock of now, the newest first: by its receipt where that was far ahead."""
    said = device.observations.filter(STANDING)
    rows = said.order_by("-t")[:most]
    if any("clock" in row.flags for row in rows):  # its own clock puts it further up than it belongs, never down
        rows = said.annotate(said=SAID_AT).order_by("-said", "-t", "-mid")[:most]
    return list(rows)


def lamps_within(west: float, south: float, east: float, north: float) -> QuerySet[Device]:
    """Lamps in service inside a box in WGS84 degrees, with what they last said."""
    inside = {"lon__gte": west, "lon__lte": east, "lat__gte": south, "lat__lte": north}
    return Device.objects.filter(kind=Kind.STREETLIGHT, retired_at__isnull=True, **inside).select_related("state")


def lamps(district: str = "", dong: str = "") -> QuerySet[Device]:
    """Lamps in service, with what the list and they themselves say, in the list's order."""
    rows = Device.objects.filter(kind=Kind.STREETLIGHT, retired_at__isnull=True)
    if district:
        rows = rows.filter(district=district)
    if dong:
        rows = rows.filter(dong=dong)
    return rows.select_related("streetlight", "state", "dong").order_by("district", "streetlight__position")


def lamps_by_dong(district: str) -> dict[str, dict[str, int]]:
    """{dong code: {"places", "lamps"}} of lamps in service; the code is empty where the dong is unknown."""
    rows = Device.objects.filter(kind=Kind.STREETLIGHT, retired_at__isnull=True, district=district)
    counted = rows.values_list("dong").annotate(places=Count("pk"), lamps=Sum("streetlight__count"))
    return {dong or "": {"places": places, "lamps": number} for dong, places, number in counted}


def delivered(district: str) -> bytes | None:
    """The accepted rows of the district's last list, in its own format; None where there was none."""
    shape = LampList.objects.filter(district=district).first()
    if shape is None:
        return None
    rows = Streetlight.objects.filter(device__district=district, device__retired_at__isnull=True)
    lines = [shape.header, *rows.order_by("position").values_list("source", flat=True)]
    return "".join(line + shape.newline for line in lines).encode(shape.encoding)


def sender_for(raw: str) -> DeviceToken | None:
    """Whose key this is, with its device or gateway; None where it is unknown, revoked or its device retired."""
    tokens = DeviceToken.objects.select_related("device", "gateway")
    return tokens.filter(digest=digest(raw), revoked_at__isnull=True, device__retired_at__isnull=True).first()


def working_keys() -> QuerySet[DeviceToken]:
    """Keys that nobody has revoked, with their devices and gateways, the newest first."""
    rows = DeviceToken.objects.filter(revoked_at__isnull=True)
    return rows.select_related("device", "gateway__district").order_by("-pk")


def keys_within(districts: Collection[str]) -> QuerySet[DeviceToken]:
    """Those of the devices and gateways of these districts."""
    return working_keys().filter(Q(device__district__in=districts) | Q(gateway__district__in=districts))


def devices_tagged(tags: Sequence[str]) -> tuple[list[Device], list[str]]:
    """The devices with these tags, in this order, and the tags that nothing bears."""
    found: dict[str, Device] = {}
    for start in range(0, len(tags), 1_000):
        some = [tag for tag in tags[start : start + 1_000] if "\0" not in tag]
        found.update((device.tag, device) for device in Device.objects.filter(tag__in=some))
    return [found[tag] for tag in dict.fromkeys(tags) if tag in found], [tag for tag in tags if tag not in found]


def device_now(device: Device, at: datetime) -> datetime:
    """The time at a device: the newest that its gateway has sent where that gateway's clock is simulated, else `at`."""
    found = _simulated(device).select_related("via").first()
    return now_of(found, at) if found else at


def still_wrong(device: Device, codes: Collection[str], since: datetime, at: datetime) -> datetime | None:
    """When, by its own clock, an open finding among `codes` had been so for its rule's whole span after `since`.

    None where it has not: where none is open, nothing was said since, its gateway says nothing at all, or where
    something is still to be judged.
    """
    state = device.state if hasattr(device, "state") else None
    if state is None or state.waiting:
        return None
    for code in sorted(set(codes) & set(state.judged.get("open", []))):
        if code == LOST:
            moment = _still_lost(state, since, at)
        else:
            moment = _still_silent(state, since, at) if code == OFFLINE else _still_so(state, code, since)
        if moment:
            return moment
    return None


def _still_so(state: DeviceState, code: str, since: datetime) -> datetime | None:
    """When it said last that it is so, if it had then done so for the rule's span since."""
    begun, last = wrong_times(state.judged).get(code, (since, since))
    return last if last - max(begun, since) >= SPANS[code] else None


def _still_silent(state: DeviceState, since: datetime, at: datetime) -> datetime | None:
    """Now, where a lamp that owes reports would have been heard again since. Who owes none is never silent."""
    seconds, said_at = state.device.report_interval, state.judged.get("seen_at")
    if not seconds or not said_at:
        return None
    heard = heard_through(state, None)
    now = heard.end(now_of(state, at))
    silence = now - heard.start(max(since, datetime.fromisoformat(said_at)))
    return now if silence > grace_of(timedelta(seconds=seconds)) else None


def _still_lost(cabinet: DeviceState, since: datetime, at: datetime) -> datetime | None:
    """The newest moment at which its lamps showed that a repair mended nothing: still silent, or dark anew."""
    rows = DeviceState.objects.filter(device__parent=cabinet.device_id, device__retired_at=None)
    lamps = list(rows.exclude(observed_at=None).select_related("via", "device"))
    if any(lamp.waiting for lamp in lamps):
        return None
    children = []
    for lamp in lamps:
        silent, every = _still_silent(lamp, since, at), lamp.device.report_interval
        dark = _still_so(lamp, DARK, since) if DARK in lamp.judged.get("since", {}) else None
        interval = timedelta(seconds=every) if every else None
        children.append(Child(lamp.device.tag, silent or dark, interval, lamp.observed_at, silence=silent is not None))
    moments = [child.lost_at for child in children if child.lost_at]
    return max(moments) if mended_nothing(cabinet_state(cabinet.judged, at), children, since) else None


def _simulated(device: Device) -> QuerySet[DeviceState]:
    """Its own words, or those of its lamps where it is a cabinet, if a simulated gateway brought them."""
    return DeviceState.objects.filter(Q(device=device) | Q(device__parent=device), via__clock=Clock.SIMULATED)


def simulated_clock(district: str) -> datetime | None:
    """The time that a district's simulated gateway has reached; None where it has none or has not begun."""
    gateway = Gateway.objects.filter(district=district, clock=Clock.SIMULATED).first()
    return gateway.clock_at if gateway else None
