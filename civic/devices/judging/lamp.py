"""What is wrong with a security light? Its readings and the clock in, its new state and findings out; pure.

Codes are TALQ's. Every verdict needs readings that span the rule's time: no data opens nothing but
`communicationFailure`, and closes nothing at all. A lamp without an interval speaks when it switches: its word stands
until the next one, as long as we would have heard that.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from .sun import UNSURE, Sky

OFFLINE, FAILED, BURNING, DARK = "communicationFailure", "lampFailure", "lampUnexpectedOn", "switchingErrorOn"
SPANS = {FAILED: timedelta(minutes=10), BURNING: timedelta(minutes=30), DARK: timedelta(minutes=15)}
LIT_SHARE = 0.2  # of the rated power, at the level it is set to: less is no light
IDLE_POWER = 2.0  # W, what a dead lamp may still draw: less is no light at any level
USUAL_POWER = 40.0  # W, of a lamp whose rated power nobody has given
SHORTEST_GRACE = timedelta(minutes=10)
MISSED_BEATS, SLACK = 3, timedelta(seconds=60)
BEATS_TO_BE_BACK = 2
STORM_SHARE = 0.5  # of its group lit by day: weather, no fault
A_LOOK = timedelta(minutes=10)  # between two looks at the weather while a word stands
NOT_NOW = datetime.max.replace(tzinfo=UTC)  # from when findings open under a lost cabinet
POWER = ("powerState", "powerConsumption", "power", "illuminanceLevel")  # what a word on its light may hold

Said = tuple[datetime, Mapping[str, Any]]  # t, {metric: value}
Lit = Callable[[datetime], float]  # a moment -> the share of the lamp's neighbours that are on


@dataclass(frozen=True)
class Heard:
    """From when to when we would have heard a word: without a break of its gateway or of our own. None: no bound."""

    since: datetime | None = None
    until: datetime | None = None

    def start(self, moment: datetime) -> datetime:
        """From when time counts that began to run at `moment`."""
        return max(moment, self.since or moment)

    def end(self, moment: datetime) -> datetime:
        """Up to when it counts at `moment`."""
        return min(moment, self.until or moment)


@dataclass(frozen=True)
class Profile:
    """What is known of a lamp. Without `interval` it is never judged offline; `hold` is its cabinet's time to speak."""

    sky: Sky
    interval: timedelta | None = None
    rated_power: float = USUAL_POWER
    hold: timedelta = timedelta(0)
    heard: Heard = Heard()

    @property
    def grace(self) -> timedelta:
        """Silence for longer is loss."""
        return grace_of(self.interval or timedelta(0))


@dataclass(frozen=True)
class LampState:
    """What the judge remembers: last sign of life, beats since it came back, suspicions by code, what is open.

    `wrong` is from when to when it said last that what is open is so, under a lost cabinet that it is dark; `stands`
    what it said last of its light, if it has no interval.
    """

    profile: Profile
    seen_at: datetime | None = None
    beats: int = 0
    since: Mapping[str, datetime] = field(default_factory=dict)
    open: frozenset[str] = frozenset()
    wrong: Mapping[str, tuple[datetime, datetime]] = field(default_factory=dict)
    stands: Said | None = None

    def lost_at(self, now: datetime) -> datetime | None:
        """When it was last heard of, if it has been silent too long or says that it is dark at night."""
        return self.seen_at if self.is_silent(now) else self.since.get(DARK)

    def is_silent(self, now: datetime) -> bool:
        """Whether it is lost by its silence."""
        return self.silence(now) > self.profile.grace

    @property
    def says_lit(self) -> bool:
        """Whether the word that stands is that it is lit; what reports says so with each reading."""
        return self.stands is not None and self.stands[1]["powerState"] in ("on", "low")

    def silence(self, now: datetime) -> timedelta:
        """For how long it has said nothing though we listened; of a lamp that owes no reports none at all."""
        if self.profile.interval is None or self.seen_at is None:
            return timedelta(0)
        return self.profile.heard.end(now) - self.profile.heard.start(self.seen_at)

    def due(self, code: str) -> datetime:
        """When a suspicion is old enough to be a finding, if nothing else is said."""
        return self.profile.heard.start(self.since[code]) + SPANS[code]

    def next_look(self, now: datetime) -> datetime | None:
        """When one has to ask again though it says nothing: where its word stands, a rule's time runs without it."""
        if self.profile.interval is not None or self.stands is None:
            return None
        dues = [self.due(code) for code in self.since if code not in self.open]
        hours = _hours(self.profile.sky, self.stands[0]) if self.open else []
        end = self.profile.heard.end(now)
        return min((moment for moment in [*dues, *hours] if moment > end), default=None)


@dataclass(frozen=True)
class Finding:
    """A code opened or closed, at the moment that showed it."""

    code: str
    opened: bool
    at: datetime


def grace_of(interval: timedelta) -> timedelta:
    """Three missed beats and a minute, ten minutes at least: LoRa misses beats."""
    return max(MISSED_BEATS * interval + SLACK, SHORTEST_GRACE)


def judge(
    state: LampState,
    readings: Iterable[Said],
    now: datetime,
    *,
    lit: Lit = lambda _t: 0.0,
    parent_lost: bool = False,
    spared_until: datetime | None = None,
) -> tuple[LampState, list[Finding]]:
    """Judge a lamp. `lit` is asked where it burns by day.

    Under a lost cabinet nothing opens, nor after its return until `spared_until`. There a lamp that says it is dark
    is so until it says that it is lit, by day too; one that was lost by its silence until it is heard.
    """
    opens_from = NOT_NOW if parent_lost else spared_until
    findings: list[Finding] = []
    for t, values in sorted(readings, key=lambda said: said[0]):
        if state.seen_at is not None and t <= state.seen_at:
            continue  # history: it never moves a verdict back
        if parent_lost and state.is_silent(t):
            state = _without(state, DARK)
        state, stood = _stood(state, t, lit, opens_from)
        state, found = _weighed(_heard(state, t, values), t, values, lit, opens_from)
        findings += [*stood, *found]
    state, found = _stood(state, now, lit, opens_from)
    findings += found
    spared = opens_from is not None and now < opens_from
    if state.silence(now) > state.profile.grace + state.profile.hold and OFFLINE not in state.open and not spared:
        state = replace(state, open=state.open | {OFFLINE}, beats=0)
        findings.append(Finding(OFFLINE, True, now))
    if OFFLINE in state.open and state.seen_at and state.beats >= (BEATS_TO_BE_BACK if state.profile.interval else 1):
        findings.append(Finding(OFFLINE, False, state.seen_at))
        state = replace(state, open=state.open - {OFFLINE})
    return state, findings


def _heard(state: LampState, t: datetime, values: Mapping[str, Any]) -> LampState:
    """One more beat; a beat that comes after too long a silence is the first one again."""
    fresh = state.seen_at is None or t - state.seen_at > state.profile.grace
    stands = state.stands if state.profile.interval is None else None
    if state.profile.interval is None and "powerState" in values:
        stands = t, {name: values[name] for name in POWER if name in values}
    return replace(state, seen_at=t, beats=1 if fresh else state.beats + 1, stands=stands)


def _without(state: LampState, code: str) -> LampState:
    """Without a suspicion."""
    return replace(state, since={one: begun for one, begun in state.since.items() if one != code})


def _weighed(
    state: LampState, t: datetime, values: Mapping[str, Any], lit: Lit, opens_from: datetime | None
) -> tuple[LampState, list[Finding]]:
    """What this reading says for and against each code. A suspicion ends with its night, or with its day."""
    since, wrong, opened, findings = dict(state.since), dict(state.wrong), set(state.open), []
    night = state.profile.sky.night
    for code, so in _signs(state.profile, t, values, opens_from).items():
        storm = so and code == BURNING and lit(t) >= STORM_SHARE
        if storm and state.profile.interval is None:
            since[code] = t  # it may say no more: when the storm is over one has to know
            continue
        if not so or storm:
            since.pop(code, None)
            if so is False:
                wrong.pop(code, None)
                findings += [Finding(code, False, t)] if code in opened else []
                opened.discard(code)
            continue
        if code not in since or night(since[code]) != night(t):
            since[code] = t
        may_open = opens_from is None or t >= opens_from
        if t - since[code] >= SPANS[code] and code not in opened and may_open:
            opened.add(code)
            findings.append(Finding(code, True, t))
        if code in opened or (code == DARK and opens_from == NOT_NOW):
            wrong[code] = since[code], t
    return replace(state, since=since, wrong=wrong, open=frozenset(opened)), findings


def _stood(state: LampState, until: datetime, lit: Lit, opens_from: datetime | None) -> tuple[LampState, list[Finding]]:
    """What follows from the word that stands up to a moment: suspicions grow old, and the good hour comes."""
    if state.profile.interval is not None or state.stands is None:
        return state, []
    said_at, values = state.stands
    findings: list[Finding] = []
    end = state.profile.heard.end(until)
    for code in sorted(set(state.since) - state.open):
        state, moment = _grown(state, code, end, lit, opens_from)
        findings += [Finding(code, True, moment)] if moment else []
    for hour in _hours(state.profile.sky, said_at):
        signs = _signs(state.profile, hour, values) if hour <= end else {}
        over = sorted(code for code in state.open if signs.get(code) is False)
        wrong = {code: times for code, times in state.wrong.items() if code not in over}
        state = replace(state, open=state.open - set(over), wrong=wrong)
        findings += [Finding(code, False, hour) for code in over]
    return state, findings


def _grown(
    state: LampState, code: str, end: datetime, lit: Lit, opens_from: datetime | None
) -> tuple[LampState, datetime | None]:
    """When a suspicion about the word that stands became a finding, if it did; in a storm it begins again."""
    assert state.stands  # the caller has asked
    if opens_from == NOT_NOW:
        return _borne_out(state, code, end), None
    night = state.profile.sky.night
    while (moment := max(state.due(code), opens_from or state.due(code))) <= end:
        began = state.since[code]
        if not _signs(state.profile, moment, state.stands[1]).get(code) or night(began) != night(moment):
            return state, None
        looks = [moment - n * A_LOOK for n in range(SPANS[code] // A_LOOK)] if code == BURNING else []
        storm = next((look for look in looks if lit(look) >= STORM_SHARE), None)  # the last there was
        if storm is None:
            opened, wrong = state.open | {code}, {**state.wrong, code: (began, moment)}
            return replace(state, open=opened, wrong=wrong), moment
        state = replace(state, since={**state.since, code: storm})
    return state, None


def _borne_out(state: LampState, code: str, end: datetime) -> LampState:
    """Under a lost cabinet a word that has stood for its rule's time is no finding; its cabinet is asked of it."""
    assert state.stands  # the caller has asked
    began, due = state.since[code], state.due(code)
    night = state.profile.sky.night
    if code != DARK or due > end or night(began) != night(due) or due <= state.wrong.get(code, (began, began))[1]:
        return state
    so = _signs(state.profile, due, state.stands[1]).get(code)
    return replace(state, wrong={**state.wrong, code: (began, due)}) if so else state


def _hours(sky: Sky, t: datetime) -> list[datetime]:
    """The next moments after `t` from which it is surely night, and surely day."""
    return [turn + UNSURE for turn in sky.night(t) if turn + UNSURE > t]


def _signs(
    profile: Profile, t: datetime, values: Mapping[str, Any], opens_from: datetime | None = None
) -> dict[str, bool | None]:
    """{code: whether this reading speaks for it}; None ends a suspicion without clearing what is open.

    Under a lost cabinet a lamp that is off by day has said nothing good of the night.
    """
    wanted = profile.sky.wants_light(t)
    power, shines = values.get("powerState"), draws_light(values, profile.rated_power)
    if wanted is None or power not in ("on", "off"):  # twilight and starting up prove nothing
        return {DARK: False if wanted and power == "low" else None} if power in ("on", "low") else {}
    if wanted:
        failed = None if power == "off" or shines is None else not shines
        return {DARK: power == "off", FAILED: failed, BURNING: None}
    ended = {FAILED: None} if power == "off" and opens_from == NOT_NOW else {DARK: None, FAILED: None}
    return {BURNING: power == "on" if shines is None else shines, **ended}


def draws_light(values: Mapping[str, Any], rated_power: float) -> bool | None:
    """Whether it draws the power of a lamp that shines as it is set (`illuminanceLevel`); None where it does not say.

    The level counts only where the lamp says that it is on: one that is off keeps the setting of its last night.
    """
    watts = values.get("powerConsumption", values.get("power"))
    if isinstance(watts, bool) or not isinstance(watts, int | float):
        return None
    lit = values.get("powerState") in ("on", "low")
    full, level = LIT_SHARE * rated_power, (lit and values.get("illuminanceLevel")) or 1
    return watts >= min(full, max(full * level, IDLE_POWER))
