"""Proposals at the desk: listed, read, answered; never edited."""

from datetime import timedelta

import pytest

from civic.proposals.models import Answer, Proposal
from tests.answers import text
from tests.making import GURO4, make_proposal, make_reviewed

pytestmark = pytest.mark.django_db
YES = {
    "decision": "adopted",
    "headline": "시험합니다",
    "reason": "구간을 정해 시험하겠습니다.",
    "planned": "2027년 3월",
}


def test_list_shows_own_district_with_search_and_filters(official, now):
    mine = make_proposal(at=now, title="비상벨이 어디 있는지", category="parks")
    waiting = make_reviewed(at=now, title="꺼진 보안등")
    foreign = make_proposal(at=now, dong=GURO4, title="구로의 제안")
    everything = text(official.get("/desk/proposals/"))
    assert mine.title in everything
    assert waiting.title in everything
    assert foreign.title not in everything
    for query, there, gone in (
        ("?q=비상벨", mine, waiting),
        ("?state=dept_review", waiting, mine),
        ("?category=parks", mine, waiting),
        (f"?q={waiting.code}", waiting, mine),
    ):
        page = text(official.get(f"/desk/proposals/results/{query}"))
        assert there.title in page
        assert gone.title not in page


def test_inspect_reads_words_and_offers_the_answer(official, now):
    proposal = make_reviewed(at=now)
    page = text(official.get(f"/desk/proposals/inspect/{proposal.pk}/"))
    assert proposal.title in page
    assert "서른 걸음이 통째로" in page
    assert f'href="/desk/proposals/answer/{proposal.pk}/"' in page


def test_inspect_other_district_is_not_found(official, now):
    proposal = make_reviewed(at=now, dong=GURO4)
    assert official.get(f"/desk/proposals/inspect/{proposal.pk}/").status_code == 404
    assert official.post(f"/desk/proposals/answer/{proposal.pk}/", YES).status_code == 404


def test_answer_adopted_is_published_with_the_office(official, now):
    proposal = make_reviewed(at=now)
    answer = official.post(f"/desk/proposals/answer/{proposal.pk}/", YES)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    row = Answer.objects.get(proposal=proposal)
    assert (row.decision, row.office, row.phone, row.planned) == ("adopted", "도로시설과", "02-0000-0101", "2027년 3월")
    assert Proposal.objects.get(pk=proposal.pk).state == "adopted"


def test_answer_declined_needs_its_reason(official, now):
    proposal = make_reviewed(at=now)
    answer = official.post(f"/desk/proposals/answer/{proposal.pk}/", YES | {"decision": "declined", "reason": "안 됨"})
    assert answer.status_code == 422
    assert "안 됨" in answer.content.decode()
    assert not Answer.objects.exists()


def test_answer_twice_says_that_it_stands(official, now):
    proposal = make_reviewed(at=now)
    official.post(f"/desk/proposals/answer/{proposal.pk}/", YES)
    again = official.post(f"/desk/proposals/answer/{proposal.pk}/", YES | {"decision": "declined"})
    assert again.status_code == 422
    assert Answer.objects.get(proposal=proposal).decision == "adopted"


def test_answer_by_an_admin_is_refused(admin, now):
    proposal = make_reviewed(at=now)
    page = admin.post(f"/desk/proposals/answer/{proposal.pk}/", YES)
    assert page.status_code == 422
    assert not Answer.objects.exists()


def test_answer_late_is_still_taken(official, now):
    proposal = make_reviewed(at=now - timedelta(days=50))
    assert official.post(f"/desk/proposals/answer/{proposal.pk}/", YES).status_code == 302


@pytest.mark.parametrize("page", ["new/", "edit/{}/", "delete/{}/", "copy/{}/", "history/{}/"])
def test_wagtails_own_verbs_are_not_routed(admin, now, page):
    proposal = make_proposal(at=now)
    assert admin.get("/desk/proposals/" + page.format(proposal.pk)).status_code == 404
    assert admin.post("/desk/proposals/" + page.format(proposal.pk)).status_code == 404
