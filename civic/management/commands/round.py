"""`livinglab round`: open, close, count or publish a vote by its slug."""

import json
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from civic.clocks.now import database_now
from civic.refusals import Refused
from civic.voting.actions import close_round, count_round, open_round, publish_round
from civic.voting.models import Round
from civic.voting.queries import find_any
from civic.voting.states import State

ACTS: dict[str, Callable[..., Round]] = {
    "open": open_round,
    "close": close_round,
    "count": count_round,
    "publish": publish_round,
}


class Command(BaseCommand):
    help = (
        "Move a vote on: open takes ballots from now, close ends that and parts ballots from voters, "
        "count follows the announced rule, publish shows the result. The clock opens and closes by itself."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=ACTS)
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--json", action="store_true", help="print the vote as one object")

    def handle(self, *args: Any, **options: Any) -> None:
        round = find_any(options["slug"])
        if round is None:
            raise CommandError(f"There is no vote {options['slug']!r} here.")
        try:
            ACTS[options["act"]](by=None, round=round, at=database_now())
        except Refused as refused:
            raise CommandError(str(refused.refusal.text)) from refused
        moved = find_any(options["slug"])
        assert moved is not None  # it was there a moment ago
        self.stdout.write(json.dumps(_told(moved), ensure_ascii=False) if options["json"] else _sentence(moved))


def _told(round: Round) -> dict[str, Any]:
    """What stands now: the state and the turnout, and once it is counted the votes."""
    told: dict[str, Any] = {"slug": round.slug, "state": round.state, "turnout": round.turnout}
    if round.state in (State.COUNTED, State.PUBLISHED):
        told["options"] = [
            {"id": o.pk, "title": o.title, "votes": o.votes, "outcome": o.outcome, "tied": o.tied}
            for o in round.options.all()
        ]
    return told


def _sentence(round: Round) -> str:
    lines = [f"{round.slug} is {round.state}, {round.turnout} ballots."]
    if round.state in (State.COUNTED, State.PUBLISHED):
        lines += [f"{o.votes:>6}  {o.title} ({o.outcome}{', tie' if o.tied else ''})" for o in round.options.all()]
    return "\n".join(lines)
