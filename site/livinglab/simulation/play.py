"""What happens in a night, or in a stormy afternoon? Every reading with its time, and what was planted; pure."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from civic.devices.judging import cabinet, lamp

from .cast import INTERVAL, Cast

FAILING, BURNING = 12, 3  # lamps that stop shining, lamps that stay lit by day
MENDED = 8  # of the failing ones, before the morning; the others on the next day
RATED = 38.0  # W
EVERY = timedelta(seconds=INTERVAL)
GOOD, DEAD, DARK = "good", "dead", "dark"

Word = tuple[datetime, str, str]  # when, which lamp, how it is


@dataclass(frozen=True)
class Trouble:
    """What was planted: from when, and until when, if it is mended within the play."""

    device: str
    code: str
    at: datetime
    until: datetime | None = None


@dataclass
class Play:
    """The words of a play in the order of time. Before `curtain` it may be played as fast as one can."""

    curtain: datetime
    planted: list[Trouble] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)


def body(word: Word) -> dict[str, Any]:
    """A word as a reading of the ingest."""
    t, tag, how = word
    watts = {GOOD: RATED + hash_of(tag) % 40 / 10, DEAD: 0.3, DARK: 0.0}[how]
    power = "off" if how == DARK else "on"
    v = {"powerState": power, "powerConsumption": round(watts, 1)}
    return {"device": tag, "mid": f"{t:%H%M%S}", "t": t.isoformat(timespec="milliseconds"), "v": v}


def night(cast: Cast, sunset: datetime, sunrise: datetime, seed: int) -> Play:
    """From before sunset to after sunrise: dusk, failures, a cabinet's outage, repairs, dawn, day-burners."""
    play = Play(sunset + timedelta(minutes=4), _plant(cast, sunset, sunrise, seed))
    begin, end = sunset - timedelta(minutes=47), sunrise + timedelta(minutes=88)
    again = sunset - timedelta(minutes=22)
    burning = {t.device for t in play.planted if t.code == lamp.BURNING}
    lit = {
        tag: (
            sunset + timedelta(minutes=5 + hash_of(dong) % 10) + _within(tag, 300),
            end if tag in burning else sunrise - timedelta(minutes=12 + hash_of(dong) % 10) + _within(tag, 300),
        )
        for tag, dong in cast.lamps.items()
    }
    _perform(play, cast, lit, (begin, again), end)
    return play


def storm(cast: Cast, day: datetime, seed: int) -> Play:
    """An afternoon so dark that all lamps are on from 14:00 to 15:30. `day` is its midnight; nothing is planted."""
    on, off = day + timedelta(hours=14), day + timedelta(hours=15, minutes=30)
    play = Play(on - timedelta(minutes=1))
    lit = {tag: (on + _within(f"{tag} {seed}", 120), off + _within(tag, 300)) for tag in cast.lamps}
    _perform(play, cast, lit, (on - timedelta(minutes=20),), off + timedelta(minutes=45))
    return play


def _plant(cast: Cast, sunset: datetime, sunrise: datetime, seed: int) -> list[Trouble]:
    chance = random.Random(f"night {seed}")  # noqa: S311 - a play that is the same each time, no secret
    chosen = _turn(sorted(cast.soloists, key=hash_of), seed, FAILING + BURNING)
    fails = sorted(sunset + timedelta(minutes=chance.randint(65, 300)) for _n in range(FAILING))
    mended = set(chance.sample(range(FAILING), MENDED))
    found = []
    for n, (tag, at) in enumerate(zip(chosen, fails, strict=False)):
        until = at + timedelta(minutes=chance.randint(60, 180)) if n in mended else None
        found.append(Trouble(tag, lamp.FAILED, at, until))
    dies = sunset + timedelta(minutes=chance.randint(90, 240))
    back = dies + timedelta(minutes=chance.randint(90, 150))
    found += [Trouble(tag, cabinet.LOST, dies, back) for tag in _turn(sorted(cast.cabinets), seed, 1)]
    found += [Trouble(tag, lamp.BURNING, sunrise) for tag in chosen[FAILING:]]
    return sorted(found, key=lambda trouble: (trouble.at, trouble.device))


def _turn(things: Sequence[str], seed: int, number: int) -> list[str]:
    """As many as a seed takes; the seeds next to it take others, so that no night is the relapse of the one before."""
    return [things[(seed * number + n) % len(things)] for n in range(number)]


def _perform(
    play: Play, cast: Cast, lit: dict[str, tuple[datetime, datetime]], greetings: tuple[datetime, ...], end: datetime
) -> None:
    """All words: the reporters greet together, so that the gateway's clock moves on with all of them heard.

    By day they greet twice and need no beats between: their silence is shorter than the grace.
    """
    out = {tag: t for t in play.planted for tag in cast.cabinets.get(t.device, ())}
    dead = {t.device: t for t in play.planted if t.code == lamp.FAILED}
    words = [(t, tag, DARK) for t in greetings for tag in cast.reporting]
    for tag, (on, off) in lit.items():
        words.append((on, tag, GOOD))
        words += [(off, tag, DARK)] if off < end else []
    for tag in cast.reporting:
        words += [(t, tag, _how(t, lit[tag], dead.get(tag))) for t in _beats(tag, greetings[-1], end)]
    play.words = sorted(word for word in words if not _is_within(word[0], out.get(word[1])))


def _beats(tag: str, begin: datetime, end: datetime) -> Iterator[datetime]:
    t = begin + EVERY + _within(f"beat {tag}", INTERVAL)
    while t < end:
        yield t
        t += EVERY


def _how(t: datetime, lit: tuple[datetime, datetime], trouble: Trouble | None) -> str:
    if not lit[0] <= t < lit[1]:
        return DARK
    return DEAD if _is_within(t, trouble) else GOOD


def _is_within(t: datetime, trouble: Trouble | None) -> bool:
    return trouble is not None and trouble.at <= t and (trouble.until is None or t < trouble.until)


def _within(word: str, seconds: int) -> timedelta:
    """The same moment of a span for the same word."""
    return timedelta(milliseconds=hash_of(word) % (seconds * 1000))


def hash_of(word: str) -> int:
    """A number for a word, the same in every process."""
    return random.Random(word).getrandbits(32)  # noqa: S311 - no secret
