"""`livinglab simulate`: a night of Seongdong in three minutes, or a stormy afternoon; demonstrations only."""

import json
import signal
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from livinglab.simulation.sending import NotTaken
from livinglab.simulation.simulate import A_NIGHT, SCENARIOS, Played, simulate


class Command(BaseCommand):
    help = (
        "Play the next night of Seongdong's lamps through the ingest of a running site: dusk, 12 lamp failures, "
        "the loss of a cabinet, repairs, 3 lamps that burn on by day. The same seed plants the same faults."
    )
    requires_system_checks: list[str] = []  # the site that takes the readings has checked itself

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--seed", type=int, required=True, help="a number; the next night has the next one")
        parser.add_argument("--scenario", choices=SCENARIOS, default="night", help="storm: all lamps on at 14:00")
        parser.add_argument("--url", default="http://127.0.0.1:8000", help="of the site, on this database")
        parser.add_argument("--realtime", action="store_true", help="three minutes a night; otherwise as fast as taken")
        parser.add_argument("--nights", type=int, default=1, metavar="N", help="so many in a row; 0: until stopped")
        parser.add_argument("--json", action="store_true", help='print {"sent", "planted": [{"device", "code", "at"}]}')

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demonstration: production takes no readings of a simulated clock.")
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the key ends with the play

        def done(played: Played) -> None:
            if options["verbosity"]:
                self.stdout.write(json.dumps(played.told()) if options["json"] else _told(played))
                self.stdout.flush()

        try:
            simulate(
                seed=options["seed"],
                scenario=options["scenario"],
                url=options["url"],
                seconds=A_NIGHT if options["realtime"] else 0.0,
                nights=options["nights"],
                done=done,
            )
        except (NotTaken, ValueError) as error:
            raise CommandError(str(error)) from error


def _told(played: Played) -> str:
    answers, play = played.line.answers, played.play
    first, last = play.words[0][0], play.words[-1][0]
    lines = [f"{first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC: {answers.sent} readings sent,"]
    lines[0] += f" {answers.accepted} stored, {answers.duplicate} known, {answers.rejected} refused"
    return "\n".join([*lines, *(f"{t.at:%H:%M} {t.device} {t.code}" for t in play.planted)])
