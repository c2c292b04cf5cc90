"""The counter at the desk: checks recorded, letters printed once, nothing of a card shown again."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from wagtail.users.models import UserProfile

from civic.feed.numbering import number_items
from civic.people.models import AccessLook, Letter, Person, PersonKey, Tie, Verification
from civic.people.person_key import Card
from civic.reactions.run import enlist_all, run_all
from tests.level_examples import agree, check, make_card, make_unchecked
from tests.making import DOSEON, GURO4, make_official
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
CARD = {"name": "홍계산", "born": "1971-02-13", "namesake": "1", "district": "11200"}


def words(person, **changed):
    return {"nickname": person.nickname, **CARD, **changed}


def test_check_is_recorded_for_the_account_and_forgets_the_card(official):
    person = agree(make_unchecked())
    answer = official.post("/desk/checks/", words(person, lives=DOSEON), follow=True)
    assert answer.status_code == 200
    assert "홍계산" not in answer.content.decode()
    assert Verification.objects.get(person=person).method == "office"
    assert Tie.objects.get(person=person).dong_id == DOSEON


@pytest.mark.parametrize(
    "wrong",
    [
        {"nickname": "아무도아님"},
        {"name": "900102-1234567"},
        {"born": "1971-02-31"},
        {"born": "9001021234567"},
        {"district": "11530"},
        {"lives": GURO4},
        {"namesake": "10"},
    ],
)
def test_check_that_does_not_fit_is_refused_and_repeats_nothing_of_the_card(official, wrong):
    answer = official.post("/desk/checks/", words(make_unchecked(), **wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    for said in (wrong.get("name", CARD["name"]), wrong.get("born", CARD["born"])):
        assert said not in page
    assert not Verification.objects.exists()


def test_second_account_of_one_person_is_refused_at_the_counter(official):
    official.post("/desk/checks/", words(make_unchecked("첫번째집")))
    answer = official.post("/desk/checks/", words(make_unchecked()))
    assert answer.status_code == 422
    assert "첫번째집" not in answer.content.decode()
    assert PersonKey.objects.count() == 1


@pytest.fixture
def first_look_fails() -> Iterator[None]:
    """The database does not take the first look, and every one after it."""
    told: list[str] = []

    def broken(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('INSERT INTO "civic_accesslook"') and not told:
            told.append(sql)
            raise RuntimeError("no look")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(broken):
        yield


@pytest.mark.usefixtures("first_look_fails")
def test_check_whose_look_cannot_be_written_is_not_recorded(pages):
    words = {"nickname": make_unchecked().nickname, "name": "홍계산", "born": "1971-02-13", "namesake": "1"}
    with pytest.raises(RuntimeError, match="no look"):
        signed_in(make_official()).post("/desk/checks/", words | {"district": "11200"})
    assert not Verification.objects.exists()
    assert [row.about for row in AccessLook.objects.all()] == ["people"]


@pytest.mark.usefixtures("first_look_fails")
def test_letters_whose_look_cannot_be_written_are_not_made(pages):
    with pytest.raises(RuntimeError, match="no look"):
        signed_in(make_official()).post("/desk/checks/letters/", {"dong": DOSEON, "people": "홍길동 1990-01-02"})
    assert not Letter.objects.exists()
    assert [row.about for row in AccessLook.objects.all()] == [f"letters:{DOSEON}:0"]


def test_check_is_closed_to_everybody_but_officials(admin, resident):
    moderator = signed_in(make_official(role="moderator"))
    for browser in (admin, resident, moderator):
        for path in ("", "letters/", "take-back/"):
            assert browser.get(f"/desk/checks/{path}").status_code == 302
            assert browser.post(f"/desk/checks/{path}", words(make_unchecked())).status_code == 302
    assert not Verification.objects.exists()


def test_check_is_taken_back_with_a_reason_by_the_same_district_alone(official):
    person = check(make_unchecked())
    said = {"nickname": person.nickname, "reason": "다른 사람의 계정이었습니다."}
    guro = signed_in(make_official("11530"))
    assert guro.post("/desk/checks/take-back/", said).status_code == 422
    assert official.post("/desk/checks/take-back/", said).status_code == 302
    assert not Verification.objects.exists()


def test_person_who_lost_the_way_into_an_account_is_checked_anew_by_the_card(official):
    lost, new, card = make_unchecked("잃어버린집"), make_unchecked(), {n: CARD[n] for n in ("name", "born", "namesake")}
    official.post("/desk/checks/", words(lost))
    reason = {"reason": "계정을 잃어버려 새로 확인합니다."}
    guro = signed_in(make_official("11530"))
    for browser, said in ((guro, card), (official, card | {"born": "1971-02-14"}), (official, {"name": CARD["name"]})):
        answer = browser.post("/desk/checks/take-back/", said | reason)
        assert answer.status_code == 422
        assert not any(
            told in answer.content.decode() for told in ("잃어버린집", CARD["name"], said.get("born", CARD["born"]))
        )
    answer = official.post("/desk/checks/take-back/", card | reason, follow=True)
    assert "잃어버린집" not in answer.content.decode()
    official.post("/desk/checks/", words(new))
    assert Verification.objects.get().person == new


def test_owner_is_told_of_a_check_at_the_counter(official, now):
    person = make_unchecked()
    enlist_all()
    official.post("/desk/checks/", words(person))
    number_items()
    while run_all(at=now):
        pass
    assert "checked at a counter" in signed_in(person).get("/en/me/").content.decode()


def test_letters_are_shown_once_with_their_code_and_a_picture_to_scan(official):
    people = "\ufeff홍길동(洪吉童) 1990-01-02\n\n임꺽정, 1991.2.3\nJohn Doe 1992-03-04"
    answer = official.post("/desk/checks/letters/", {"dong": DOSEON, "people": people})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert len(set(re.findall(r"\d{4}-\d{4}-\d{4}", page))) == 3
    assert page.count("<svg") >= 3
    for said in ("홍길동", "洪", "임꺽정", "1990-01-02", "1991.2.3"):
        assert said not in page
    assert "홍○동" in page
    assert Letter.objects.count() == 3


def test_letter_is_korean_and_leads_to_the_korean_page_from_an_english_desk(official):
    person = official.session["_auth_user_id"]
    UserProfile.get_for_user(Person.objects.get(pk=person))
    UserProfile.objects.filter(user=person).update(preferred_language="en")
    answer = official.post("/desk/checks/letters/", {"dong": DOSEON, "people": "홍편지 1990-01-02"})
    page = answer.content.decode()
    assert "Print this sheet now" in page
    assert "http://testserver/me/verification/" in page
    assert "/en/me/verification/" not in page
    assert "성동구" in page


@pytest.mark.parametrize("line", ["홍줄임", "홍줄임 1990-02-31", "900102-1234567 홍줄임", "홍줄임 900102-1234567"])
def test_letters_with_a_line_that_is_no_person_are_refused_by_its_number(official, line):
    answer = official.post("/desk/checks/letters/", {"dong": DOSEON, "people": f"임꺽정 1991-02-03\n{line}"})
    page = answer.content.decode()
    assert (answer.status_code, Letter.objects.count()) == (422, 0)
    assert line not in page
    assert "임꺽정" not in page


def test_letters_name_every_wrong_line_as_it_was_typed_blank_ones_counted(official):
    people = "\n임꺽정 1991-02-03\n\n洪吉童 1990-01-02\n홍줄임\n홍미래 2990-01-02"
    answer = official.post("/desk/checks/letters/", {"dong": DOSEON, "people": people})
    assert (answer.status_code, Letter.objects.count()) == (422, 0)
    assert re.findall(r"(\d+)번째 줄", " ".join(answer.context["form"].errors["people"])) == ["4", "5", "6"]
    assert "洪吉童" not in answer.content.decode()


def test_letter_to_a_namesake_is_refused_by_the_line_as_it_was_typed(official):
    check(make_unchecked(), Card("홍나란", date(1990, 1, 2), namesake=2))
    people = "임꺽정 1991-02-03\n\n\n홍나란 1990-01-02"
    answer = official.post("/desk/checks/letters/", {"dong": DOSEON, "people": people})
    assert (answer.status_code, Letter.objects.count()) == (422, 0)
    assert re.findall(r"(\d+)번째 줄", " ".join(answer.context["form"].errors["people"])) == ["4"]


def test_letters_of_another_district_are_refused(official):
    answer = official.post("/desk/checks/letters/", {"dong": GURO4, "people": "홍길동 1990-01-02"})
    assert (answer.status_code, Letter.objects.count()) == (422, 0)


def test_rail_leads_officials_to_the_counter(official, admin):
    assert "/desk/checks/" in official.get("/desk/").content.decode()
    assert "/desk/checks/" not in admin.get("/desk/").content.decode()


def test_card_is_kept_out_of_logs(official, caplog):
    caplog.set_level(0)
    official.post("/desk/checks/", words(make_unchecked()))
    official.post("/desk/checks/", words(make_unchecked(), name=make_card().name, born="1.1.1"))
    official.post("/desk/checks/letters/", {"dong": DOSEON, "people": "홍기록 1990-01-02\n홍기록"})
    logged = caplog.text
    assert not any(said in logged for said in ("홍계산", "1971-02-13", "홍기록"))


def test_parts_of_the_counter_say_on_which_one_is(official):
    for path in ("", "letters/", "take-back/"):
        page = official.get(f"/desk/checks/{path}").content.decode()
        assert re.findall(r'href="([^"]+)" aria-current="page"', page) == [f"/desk/checks/{path}"]


def test_letters_lead_to_the_printer_and_back(official):
    answer = official.post("/desk/checks/letters/", {"dong": DOSEON, "people": "홍길동 1990-01-02"})
    page = answer.content.decode()
    assert re.search(r"<button [^>]*data-print hidden>", page)
    assert all(f'class="desk-act" href="/desk/checks/{path}"' in page for path in ("", "letters/"))


def test_put_is_no_way_to_send_the_forms(official):
    for path in ("", "letters/", "take-back/"):
        assert official.put(f"/desk/checks/{path}").status_code == 405
