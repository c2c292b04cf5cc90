"""Does one's own page say how sure it is who one is, take a code, and keep what ties one to a dong?"""

import re

import pytest
from django.test import Client
from django.utils.translation import override

from civic.clocks.now import database_now
from civic.limits.figures import LIMITS, Limit
from civic.limits.rules import YOU_TOO_OFTEN
from civic.people.actions import withdraw_consent
from civic.people.models import CodeTries, Tie
from civic.people.queries import PLACE, documents_in_force
from tests.counting import cost
from tests.level_examples import agree, check, make_unchecked, send_letter
from tests.making import DOSEON, GURO4, NOON, PASSWORD, make_person
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/en/me/verification/"


def test_page_is_ones_own_and_no_cache_keeps_it():
    assert Client().get(PAGE).status_code == 302
    answer = signed_in(make_unchecked()).get(PAGE)
    assert "no-store" in answer["Cache-Control"]
    page = answer.content.decode()
    assert page.count("level-reached") == 1
    assert "Opens: support proposals, speak in discussions, make proposals" in page
    assert "Opens: vote" in page


def test_scanned_code_stands_in_the_field_and_is_used_by_the_button():
    person, code = make_unchecked(), send_letter(at=database_now())
    browser = signed_in(person)
    assert f'value="{code}"' in browser.get(PAGE, {"code": code}, follow=True).content.decode()
    assert not CodeTries.objects.exists()  # looking is no try
    answer = browser.post(f"{PAGE}code/", {"code": code}, follow=True)
    assert "you can vote" in answer.content.decode()
    person.refresh_from_db()
    assert person.level == 2
    assert "Code from the letter" not in browser.get(PAGE).content.decode()


def test_signed_out_scan_comes_back_to_its_code_after_signing_in():
    person, browser = make_unchecked(password=PASSWORD), Client()
    answers = browser.get(PAGE, {"code": "1234-5678-9012"}, follow=True).redirect_chain
    assert [path for path, _status in answers] == [PAGE, "/en/accounts/login/?next=/en/me/verification/"]
    answer = browser.post(answers[-1][0], {"login": person.email, "password": PASSWORD, "next": PAGE})
    assert answer["Location"] == PAGE
    page = browser.get(PAGE)
    assert 'value="1234-5678-9012"' in page.content.decode()
    assert 'value="1234-5678-9012"' not in browser.get(PAGE).content.decode()  # it was shown, and is kept no longer


@pytest.mark.parametrize("code", ["1234-5678-9012", "", "가" * 90, "a\r\nSet-Cookie: x=1", "\0;,"])
def test_scan_of_a_stranger_writes_no_row(code, django_assert_num_queries):
    browser = Client()
    with django_assert_num_queries(0):
        answer = browser.get(PAGE, {"code": code})
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert (list(answer.cookies), "x=1" in str(answer.cookies)) == (["llab_scanned"], False)
    kept = answer.cookies["llab_scanned"]
    assert (kept["httponly"], kept["samesite"], kept["max-age"]) == (True, "Lax", 3600)


def test_scanned_code_leaves_the_address_before_anything_is_loaded():
    answer = signed_in(make_unchecked()).get(PAGE, {"code": "1234-5678-9012"})
    assert (answer.status_code, answer["Location"], answer["Referrer-Policy"]) == (302, PAGE, "no-referrer")


@pytest.mark.parametrize("typed", ["123", "1234-5678-901", "abcd-efgh-ijkl", "1234-5678-9012-3"])
def test_code_without_twelve_digits_is_sent_back_and_is_no_try(typed):
    answer = signed_in(make_unchecked()).post(f"{PAGE}code/", {"code": typed})
    assert answer.status_code == 422
    assert "Type the twelve digits from the letter." in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode()
    assert not CodeTries.objects.exists()


def test_tie_is_not_taken_back_more_often_than_other_details(monkeypatch):
    person = agree(make_unchecked())
    browser = signed_in(person)
    browser.post(f"{PAGE}ties/", {"kind": "works", "tie_dong": DOSEON})
    assert Tie.objects.filter(person=person).exists()
    monkeypatch.setitem(LIMITS, "details", Limit(of_person=1, of_address=9, seconds=3600))
    page = browser.post(f"{PAGE}ties/works/withdraw/", follow=True).content.decode()
    with override("en"):
        assert str(YOU_TOO_OFTEN.text) in page
    assert Tie.objects.filter(person=person).exists()


@pytest.mark.parametrize(("typed", "status"), [("", 422), ("1" * 41, 422), ("0000-0000-0000", 409), ("<script>", 422)])
def test_code_that_does_not_work_is_refused_beside_its_field(typed, status):
    answer = signed_in(make_unchecked()).post(f"{PAGE}code/", {"code": typed})
    assert answer.status_code == status
    page = answer.content.decode()
    assert 'id="id_code_error"' in page
    assert "<script>" not in page.partition("<main")[2]


def test_sixth_try_of_a_day_is_refused_as_too_many():
    browser = signed_in(make_unchecked())
    for _n in range(5):
        browser.post(f"{PAGE}code/", {"code": "0000-0000-0000"})
    answer = browser.post(f"{PAGE}code/", {"code": "0000-0000-0000"})
    assert (answer.status_code, "try again tomorrow" in answer.content.decode()) == (429, True)


def test_tie_is_noted_changed_and_taken_back():
    person = agree(make_person())
    browser = signed_in(person)
    browser.post(f"{PAGE}ties/", {"kind": "works", "tie_dong": DOSEON})
    browser.post(f"{PAGE}ties/", {"kind": "works", "tie_dong": GURO4})
    assert Tie.objects.get(person=person).dong_id == GURO4
    assert "declared, not confirmed yet" in browser.get(PAGE).content.decode()
    browser.post(f"{PAGE}ties/works/withdraw/")
    assert not Tie.objects.filter(person=person).exists()
    again = browser.post(f"{PAGE}ties/works/withdraw/", follow=True).content.decode()
    assert "There is nothing to take back." in again


@pytest.mark.parametrize(
    "wrong", [{}, {"kind": "works"}, {"kind": "prays", "tie_dong": DOSEON}, {"kind": "works", "tie_dong": "1"}]
)
def test_tie_that_does_not_fit_is_refused_and_what_was_chosen_stays(wrong):
    answer = signed_in(make_person()).post(f"{PAGE}ties/", wrong)
    assert answer.status_code == 422
    assert Tie.objects.count() == 0


def test_tie_needs_the_consent_that_is_asked_beside_it_and_never_ticked_before():
    person = make_person()
    browser = signed_in(person)
    box = re.search(r'<input[^>]*name="consent_place"[^>]*>', browser.get(PAGE).content.decode())[0]
    assert "checked" not in box
    said = {"kind": "works", "tie_dong": DOSEON}
    answer = browser.post(f"{PAGE}ties/", said)
    assert (answer.status_code, Tie.objects.count()) == (422, 0)
    assert "Agree first that your dong is kept." in answer.content.decode()
    agree(person)
    withdraw_consent(by=person, document=next(d for d in documents_in_force() if d.kind == PLACE), at=NOON)
    browser.post(f"{PAGE}ties/", said | {"consent_place": "on"})
    assert Tie.objects.get(person=person).dong_id == DOSEON
    assert "consent_place" not in browser.get(PAGE).content.decode()


def test_nobody_changes_the_ties_of_another():
    person = agree(make_person())
    signed_in(person).post(f"{PAGE}ties/", {"kind": "works", "tie_dong": DOSEON})
    signed_in(make_person()).post(f"{PAGE}ties/works/withdraw/")
    assert Tie.objects.filter(person=person).count() == 1


def test_checked_person_reads_the_way_and_the_day_and_costs_no_more_questions():
    browser = signed_in(check(agree(make_unchecked())))
    assert "At the counter" in browser.get(PAGE).content.decode()
    bare = cost(lambda: browser.get(PAGE))
    for kind in ("lives", "works", "studies"):
        browser.post(f"{PAGE}ties/", {"kind": kind, "tie_dong": DOSEON})
    assert cost(lambda: browser.get(PAGE)) == bare
