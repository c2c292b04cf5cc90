"""Who is told of a vote, and does the clock open and close it?"""

from datetime import timedelta

import pytest
from django.utils.translation import override

from civic.feed.numbering import number_items
from civic.notifications.models import Notice
from civic.notifications.sentences import sentence
from civic.reactions.run import enlist_all, run_all
from civic.reactions.sweeps import close_rounds, open_rounds
from civic.voting.actions import close_round, count_round, open_round, publish_round
from civic.voting.drafts import option
from civic.voting.models import OpenBallot, Round
from tests.making import NOON, add_supports, make_person, make_proposal
from tests.voting import WEEK, make_announced, make_round, vote

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _listening():
    enlist_all()


def react():
    number_items()
    while run_all(at=NOON):
        pass


def about(proposal):
    return (option(title="그렇다", about=proposal.key), option(title="아니다", about=proposal.key))


def test_proposers_and_voters_are_told_and_each_once():
    author, voter = make_person(), make_person()
    proposal = add_supports(make_proposal(author), 2)
    round = open_round(by=None, round=make_round(options=about(proposal), max_picks=1), at=NOON)
    react()
    told = Notice.objects.filter(fact="RoundOpened")
    assert told.count() == 3
    with override("en"):
        assert sentence(told.get(person=author), round.title).startswith(f"The vote “{round.title}” is open.")
    for person in (author, voter):
        vote(round, 1, by=person)
    closed = close_round(by=None, round=round, at=NOON)
    publish_round(by=None, round=count_round(by=None, round=closed, at=NOON), at=NOON)
    react()
    told = Notice.objects.filter(fact="RoundPublished")
    assert told.count() == told.values("person").distinct().count() == 4
    assert not Notice.objects.filter(fact="BallotCast").exists()


def test_clock_opens_and_closes_in_time():
    round = make_announced(opens_at=NOON + WEEK, closes_at=NOON + 2 * WEEK)
    make_round(opens_at=NOON + WEEK, closes_at=NOON + 2 * WEEK)  # not announced: left alone
    assert open_rounds(NOON + WEEK - timedelta(seconds=1)) == 0
    assert open_rounds(NOON + WEEK) == 1
    vote(round, 1, at=NOON + WEEK)
    assert close_rounds(NOON + 2 * WEEK - timedelta(seconds=1)) == 0
    assert close_rounds(NOON + 2 * WEEK) == 1
    assert Round.objects.get(pk=round.pk).state == "closed"
    assert OpenBallot.objects.count() == 0
    assert open_rounds(NOON + 2 * WEEK) == close_rounds(NOON + 2 * WEEK) == 0


def test_round_that_nobody_opened_in_its_time_stays_as_it_is():
    round = make_announced(opens_at=NOON + WEEK, closes_at=NOON + 2 * WEEK)
    assert open_rounds(NOON + 3 * WEEK) == 0
    assert Round.objects.get(pk=round.pk).state == "draft"
