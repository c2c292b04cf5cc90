"""What do the judges find? The worker asks every few seconds: devices that spoke, or have been silent too long."""

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from django.db import DatabaseError, transaction
from django.db.models import Avg, Q

from civic.devices.facts import FindingClosed, FindingOpened
from civic.devices.hearing import heard_through
from civic.devices.judging import cabinet
from civic.devices.judging.circuit import Circuit, judge_lone
from civic.devices.judging.group import Group
from civic.devices.judging.kept import cabinet_state, kept_cabinet, kept_lamp, lamp_state, profile_of
from civic.devices.judging.lamp import Finding, LampState, Said
from civic.devices.judging.sun import Sky
from civic.devices.models import Clock, Device, DeviceFinding, DeviceState, Gateway, Kind
from civic.devices.shown import live_state
from civic.devices.unheard import Around, groups, is_played, now_of, spoken_times, to_judge, unheard
from civic.ledger.record import record
from civic.places.models import Dong

BATCH = 500
logger = logging.getLogger(__name__)


class _World:
    """What one round of judging shares: the skies, and the lamps around a lamp as they were when it began."""

    def __init__(self, at: datetime, awake_since: datetime | None) -> None:
        self.at, self.awake_since = at, awake_since
        played = Gateway.objects.filter(clock=Clock.SIMULATED, clock_at__isnull=False)
        told = played.values_list("pk", "clock_at")
        self._clocks = {pk: moment for pk, moment in told if moment}  # a played hour passes while one round judges
        self.spoken: dict[int | None, list[datetime]] = {}
        middles = Dong.objects.values_list("district").annotate(lat=Avg("lat"), lon=Avg("lon"))
        self._skies = {district: Sky(lat, lon) for district, lat, lon in middles}
        self._groups: dict[Around, Group] = {}

    def look_around(self) -> None:
        """Take the weather of the whole round: after its clocks, so that it knows whatever they have passed."""
        self._groups = groups()

    def now(self, state: DeviceState) -> datetime:
        """The time at a lamp when the round began: what was said since is heard in the next."""
        now = now_of(state, self.at)
        return min(now, self._clocks.get(state.via_id or 0, now))

    def lamp(self, state: DeviceState) -> LampState:
        """What its judge remembers of a lamp."""
        device = state.device
        sky = self._skies[device.district_id]
        heard = heard_through(state, self.awake_since)
        known = device.report_interval, device.rated_power, device.parent_id is not None
        return lamp_state(profile_of(sky, *known, heard), state.judged)

    def lit(self, state: DeviceState, t: datetime) -> float:
        """The share of a lamp's neighbours that were on at `t`; of all in the district where it has too few."""
        played, district, dong = is_played(state), state.device.district_id, state.device.dong_id
        group = self._groups.get((played, district, dong))
        if group is None or not group.can_tell(t):
            group = self._groups.get((played, district, None), group)
        return group.others_lit(t) if group else 0.0


def judge_devices(*, awake_since: datetime | None = None, at: datetime) -> int:
    """Judge what spoke or fell silent, whole circuits together; returns how many findings moved.

    `awake_since`: before, this installation was away itself. What cannot be judged holds nothing else up.
    """
    world, ids = _World(at, awake_since), to_judge(at, awake_since)
    if not ids:
        return 0
    world.look_around()
    lone, cabinets = _sorted(ids)
    world.spoken = spoken_times() if cabinets else {}  # before the lone lamps are heard
    moved = sum(_judge_some(batch, world, _judge_lone) for batch in lone)
    return moved + sum(_judge_some([pk], world, _judge_circuit) for pk in cabinets)


def _judge_some(ids: Sequence[int], world: _World, judge: Callable[[Sequence[int], _World], int]) -> int:
    """Judge these together; where one of them breaks it, all but that one."""
    try:
        return judge(ids, world)
    except DatabaseError:
        raise  # the next round tries again
    except Exception:
        if len(ids) == 1:
            logger.exception("Device %s cannot be judged", ids[0])
            return 0
    middle = len(ids) // 2
    return _judge_some(ids[:middle], world, judge) + _judge_some(ids[middle:], world, judge)


def _sorted(ids: Sequence[int]) -> tuple[list[list[int]], list[int]]:
    """Lamps without a cabinet, a dong at a time, and the cabinets of the others."""
    by_dong: dict[str, list[int]] = defaultdict(list)
    cabinets: set[int] = set()
    for start in range(0, len(ids), BATCH):
        rows = Device.objects.filter(pk__in=ids[start : start + BATCH])
        for pk, kind, parent, dong in rows.values_list("pk", "kind", "parent", "dong"):
            if kind == Kind.CABINET or parent:
                cabinets.add(parent or pk)
            else:
                by_dong[dong or ""].append(pk)
    return list(by_dong.values()), sorted(cabinets)


@transaction.atomic
def _judge_lone(ids: Sequence[int], world: _World) -> int:
    states = _locked(Q(device__in=ids))
    said = _heard(states)
    found: list[tuple[DeviceState, Finding]] = []
    for state in states:
        if state.device.kind == Kind.STREETLIGHT and not state.device.retired_at:
            found += _judge_one(state, said[state.pk], world)
    return _keep(states, [*found, *_let_go(states, world)])


def _judge_one(state: DeviceState, said: Sequence[Said], world: _World) -> list[tuple[DeviceState, Finding]]:
    now = world.now(state)
    heard = [one for one in said if one[0] <= now]
    after, findings = judge_lone(world.lamp(state), heard, now, partial(world.lit, state))
    _remember(state, after, said, now)
    return [(state, finding) for finding in findings]


def _let_go(states: Sequence[DeviceState], world: _World) -> list[tuple[DeviceState, Finding]]:
    """Nothing is wrong any more with what was taken down."""
    gone = {state.pk: state for state in states if state.device.retired_at}
    for state in gone.values():
        state.judged, state.look_at = {**state.judged, "open": [], "since": {}}, None
    rows = DeviceFinding.objects.filter(device__in=gone, closed_at=None) if gone else ()
    return [(gone[row.device_id], Finding(row.code, False, now_of(gone[row.device_id], world.at))) for row in rows]


@transaction.atomic
def _judge_circuit(ids: Sequence[int], world: _World) -> int:
    """A cabinet with all its lamps, in one transaction: which of them is at fault is one question.

    Lamps that live under another clock than most are asked by themselves.
    """
    (pk,) = ids
    DeviceState.objects.get_or_create(device_id=pk)
    states = _locked(Q(device=pk) | Q(device__parent=pk))
    together, others = _of_one_clock([state for state in states if state.pk != pk and not state.device.retired_at])
    by_tag = {state.device.tag: state for state in together}
    (own,) = (state for state in states if state.pk == pk)
    said = _heard(states)
    now, via = max(((world.now(state), state.via_id or 0) for state in together), default=(world.at, 0))
    circuit = Circuit(
        cabinet_state(own.judged, now),
        {tag: world.lamp(state) for tag, state in by_tag.items()},
        {tag: said[state.pk] for tag, state in by_tag.items()},
        {tag: partial(world.lit, state) for tag, state in by_tag.items()},
    )
    found = [
        (by_tag[tag] if tag else own, finding) for tag, finding in circuit.judge(now, world.spoken.get(via or None, ()))
    ]
    for tag, state in by_tag.items():
        _remember(state, circuit.lamps[tag], said[state.pk], now)
    own.judged = kept_cabinet(circuit.cabinet, [cabinet.LOST])
    found += [one for state in others for one in _judge_one(state, said[state.pk], world)]
    return _keep(states, [*found, *_let_go(states, world)])


def _of_one_clock(lamps: Sequence[DeviceState]) -> tuple[list[DeviceState], list[DeviceState]]:
    """Those under the clock of most that were heard, with those never heard, and the others."""
    heard = [state for state in lamps if state.observed_at]
    most = 2 * sum(map(is_played, heard)) > len(heard)
    others = [state for state in heard if is_played(state) != most]
    return [state for state in lamps if state not in others], others


def _locked(which: Q) -> list[DeviceState]:
    """In the order in which ingest locks them too."""
    rows = DeviceState.objects.select_for_update(of=("self",)).filter(which).order_by("pk")
    return list(rows.select_related("device", "via"))


def _heard(states: Sequence[DeviceState]) -> dict[int, list[Said]]:
    """What they said since they were judged; now they have been heard, but for what `_remember` leaves open."""
    said = unheard(states)
    for state in states:
        state.waiting = False
    return said


def _remember(state: DeviceState, after: LampState, said: Sequence[Said], now: datetime) -> None:
    state.judged, state.look_at = kept_lamp(after), after.next_look(now)
    state.heard_at = after.seen_at or state.heard_at
    heard = [one for one in said if state.heard_at and one[0] <= state.heard_at]
    powers = [(t, values["powerState"]) for t, values in heard if "powerState" in values]
    state.heard_power = max(powers)[1] if powers else state.heard_power
    state.waiting = any(t > state.heard_at for t, _values in said)  # what is ahead of the clock is heard in its time


def _keep(states: Sequence[DeviceState], found: Sequence[tuple[DeviceState, Finding]]) -> int:
    fields = ["judged", "waiting", "heard_at", "heard_power", "look_at"]
    DeviceState.objects.bulk_create(
        states, update_conflicts=True, unique_fields=["device"], update_fields=fields, batch_size=BATCH
    )
    for state, finding in found:
        _write(state, finding)
    return len(found)


def _write(state: DeviceState, finding: Finding) -> None:
    """The row and its fact, by the device's own time; what another clock opened ends when it began at the earliest."""
    device, at = state.device, finding.at
    if finding.opened:
        DeviceFinding.objects.create(device=device, code=finding.code, opened_at=at)
    elif row := DeviceFinding.objects.filter(device=device, code=finding.code, closed_at=None).first():
        at = row.closed_at = max(at, row.opened_at)
        row.save(update_fields=["closed_at"])
    kind = FindingOpened if finding.opened else FindingClosed
    fact = kind(key=device.key, district=device.district_id, code=finding.code)
    record(fact, state=live_state(state), concerns={}, at=at)
