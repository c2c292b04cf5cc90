"""What becomes of an item that was set aside?"""

import pytest
from django.db import OperationalError

from civic.feed.models import SetAside
from civic.feed.numbering import number_items
from civic.ledger.facts import Fact
from civic.proposals.facts import ProposalPublished
from civic.reactions import run
from civic.reactions.actions import dismiss_set_aside, retry_set_aside
from civic.refusals import Refused
from tests.making import NOON, make_official, make_person, make_proposal

pytestmark = pytest.mark.django_db


class Moody:
    """A reaction that fails as long as it is told to."""

    def __init__(self) -> None:
        self.error: Exception | None = ValueError("not today")
        self.handled: list[str] = []

    def react(self, fact: Fact, item: object) -> None:
        if self.error:
            raise self.error
        self.handled.append(fact.key)


@pytest.fixture
def moody(monkeypatch) -> Moody:
    moody = Moody()
    monkeypatch.setattr(run, "REACTIONS", {ProposalPublished: (moody.react,)})
    number_items()
    run.enlist_all()
    return moody


@pytest.fixture
def admin():
    return make_official(role="admin")


@pytest.fixture
def aside(moody: Moody) -> SetAside:
    make_proposal()
    number_items()
    run.run_all(at=NOON)
    return SetAside.objects.get()


def test_an_item_run_again_is_handled_once_and_no_longer_set_aside(moody: Moody, aside: SetAside, admin):
    moody.error = None
    retry_set_aside(by=admin, aside=aside, at=NOON)
    assert moody.handled == [aside.key]
    assert not SetAside.objects.exists()
    with pytest.raises(Refused) as refused:
        retry_set_aside(by=admin, aside=aside, at=NOON)
    assert refused.value.refusal.code == "not_set_aside"
    assert moody.handled == [aside.key]


def test_an_item_that_fails_again_keeps_the_new_error(moody: Moody, aside: SetAside, admin):
    moody.error = KeyError("another")
    with pytest.raises(Refused) as refused:
        retry_set_aside(by=admin, aside=aside, at=NOON)
    assert refused.value.refusal.code == "failed_again"
    assert SetAside.objects.get().error.endswith("KeyError: 'another'\n")


def test_a_failing_database_is_no_answer_of_the_reaction(moody: Moody, aside: SetAside, admin):
    moody.error = OperationalError("the disk is full")
    with pytest.raises(OperationalError):
        retry_set_aside(by=admin, aside=aside, at=NOON)
    assert SetAside.objects.get().error == aside.error


def test_an_item_of_a_reaction_that_is_gone_is_refused_and_stays(aside: SetAside, admin, monkeypatch):
    monkeypatch.setattr(run, "REACTIONS", {})
    with pytest.raises(Refused) as refused:
        retry_set_aside(by=admin, aside=aside, at=NOON)
    assert refused.value.refusal.code == "reaction_gone"
    assert SetAside.objects.get() == aside


def test_a_dismissed_item_is_gone_and_was_never_handled(moody: Moody, aside: SetAside, admin):
    dismiss_set_aside(by=admin, aside=aside, at=NOON)
    assert not SetAside.objects.exists()
    assert moody.handled == []


@pytest.mark.parametrize("act", [retry_set_aside, dismiss_set_aside])
def test_a_resident_mends_nothing(aside: SetAside, act):
    with pytest.raises(Refused):
        act(by=make_person(), aside=aside, at=NOON)
    assert SetAside.objects.get() == aside
