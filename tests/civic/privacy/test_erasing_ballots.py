"""Do the words of who has left stand on a ballot or in its result?"""

import pytest
from django.test import Client

from civic.ledger.models import Entry
from civic.privacy.choice import Texts
from civic.proposals.words import WORDS_GONE
from civic.voting.drafts import option
from tests.civic.privacy.test_erasing import erase
from tests.making import make_person, make_proposal
from tests.voting import make_counted, make_open, make_round, of_proposals

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("texts", Texts)
def test_title_on_a_ballot_goes_with_the_words_and_stays_with_them(texts: Texts) -> None:
    person = make_person()
    mine, others = make_proposal(person, title="왕십리로 222-7 앞이 어둡습니다"), make_proposal()
    rounds = [make(options=of_proposals(mine, others)) for make in (make_round, make_open, make_counted)]
    erase(person, texts)

    said = mine.title if texts == Texts.KEPT else f"{WORDS_GONE} ({mine.code})"
    for round in rounds:
        assert list(round.options.order_by("number").values_list("title", flat=True)) == [said, others.title]
    assert Entry.objects.filter(fact="OptionWordsGone").count() == (0 if texts == Texts.KEPT else 3)
    page = Client().get(f"/votes/{rounds[1].slug}/").content.decode()
    assert said in page
    assert (mine.title in page) == (texts == Texts.KEPT)


def test_title_that_the_desk_wrote_for_a_ballot_is_the_desks_and_stays() -> None:
    person = make_person()
    proposal = make_proposal(person)
    own = option(title="보안등 스스로 알림", about=proposal.key)
    round = make_open(options=(own, *of_proposals(make_proposal(title="골목에 센서등을 달아 주세요"))))
    erase(person, Texts.GONE)
    assert round.options.get(number=1).title == "보안등 스스로 알림"
