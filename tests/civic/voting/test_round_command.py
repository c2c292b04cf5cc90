"""Can a vote be moved on from a shell, with an exit status and JSON?"""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from civic.clocks.now import database_now
from tests.voting import WEEK, make_announced, vote

pytestmark = pytest.mark.django_db


def run(*words):
    out = StringIO()
    call_command("round", *words, stdout=out)
    return out.getvalue()


def test_round_goes_its_way_by_commands():
    now = database_now()
    round = make_announced(opens_at=now + WEEK, closes_at=now + 2 * WEEK, at=now)
    told = json.loads(run("open", round.slug, "--json"))
    assert told == {"slug": round.slug, "state": "open", "turnout": 0}
    vote(round, 2, at=database_now())
    assert json.loads(run("close", round.slug, "--json"))["state"] == "closed"
    counted = json.loads(run("count", round.slug, "--json"))
    assert [(o["votes"], o["outcome"]) for o in counted["options"]] == [
        (0, "not_chosen"),
        (1, "chosen"),
        (0, "not_chosen"),
    ]
    assert run("publish", round.slug).splitlines()[0] == f"{round.slug} is published, 1 ballots."


def test_open_and_closed_rounds_tell_no_votes():
    now = database_now()
    round = make_announced(opens_at=now + WEEK, closes_at=now + 2 * WEEK, at=now)
    assert "options" not in json.loads(run("open", round.slug, "--json"))
    assert "options" not in json.loads(run("close", round.slug, "--json"))


def test_wrong_order_is_refused_with_a_sentence():
    now = database_now()
    round = make_announced(opens_at=now + WEEK, closes_at=now + 2 * WEEK, at=now)
    for act in ("close", "count", "publish"):
        with pytest.raises(CommandError):
            run(act, round.slug)


def test_unknown_round_is_refused():
    with pytest.raises(CommandError, match="no vote"):
        run("open", "nothing-here")
