"""How is a device shown to a reader? Pure: rows in, what templates print out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from civic.devices.condition import condition
from civic.devices.hearing import silent_since
from civic.devices.models import Device, DeviceFinding, DeviceState, Kind, Observation
from civic.devices.words import CONDITIONS, KINDS, finding_words

from .surroundings import open_codes

SWITCHED = ("on", "dimmed", "off")  # what is wrong with a lamp has times of its own


@dataclass(frozen=True)
class Shown:
    """A device at a moment. `now` is its own time: the simulated one where its gateway plays a night.

    `since` is when it was switched as it is; `deaf_since` when its gateway spoke last, if that brings nothing at all.
    """

    device: Device
    number: str
    title: str
    place: str
    kind: str | Promise
    condition: str
    label: str | Promise
    now: datetime
    simulated: bool
    heard_at: datetime | None
    since: datetime | None
    cabinet_lost: bool
    deaf_since: datetime | None

    @property
    def heard(self) -> str:
        return when(self.heard_at, self.now) if self.heard_at else ""

    @property
    def since_when(self) -> str:
        return when(self.since, self.now) if self.since and self.condition in SWITCHED else ""

    @property
    def deaf_since_when(self) -> str:
        return when(self.deaf_since, self.now) if self.deaf_since else ""


def shown(device: Device, *, at: datetime, now: datetime) -> Shown:
    """What is said of a device; `whole_device` brought what is read here. `now` is its own time, `clock.time_at`."""
    state = state_of(device)
    cabinet = open_codes(device.parent)
    look = condition(
        power=state.power_state if state else "",
        findings=open_codes(device),
        retired=device.retired_at is not None,
        cabinet=cabinet,
    )
    if device.kind == Kind.CABINET and look == "unheard":
        look = "on"  # a cabinet speaks through its lamps
    place = place_of(device)
    return Shown(
        device=device,
        number=device.tag.removeprefix(f"{device.district_id}-"),
        title=_title(device, place),
        place=place,
        kind=KINDS.get(device.kind, device.kind),
        condition=look,
        label=CONDITIONS[look] if device.kind != Kind.CABINET or look != "on" else _("Working"),
        now=now,
        simulated=now != at,
        heard_at=state.observed_at if state else None,
        since=state.switched_at if state else None,
        cabinet_lost=look == "with_cabinet",
        deaf_since=silent_since(state, device.report_interval, at) if state else None,
    )


def state_of(device: Device) -> DeviceState | None:
    return device.state if hasattr(device, "state") else None


def place_of(device: Device) -> str:
    """Street and number without city and district, as the sign at the corner says it; empty where unknown."""
    listed = device.streetlight if hasattr(device, "streetlight") else None
    address = (listed.road_address or listed.lot_address) if listed else ""
    _before, found, after = address.partition(f"{device.district.name_ko} ")
    return (after if found else address).strip()


def _title(device: Device, place: str) -> str:
    where = place or str(device.dong or device.district)
    if device.kind == Kind.CABINET:
        return _("Cabinet at %(place)s") % {"place": where}
    if not place:
        return _("Security light in %(place)s") % {"place": where}
    return _("Security light at %(place)s") % {"place": where}


def when(moment: datetime, now: datetime) -> str:
    """The hour of a moment of today, with the day before it otherwise; local time."""
    local = localtime(moment)
    return date_format(local, "H:i") if local.date() == localtime(now).date() else with_day(moment, now)


def with_day(moment: datetime, now: datetime) -> str:
    """Day and hour of a moment, local time: where several clocks go, an hour alone tells nothing."""
    local = localtime(moment)
    day = date_format(local, "DATE_FORMAT" if local.year != localtime(now).year else "MONTH_DAY_FORMAT")
    return f"{day} {date_format(local, 'H:i')}"


def finding_row(finding: DeviceFinding, *, now: datetime) -> dict[str, Any]:
    """One finding of the past or of now: what, from when, until when."""
    return {
        "words": finding_words(finding.code),
        "opened_at": finding.opened_at,
        "opened": when(finding.opened_at, now),
        "closed_at": finding.closed_at,
        "closed": when(finding.closed_at, now) if finding.closed_at else "",
    }


_POWER = {"on": "on", "low": "dimmed", "off": "off"}


def reading_row(observation: Observation, *, now: datetime) -> dict[str, Any]:
    """One reading: when, whether it shone, what it drew, and what is odd about it."""
    values = observation.values
    watts = values.get("powerConsumption", values.get("power"))
    power = values.get("powerState", "")
    marks = [_("came late")] if observation.late else []
    if "clock" in observation.flags:
        marks.append(_("its clock was wrong"))
    if "conflict" in observation.flags:
        marks.append(_("came twice with different values"))
    return {
        "at": observation.t,
        "time": when(observation.t, now),
        "power": CONDITIONS[_POWER[power]] if power in _POWER else power or "–",
        "watts": f"{watts:g} W" if isinstance(watts, int | float) and not isinstance(watts, bool) else "–",
        "marks": ", ".join(marks),
    }
