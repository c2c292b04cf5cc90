"""Does each reaction hear each of its facts once, whatever the others do?"""

import pytest

from civic.feed.models import Consumer, SetAside
from civic.feed.numbering import head, number_items
from civic.ledger.facts import Fact
from civic.proposals.actions import support_proposal
from civic.proposals.facts import ProposalPublished, ProposalSupported
from civic.reactions import run
from tests.making import NOON, make_person, make_proposal

pytestmark = pytest.mark.django_db


class Heard:
    """Two reactions: one remembers, one fails."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []

    def remember(self, fact: Fact, item: object) -> None:
        self.facts.append(fact)

    def fail(self, fact: Fact, item: object) -> None:
        raise ValueError("not today")


@pytest.fixture
def heard(monkeypatch) -> Heard:
    heard = Heard()
    table = {ProposalPublished: (heard.remember, heard.fail), ProposalSupported: (heard.remember,)}
    monkeypatch.setattr(run, "REACTIONS", table)
    number_items()
    run.enlist_all()
    return heard


def test_a_reaction_hears_the_facts_as_they_were_recorded(heard: Heard):
    proposal = make_proposal()
    support_proposal(by=make_person(), proposal=proposal, at=NOON)
    number_items()
    run.run_all(at=NOON)
    run.run_all(at=NOON)
    published, supported = heard.facts
    assert published == ProposalPublished(
        key=proposal.key, district="11200", policy=proposal.policy_id, dong=proposal.dong_id, category="safety"
    )
    assert supported == ProposalSupported(key=proposal.key, district="11200", supports=1)


def test_one_that_fails_holds_up_no_other(heard: Heard):
    make_proposal()
    number_items()
    run.run_all(at=NOON)
    assert len(heard.facts) == 1
    assert SetAside.objects.get().consumer == run.name_of(heard.fail)


def test_enlisting_gives_cursors_at_the_head_and_drops_nobody(heard: Heard):
    Consumer.objects.exclude(name__in=[run.name_of(heard.remember), run.name_of(heard.fail)]).delete()
    Consumer.objects.create(name="civic.reactions.gone", seq=0)
    run.enlist_all()
    names = {run.name_of(heard.remember), run.name_of(heard.fail)}
    cursors = {**dict.fromkeys(names, head().seq), "civic.reactions.gone": 0}
    assert dict(Consumer.objects.values_list("name", "seq")) == cursors


def test_cursors_of_reactions_that_are_gone_are_dropped_when_asked(heard: Heard):
    Consumer.objects.create(name="civic.reactions.gone", seq=0)
    run.drop_gone()
    names = {run.name_of(heard.remember), run.name_of(heard.fail)}
    assert set(Consumer.objects.values_list("name", flat=True)) == names
