"""What do the judges find? The worker asks every few seconds: devices that spoke, or have been silent too long."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Avg, Q

from civic.devices.facts import FindingClosed, FindingOpened
from civic.devices.judging import cabinet, lamp
from civic.devices.judging.kept import cabinet_state, kept_cabinet, kept_lamp, lamp_state, profile_of
from civic.devices.judging.sun import Sky
from civic.devices.models import Clock, Device, DeviceFinding, DeviceState, Gateway, Kind, Observation
from civic.devices.queries import lit_by_dong
from civic.devices.shown import live_state
from civic.ledger.record import record
from civic.places.models import Dong

BATCH = 500


def judge_devices(*, at: datetime) -> int:
    """Judge what spoke or fell silent, lamps before their cabinets; returns how many findings moved."""
    moved = 0
    skies = _skies()
    waiting = _to_judge(at)
    for start in range(0, len(waiting), BATCH):
        moved += _judge_lamps(waiting[start : start + BATCH], skies, at)
    parents = Device.objects.filter(children__in=waiting) if len(waiting) <= BATCH else Device.objects.all()
    for parent in parents.filter(kind=Kind.CABINET, retired_at__isnull=True).distinct():
        moved += _judge_cabinet(parent, at)
    return moved


def _to_judge(at: datetime) -> list[int]:
    """Devices that said something new, and lamps silent beyond their grace; lost ones have been judged.

    Two questions, because one with OR and a join took PostgreSQL 15 s right after an import, before its statistics.
    """
    found = set(DeviceState.objects.filter(waiting=True).values_list("device", flat=True))
    simulated = Gateway.objects.filter(clock=Clock.SIMULATED, clock_at__isnull=False)
    clocks = [(~Q(via__in=simulated.values("pk")), at), *((Q(via=g), g.clock_at or at) for g in simulated)]
    lamps = Device.objects.filter(kind=Kind.STREETLIGHT, retired_at__isnull=True, report_interval__isnull=False)
    lost = DeviceFinding.objects.filter(code=lamp.OFFLINE, closed_at=None).values("device")
    for seconds in lamps.order_by().values_list("report_interval", flat=True).distinct():
        reporting = lamps.filter(report_interval=seconds).exclude(pk__in=lost).values("pk")
        grace = lamp.grace_of(timedelta(seconds=seconds or 0))
        for whose, now in clocks:
            silent = DeviceState.objects.filter(whose, observed_at__lt=now - grace, device__in=reporting)
            found.update(silent.values_list("device", flat=True))
    return sorted(found)


def _skies() -> dict[str, Sky]:
    """{district: the sky over its middle}."""
    middles = Dong.objects.values_list("district").annotate(lat=Avg("lat"), lon=Avg("lon"))
    return {district: Sky(lat, lon) for district, lat, lon in middles}


@transaction.atomic
def _judge_lamps(ids: Sequence[int], skies: dict[str, Sky], at: datetime) -> int:
    states = _locked(ids)
    heard = _unheard(states)
    lost = set(DeviceFinding.objects.filter(code=cabinet.LOST, closed_at=None).values_list("device", flat=True))
    lit = lit_by_dong()
    found = []
    for state in states:
        device, state.waiting = state.device, False
        if device.kind != Kind.STREETLIGHT or device.retired_at:
            continue
        profile = profile_of(skies[device.district_id], device.report_interval, device.parent_id is not None)
        after, findings = lamp.judge(
            lamp_state(profile, state.judged),
            heard[device.pk],
            _now(state, at),
            group_lit=_share_of_others(state, *lit.get(device.dong_id or "", (0, 0))),
            parent_lost=device.parent_id in lost,
        )
        state.judged = kept_lamp(after)
        found += [(state, finding) for finding in findings]
    _keep(states)
    for state, finding in found:
        _write(state, finding)
    return len(found)


@transaction.atomic
def _judge_cabinet(parent: Device, at: datetime) -> int:
    DeviceState.objects.get_or_create(device=parent)
    (state,) = _locked([parent.pk])
    children = DeviceState.objects.filter(device__parent=parent, device__retired_at__isnull=True).select_related("via")
    readings, now = [], at
    sky = Sky(0, 0)  # the children were judged under their own
    for child in children.select_related("device", "via"):
        now = _now(child, at)
        profile = profile_of(sky, child.device.report_interval, True)
        lost_at = lamp_state(profile, child.judged).lost_at(now)
        readings.append(cabinet.Child(child.device.tag, lost_at, profile.interval))
    after, findings = cabinet.judge(cabinet_state(state.judged), readings, now)
    state.judged = kept_cabinet(after, [cabinet.LOST])
    _keep([state])
    for finding in findings:
        _write(state, finding)
    return len(findings)


def _share_of_others(state: DeviceState, told: int, lit: int) -> float:
    """How many of the other lamps of its dong are on."""
    return (lit - (state.power_state == "on")) / (told - 1) if told > 1 else 0.0


def _locked(ids: Sequence[int]) -> list[DeviceState]:
    """In the order in which ingest locks them too."""
    rows = DeviceState.objects.select_for_update(of=("self",)).filter(device__in=ids).order_by("pk")
    return list(rows.select_related("device", "via"))


def _unheard(states: Sequence[DeviceState]) -> dict[int, list[lamp.Said]]:
    """{device: readings newer than the judge has heard}. A clock that was not believed counts from its receipt."""
    seen = {s.device_id: s.judged.get("seen_at") for s in states}
    never = [pk for pk, moment in seen.items() if not moment]
    since = min((datetime.fromisoformat(moment) for moment in seen.values() if moment), default=None)
    rows = Observation.objects.filter(device__in=[s.device_id for s in states if s.waiting])
    if since is not None:
        rows = rows.filter(Q(device__in=never) | Q(t__gt=since))
    heard: dict[int, list[lamp.Said]] = defaultdict(list)
    for row in rows.only("device", "t", "values", "received_at", "flags"):
        heard[row.device_id].append((row.received_at if "clock" in row.flags else row.t, row.values))
    return heard


def _now(state: DeviceState, at: datetime) -> datetime:
    simulated = state.via is not None and state.via.clock == Clock.SIMULATED
    return state.via.clock_at or at if simulated and state.via else at


def _keep(states: Sequence[DeviceState]) -> None:
    DeviceState.objects.bulk_create(
        states, update_conflicts=True, unique_fields=["device"], update_fields=["judged", "waiting"], batch_size=BATCH
    )


def _write(state: DeviceState, finding: lamp.Finding) -> None:
    """The row and its fact, by the device's own time."""
    device = state.device
    if finding.opened:
        DeviceFinding.objects.create(device=device, code=finding.code, opened_at=finding.at)
    else:
        DeviceFinding.objects.filter(device=device, code=finding.code, closed_at=None).update(closed_at=finding.at)
    kind = FindingOpened if finding.opened else FindingClosed
    fact = kind(key=device.key, district=device.district_id, code=finding.code)
    record(fact, state=live_state(state), concerns={}, at=finding.at)
