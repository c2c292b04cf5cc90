"""Proposals as pages: what a resident meets, with and without an account."""

import time
from datetime import timedelta

import pytest
from django.test import Client

from civic.proposals.models import Answer, Proposal
from tests.counting import cost
from tests.making import DOSEON, GURO4, add_supports, make_official, make_person, make_proposal
from tests.signing import signed_in

pytestmark = pytest.mark.django_db

FORM = {
    "title": "꺼진 보안등, 먼저 알려 주세요",
    "problem": "등 하나만 나가도 서른 걸음이 통째로 깜깜해집니다.",
    "proposal": "등이 스스로 고장을 알리게 해 주세요.",
    "effect": "",
    "category": "safety",
    "dong": DOSEON,
    "tags": "보안등, 골목길",
}


def text(answer):
    return answer.content.decode()


def test_list_shows_proposals_and_their_counts(now):
    add_supports(make_proposal(at=now), 3, at=now)
    page = text(Client().get("/proposals/"))
    assert "꺼진 보안등, 먼저 알려 주세요" in page
    assert 'data-live="supports">3<' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("?district=11530", 1),
        (f"?district=11200&dong={DOSEON}", 1),
        ("?category=care", 1),
        ("?state=open", 2),
        ("?state=adopted", 0),
        ("?tag=보안등", 2),
        ("?q=서른 걸음", 2),
        ("?q=없는 낱말", 0),
        ("?state=nonsense&category=nonsense&sort=nonsense&page=nonsense&dong=1;drop", 2),
        ("?page=99", 2),
        ("?q=%00&tag=%00&district=%00&page=%00", 2),
        ("?sort=deadline", 2),
        ("?sort=supports", 2),
    ],
)
def test_list_narrowed_shows_what_fits(now, query, found):
    make_proposal(at=now)
    make_proposal(at=now, dong=GURO4, category="care")
    answer = Client().get(f"/proposals/{query}")
    assert answer.status_code == 200
    assert answer.context["total"] == found
    assert len(answer.context["rows"]) == found


def test_list_pages_hold_ten(now):
    for _n in range(11):
        make_proposal(at=now)
    assert len(Client().get("/proposals/").context["rows"]) == 10
    assert len(Client().get("/proposals/?page=2").context["rows"]) == 1


def _queries(client, path):
    return cost(lambda: _shown(client.get(path)))


def _shown(answer):
    assert answer.status_code == 200


def test_pages_need_the_same_queries_for_one_and_for_thirty(now):
    person = make_person()
    nobody, somebody = Client(), signed_in(person)
    first = make_proposal(at=now)
    paths = ["/proposals/", f"/proposals/{first.code}/", "/overdue/", "/en/proposals/"]
    for path in paths:  # what a process learns once (content types, the site) is not a page's cost
        nobody.get(path)
    few = [(_queries(nobody, path), _queries(somebody, path)) for path in paths]
    for _n in range(29):
        add_supports(make_proposal(at=now), 1, at=now)
    many = [(_queries(nobody, path), _queries(somebody, path)) for path in paths]
    assert few == many
    assert all(out <= 10 and in_ <= 14 for out, in_ in many), many


def test_signed_out_pages_hold_no_form_that_writes(now):
    proposal = make_proposal(at=now)
    for path in ("/", "/proposals/", f"/proposals/{proposal.code}/", "/overdue/", "/policy/"):
        page = text(Client().get(path))
        assert 'method="post"' not in page
        assert "csrfmiddlewaretoken" not in page


def test_page_of_nothing_answers_404():
    for code in ("P-2026-999999", "%00", "P-2026-000001%00", "١-2026-000001"):
        assert Client().get(f"/proposals/{code}/").status_code == 404


def test_support_and_withdraw_by_form(now):
    proposal = make_proposal(at=now)
    client = signed_in(make_person())
    path = f"/proposals/{proposal.code}/"
    answer = client.post(f"{path}support/", follow=True)
    assert answer.redirect_chain == [(path, 302)]
    assert answer.context["support"].kind == "mine"
    assert client.post(f"{path}withdraw-support/", follow=True).context["support"].kind == "open"


def test_support_by_nobody_leads_to_sign_in(now):
    proposal = make_proposal(at=now)
    answer = Client().post(f"/proposals/{proposal.code}/support/")
    assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next=/proposals/{proposal.code}/")


def test_support_refused_says_why_and_keeps_the_page(now):
    author = make_person()
    proposal = make_proposal(author, at=now)
    answer = signed_in(author).post(f"/en/proposals/{proposal.code}/support/")
    assert answer.status_code == 403
    assert "You cannot support your own proposal. Neighbours can." in text(answer)


def test_support_after_the_deadline_says_why(now):
    proposal = make_proposal(at=now - timedelta(days=40))
    answer = signed_in(make_person()).post(f"/en/proposals/{proposal.code}/support/")
    assert answer.status_code == 409
    assert "The period for support has ended." in text(answer)


def test_support_by_get_is_no_support(now):
    proposal = make_proposal(at=now)
    answer = signed_in(make_person()).get(f"/en/proposals/{proposal.code}/support/")
    assert (answer.status_code, answer.url) == (302, f"/en/proposals/{proposal.code}/")
    assert Proposal.objects.get().supports == 0


def test_writing_needs_an_account():
    assert Client().get("/proposals/new/").url == "/accounts/login/?next=/proposals/new/"


def test_writing_when_the_session_ended_keeps_every_word():
    answer = Client().post("/proposals/new/", FORM | {"receipt": "r1"})
    assert answer.status_code == 401
    assert FORM["problem"] in text(answer)
    assert Proposal.objects.count() == 0


def test_proposal_looked_at_then_published():
    client = signed_in(make_person())
    preview = client.post("/proposals/new/", FORM | {"preview": "1", "receipt": "r1"})
    assert preview.status_code == 200
    assert Proposal.objects.count() == 0
    answer = client.post("/proposals/new/", FORM | {"receipt": "r1"})
    assert answer.url == f"/proposals/{Proposal.objects.get().code}/"


def test_proposal_sent_twice_is_published_once():
    client = signed_in(make_person())
    first = client.post("/proposals/new/", FORM | {"receipt": "r1"})
    second = client.post("/proposals/new/", FORM | {"receipt": "r1"})
    assert first.url == second.url
    assert Proposal.objects.count() == 1


def test_proposal_sent_back_rewritten_is_another_proposal():
    client = signed_in(make_person())
    first = client.post("/proposals/new/", FORM | {"receipt": "r1"})
    second = client.post("/proposals/new/", FORM | {"receipt": "r1", "title": "다른 골목의 다른 이야기"})
    assert first.url != second.url
    assert sorted(Proposal.objects.values_list("title", flat=True)) == sorted(
        [FORM["title"], "다른 골목의 다른 이야기"]
    )


def test_proposal_of_nested_tags_is_refused_before_it_is_parsed():
    nested = "<blockquote>" * 12_000
    began = time.process_time()
    answer = signed_in(make_person()).post("/proposals/new/", FORM | {"problem": nested})
    assert answer.status_code == 422
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "가" * 101}, "title"),
        ({"problem": "가" * 3001}, "problem"),
        ({"proposal": "<script>alert(1)</script>"}, "proposal"),
        ({"dong": "9999999999"}, "dong"),
        ({"category": "weather"}, "category"),
        ({"tags": "가,나,다,라,마,바"}, "tags"),
    ],
)
def test_proposal_that_does_not_fit_answers_422_at_its_field_and_keeps_the_words(changed, field):
    answer = signed_in(make_person()).post("/proposals/new/", FORM | changed)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    kept = "problem" if field != "problem" else "proposal"
    if kept not in changed:
        assert FORM[kept] in text(answer)
    assert Proposal.objects.count() == 0


def test_proposal_with_script_shows_none(now):
    title, problem = "<script>alert('제목')</script>", "<b onclick=x>어두운</b> 골목입니다."
    proposal = make_proposal(at=now, title=title, problem=problem)
    for path in ("/", "/proposals/", f"/proposals/{proposal.code}/"):
        page = text(Client().get(path))
        assert "<script>alert" not in page
        assert "onclick" not in page


def test_answer_by_the_official_is_published_with_the_office(now):
    proposal = add_supports(make_proposal(at=now), 30, at=now)
    client = signed_in(make_official())
    assert client.get(f"/proposals/{proposal.code}/answer/").status_code == 200
    words = {"decision": "adopted", "reason": "구간을 정해 시험하겠습니다."}
    words |= {"headline": "시험합니다", "planned": "3월"}
    answer = client.post(f"/proposals/{proposal.code}/answer/", words, follow=True)
    page = text(answer)
    assert Answer.objects.get().headline == "시험합니다"
    for shown in ("시험합니다", "도로시설과", "02-0000-0101"):
        assert shown in page


def test_answer_on_an_english_page_names_the_department_in_english_and_marks_what_is_korean(now):
    proposal = add_supports(make_proposal(at=now), 30, at=now)
    words = {"decision": "adopted", "reason": "구간을 정해 시험하겠습니다.", "headline": "시험합니다", "planned": "3월"}
    signed_in(make_official()).post(f"/proposals/{proposal.code}/answer/", words)
    assert Answer.objects.get().office == "도로시설과"
    page = text(Client().get(f"/en/proposals/{proposal.code}/"))
    assert "<dd>Road Facilities Division <" in page
    assert '<dd><span lang="ko">3월</span></dd>' in page
    assert "도로시설과" not in page


def test_answer_without_reason_answers_422(now):
    proposal = add_supports(make_proposal(at=now), 30, at=now)
    answer = signed_in(make_official()).post(f"/proposals/{proposal.code}/answer/", {"decision": "declined"})
    assert answer.status_code == 422
    assert Answer.objects.count() == 0


@pytest.mark.parametrize("district", ["", "11530"])
def test_answer_by_somebody_else_answers_403(now, district):
    proposal = add_supports(make_proposal(at=now), 30, at=now)
    by = make_official(district) if district else make_person()
    assert signed_in(by).get(f"/proposals/{proposal.code}/answer/").status_code == 403
    words = {"decision": "declined", "reason": "우리 일이 아닙니다, 아마도."}
    assert signed_in(by).post(f"/proposals/{proposal.code}/answer/", words).status_code == 403
    assert Answer.objects.count() == 0


def test_everything_wrong_with_the_words_is_said_at_once():
    wrong = FORM | {
        "title": "가" * 101,
        "problem": "나" * 3001,
        "effect": "다" * 3001,
        "dong": "",
        "tags": "a,b,c,d,e,f",
    }
    form = signed_in(make_person()).post("/proposals/new/", wrong).context["form"]
    assert set(form.errors) == {"title", "problem", "effect", "dong", "tags"}


def test_words_nobody_can_see_are_refused():
    answer = signed_in(make_person()).post("/proposals/new/", FORM | {"title": "\u3164" * 20, "problem": "-" * 20})
    assert {"title", "problem"} <= set(answer.context["form"].errors)
