"""What is wrong with a security light? Its readings and the clock in, its new state and findings out; pure.

Codes are TALQ's. Every verdict needs readings that span the rule's time: no data opens nothing but
`communicationFailure`, and closes nothing at all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from .sun import Sky

OFFLINE, FAILED, BURNING, DARK = "communicationFailure", "lampFailure", "lampUnexpectedOn", "switchingErrorOn"
SPANS = {FAILED: timedelta(minutes=10), BURNING: timedelta(minutes=30), DARK: timedelta(minutes=15)}
LIT_SHARE = 0.2  # of the rated power: less is no light
SHORTEST_GRACE = timedelta(minutes=10)
MISSED_BEATS, SLACK = 3, timedelta(seconds=60)
BEATS_TO_BE_BACK = 2
STORM_SHARE = 0.5  # of its group lit by day: weather, no fault


@dataclass(frozen=True)
class Profile:
    """What is known of a lamp. Without `interval` it is never judged offline; `hold` is its cabinet's time to speak."""

    sky: Sky
    interval: timedelta | None = None
    rated_power: float = 40.0  # W
    hold: timedelta = timedelta(0)

    @property
    def grace(self) -> timedelta:
        """Silence for longer is loss."""
        return grace_of(self.interval or timedelta(0))


@dataclass(frozen=True)
class LampState:
    """What the judge remembers: last sign of life, beats since it came back, suspicions by code, what is open."""

    profile: Profile
    seen_at: datetime | None = None
    beats: int = 0
    since: Mapping[str, datetime] = field(default_factory=dict)
    open: frozenset[str] = frozenset()

    def lost_at(self, now: datetime) -> datetime | None:
        """When it was last heard of, if it has been silent too long or says that it is dark at night."""
        silent = self.profile.interval and self.seen_at and now - self.seen_at > self.profile.grace
        return self.seen_at if silent else self.since.get(DARK)


@dataclass(frozen=True)
class Finding:
    """A code opened or closed, at the moment that showed it."""

    code: str
    opened: bool
    at: datetime


def grace_of(interval: timedelta) -> timedelta:
    """Three missed beats and a minute, ten minutes at least: LoRa misses beats."""
    return max(MISSED_BEATS * interval + SLACK, SHORTEST_GRACE)


Said = tuple[datetime, Mapping[str, Any]]  # t, {metric: value}


def judge(
    state: LampState,
    readings: Iterable[Said],
    now: datetime,
    *,
    group_lit: float = 0.0,
    parent_lost: bool = False,
    spared_until: datetime | None = None,
) -> tuple[LampState, list[Finding]]:
    """Judge a lamp. `group_lit` is the share of its group that is on by day.

    Under a lost cabinet nothing opens, nor after its return until `spared_until`.
    """
    findings: list[Finding] = []
    for t, values in sorted(readings, key=lambda said: said[0]):
        if state.seen_at is not None and t <= state.seen_at:
            continue  # history: it never moves a verdict back
        state = _heard(state, t)
        may_open = not parent_lost and (spared_until is None or t >= spared_until)
        state, found = _weighed(state, t, values, may_open=may_open, storm=group_lit >= STORM_SHARE)
        findings += found
    spared = parent_lost or (spared_until is not None and now < spared_until)
    if _is_silent(state, now) and OFFLINE not in state.open and not spared:
        state = replace(state, open=state.open | {OFFLINE}, beats=0)
        findings.append(Finding(OFFLINE, True, now))
    if OFFLINE in state.open and state.seen_at and state.beats >= BEATS_TO_BE_BACK:
        findings.append(Finding(OFFLINE, False, state.seen_at))
        state = replace(state, open=state.open - {OFFLINE})
    return state, findings


def _is_silent(state: LampState, now: datetime) -> bool:
    profile = state.profile
    if profile.interval is None or state.seen_at is None:
        return False
    return now - state.seen_at > profile.grace + profile.hold


def _heard(state: LampState, t: datetime) -> LampState:
    """One more beat; a beat that comes after too long a silence is the first one again."""
    fresh = state.seen_at is None or t - state.seen_at > state.profile.grace
    return replace(state, seen_at=t, beats=1 if fresh else state.beats + 1)


def _weighed(
    state: LampState, t: datetime, values: Mapping[str, Any], *, may_open: bool, storm: bool
) -> tuple[LampState, list[Finding]]:
    signs = _signs(state.profile, t, values)
    since, opened, findings = dict(state.since), set(state.open), []
    for code, wrong in signs.items():
        if not wrong or (code == BURNING and storm):
            since.pop(code, None)
            if code in opened and wrong is False:
                opened.discard(code)
                findings.append(Finding(code, False, t))
        elif t - since.setdefault(code, t) >= SPANS[code] and code not in opened and may_open:
            opened.add(code)
            findings.append(Finding(code, True, t))
    return replace(state, since=since, open=frozenset(opened)), findings


def _signs(profile: Profile, t: datetime, values: Mapping[str, Any]) -> dict[str, bool | None]:
    """{code: whether this reading speaks for it}; None ends a suspicion without clearing what is open."""
    wanted = profile.sky.wants_light(t)
    power, lit = values.get("powerState"), _lit(profile, values)
    if wanted is None or power not in ("on", "off"):
        return {}  # twilight, dimming and starting up prove nothing
    if wanted:
        return {DARK: power == "off", FAILED: None if power == "off" or lit is None else not lit, BURNING: None}
    return {BURNING: power == "on" if lit is None else lit, DARK: None, FAILED: None}


def _lit(profile: Profile, values: Mapping[str, Any]) -> bool | None:
    """Whether it draws the power of a lamp that shines; None where it does not say."""
    watts = values.get("powerConsumption", values.get("power"))
    if isinstance(watts, bool) or not isinstance(watts, int | float):
        return None
    return watts >= LIT_SHARE * profile.rated_power
