"""How is a night of Seongdong played? Through the HTTP ingest with a gateway's key, in batches, in three minutes."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from civic.clocks.now import database_now
from civic.devices.models import DeviceState

from .cast import REPORTING
from .play import Play, body
from .repairing import Crew, crew
from .sending import BATCH, Line, Pace, batches
from .stage import close_gateway, gather, next_play, open_gateway

SCENARIOS = ("night", "storm")
A_NIGHT = 175.0  # seconds from the first lamp that switches on: with what comes before, three minutes
LIVELY = 3  # nights of a row; from then on each takes four times as long, so that one left alone leaves cores alone
A_BREATH = 0.4  # seconds between two batches of a play that is watched
A_LOOK = 0.2  # seconds between two looks at what the worker has done
JUDGED_WITHIN = 20.0  # seconds after the last reading, while a worker runs


@dataclass
class Played:
    """What a play sent, what the ingest made of it, and what was planted."""

    play: Play
    line: Line

    def told(self) -> dict[str, Any]:
        """As `--json` prints it; `at` is when the trouble began."""
        planted = [{"device": t.device, "code": t.code, "at": t.at.isoformat()} for t in self.play.planted]
        return {"sent": self.line.answers.sent, "planted": planted}


Say = Callable[[Played], object]


def simulate(
    *, seed: int, scenario: str, url: str, seconds: float = 0.0, nights: int = 1, reporting: int = REPORTING, done: Say
) -> None:
    """Play so many nights, one after another (0: until stopped), each within so many seconds (0: at once).

    `reporting` lamps report every ten minutes; `done` hears what each night was.

    Raises NotTaken where the site does not take the readings, ValueError where there are no lamps.
    """
    at = database_now()
    cast, team = gather(at, reporting), crew(at)
    token = open_gateway(at)
    try:
        number = 0
        while not nights or number < nights:
            line = Line(url, token)
            play = next_play(cast, scenario, seed + number, database_now())
            pace = seconds if number < LIVELY else 4 * seconds
            _perform(play, line, team, together=len(cast.reporting), seconds=pace)
            done(Played(play, line))
            team.expect([trouble for trouble in play.planted if not trouble.until])  # on the next day
            number += 1
    finally:
        team.leave(database_now())
        close_gateway(token, database_now())


def _perform(play: Play, line: Line, team: Crew, *, together: int, seconds: float) -> None:
    before = sum(1 for _word in takewhile(lambda word: word[0] < play.curtain, play.words))
    for some in batches(play.words[:before], BATCH, together):
        team.work(line)
        line.send([body(word) for word in some])
    team.expect([trouble for trouble in play.planted if trouble.until])
    rest = play.words[before:]
    pace = Pace(len(rest), seconds)
    size = min(BATCH, max(1, int(len(rest) * A_BREATH / seconds))) if seconds else BATCH
    for some in batches(rest, size, 0):
        pace.wait(len(some))
        team.work(line, some[0][0])
        line.send([body(word) for word in some])
    _await(_is_judged)
    last = play.words[-1][0]
    _await(lambda: team.work(line, last))  # a finding becomes a fault by a reaction: a moment later
    line.hang_up()


def _is_judged() -> bool:
    return not DeviceState.objects.filter(waiting=True).exists()


def _await(done: Callable[[], bool]) -> None:
    """Until a worker has heard everything, so that who asks next sees what came of it."""
    end = time.monotonic() + JUDGED_WITHIN
    while not done() and time.monotonic() < end:
        time.sleep(A_LOOK)
