"""Is a check noticed by whose account it is, and does nothing that rested on it outlive it while it is open?"""

import pytest

from civic.feed.numbering import number_items
from civic.ledger.models import Entry
from civic.notifications.models import Notice
from civic.people.actions import take_back_check
from civic.people.models import Person
from civic.people.person_key import Card
from civic.proposals.actions import support_proposal
from civic.proposals.models import Proposal
from civic.reactions.run import enlist_all, run_all
from civic.voting.actions import cast_ballot, close_round, count_round
from civic.voting.models import OpenBallot, Participation
from tests.level_examples import check, make_card, make_unchecked
from tests.making import NOON, make_official, make_proposal
from tests.voting import ids, make_open

pytestmark = pytest.mark.django_db
REASON = "다른 사람의 계정이었습니다."


@pytest.fixture(autouse=True)
def _listening():
    enlist_all()


def take_back(person: Person) -> None:
    take_back_check(by=make_official(), person=person, reason=REASON, at=NOON)
    number_items()
    while run_all(at=NOON):
        pass


def voter(card: Card | None = None) -> Person:
    return check(make_unchecked(), card)


def test_ballot_in_an_open_vote_goes_with_the_check_so_that_one_person_votes_once():
    round, card = make_open(), make_card()
    first = voter(card)
    cast_ballot(by=first, round=round, choices=ids(round, 1), at=NOON)
    take_back(first)
    second = voter(card)
    cast_ballot(by=second, round=round, choices=ids(round, 2), at=NOON)
    round.refresh_from_db()
    assert (round.turnout, OpenBallot.objects.count()) == (1, 1)
    assert Participation.objects.get(round=round).person == second
    assert Notice.objects.filter(person=first, fact="VerificationWithdrawn").count() == 1


def test_vote_that_closes_before_the_reaction_has_run_counts_one_ballot_of_one_person():
    """The worker stood still, or the item was set aside: the new check and the new ballot wait for neither."""
    round, card = make_open(), make_card()
    first, neighbour = voter(card), voter()
    cast_ballot(by=first, round=round, choices=ids(round, 1), at=NOON)
    cast_ballot(by=neighbour, round=round, choices=ids(round, 1), at=NOON)
    take_back_check(by=make_official(), person=first, reason=REASON, at=NOON)
    cast_ballot(by=voter(card), round=round, choices=ids(round, 2), at=NOON)
    close_round(by=None, round=round, at=round.closes_at)
    count_round(by=None, round=round, at=round.closes_at)
    number_items()
    while run_all(at=round.closes_at):
        pass
    round.refresh_from_db()
    assert (round.turnout, round.urn.count(), Participation.objects.filter(person=first).exists()) == (2, 2, False)
    assert list(round.options.order_by("number").values_list("votes", flat=True))[:2] == [1, 1]
    cast, gone = (Entry.objects.filter(key=round.key, fact=fact).count() for fact in ("BallotCast", "BallotWithdrawn"))
    assert cast - gone == round.turnout


def test_vote_for_which_an_address_is_enough_keeps_the_ballot_of_whoever_lost_the_check():
    round, person = make_open(), voter()
    round.policy.vote_level = 1
    round.policy.save()
    cast_ballot(by=person, round=round, choices=ids(round, 1), at=NOON)
    take_back_check(by=make_official(), person=person, reason=REASON, at=NOON)
    round.refresh_from_db()
    close_round(by=None, round=round, at=round.closes_at)
    assert round.urn.count() == 1


def test_ballot_of_a_closed_vote_stays_counted():
    round, person = make_open(), voter()
    cast_ballot(by=person, round=round, choices=ids(round, 1), at=NOON)
    close_round(by=None, round=round, at=round.closes_at)
    take_back(person)
    round.refresh_from_db()
    assert round.turnout == 1


def test_support_stays_where_a_confirmed_address_is_enough_and_goes_where_it_is_not():
    person = voter()
    loose, strict = make_proposal(), make_proposal()
    for proposal in (loose, strict):
        support_proposal(by=person, proposal=proposal, at=NOON)
    strict.policy.pk, strict.policy.valid_from, strict.policy.support_level = None, NOON, 2
    strict.policy.save()
    Proposal.objects.filter(pk=strict.pk).update(policy=strict.policy)
    take_back(person)
    loose.refresh_from_db()
    strict.refresh_from_db()
    assert (loose.supports, strict.supports) == (1, 0)
