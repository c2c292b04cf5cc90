"""Everyone who took part is told, each once."""

import pytest

from civic.feed.numbering import number_items
from civic.notifications.models import Notice
from civic.notifications.sentences import sentence
from civic.proposals.actions import adopt_proposal
from civic.reactions.run import enlist_all, run_all
from tests.making import NOON, add_supports, make_official, make_person, make_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_person()


def react():
    number_items()
    while run_all(at=NOON):
        pass


def test_threshold_tells_author_and_supporters_once(author):
    enlist_all()
    add_supports(make_proposal(author), 31)
    react()
    react()
    told = Notice.objects.filter(fact="ProposalReachedThreshold")
    assert told.filter(person=author).count() == 1
    assert told.count() == 1 + 31  # the one who came after the threshold is told too, when the reaction runs
    notice = told.get(person=author)
    assert sentence(notice, "꺼진 보안등").count("꺼진 보안등") == 1


def test_answer_tells_author_and_supporters(author):
    enlist_all()
    proposal = add_supports(make_proposal(author), 30)
    official = make_official()
    adopt_proposal(by=official, proposal=proposal, reason="구간을 정해 시험하겠습니다.", at=NOON)
    react()
    assert Notice.objects.filter(fact="ProposalAdopted", data__as="supporter").count() == 30
    assert Notice.objects.filter(fact="ProposalAdopted", person=author).count() == 1


def test_author_who_is_gone_is_not_told(author):
    enlist_all()
    proposal = add_supports(make_proposal(author), 30)
    type(proposal).objects.filter(pk=proposal.pk).update(author=None)
    react()
    assert Notice.objects.filter(fact="ProposalReachedThreshold").count() == 30
