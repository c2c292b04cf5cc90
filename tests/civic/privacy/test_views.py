"""Can a person see, take along, correct, refuse and leave by themselves, and read what to do where something fails?"""

import json
from concurrent.futures import ThreadPoolExecutor
from html import escape

import pytest
from django.db import connection
from django.test import Client

from civic.limits.figures import LIMITS, Limit
from civic.limits.rules import YOU_TOO_OFTEN
from civic.people.models import Person
from civic.people.queries import PLACE, agrees_to, documents_in_force
from civic.people.rules import why_not_withdraw_consent
from tests.civic.people.test_consents import newer
from tests.making import DOSEON, PASSWORD, make_official, make_person, make_proposal
from tests.privacy_examples import agreed
from tests.signing import leave_open, show_second_step, signed_in, type_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return make_person("골목이웃", password=PASSWORD)


@pytest.fixture
def browser(person: Person) -> Client:
    """Signed in, and the password typed a moment ago."""
    return proven(person)


def proven(person: Person) -> Client:
    client = signed_in(person)
    show_second_step(client, person, lasting=60)
    type_password(client, person, lasting=60)
    return client


@pytest.mark.parametrize("path", ["/me/export/", "/me/export.json", "/me/leave/"])
def test_who_only_sits_at_an_open_browser_is_asked_for_the_password(person: Person, path: str) -> None:
    client = signed_in(person)
    type_password(client, person)
    assert client.get(path).status_code == 200  # who has just signed in is not asked twice
    leave_open(client)
    answer = client.get(path)
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/accounts/reauthenticate/")


@pytest.mark.parametrize("path", ["/me/privacy/", "/me/details/", "/me/consents/", "/me/export/", "/me/leave/"])
def test_stranger_is_led_to_sign_in(path: str) -> None:
    answer = Client().get(path)
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/accounts/login/")


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", ["/me/privacy/", "/me/details/", "/me/consents/", "/me/export/", "/me/leave/"])
def test_own_pages_open_and_are_kept_by_nobody(browser: Client, prefix: str, path: str) -> None:
    answer = browser.get(prefix + path)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_document_is_public_in_both_languages() -> None:
    for document in documents_in_force():
        assert document.title_ko in Client().get(f"/privacy/{document.kind}/").content.decode()
        assert document.refusal_en in Client().get(f"/en/privacy/{document.kind}/").content.decode()
    assert Client().get("/privacy/nothing/").status_code == 404


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_version_somebody_agreed_to_is_read_where_their_record_leads(prefix: str) -> None:
    person = make_person()
    agreed(person)
    old = next(one for one in documents_in_force() if one.kind == "terms")
    new = newer("terms")
    record = signed_in(person).get(f"{prefix}/me/privacy/").content.decode()
    assert f'href="{prefix}/privacy/terms/{old.version}/"' in record
    page = Client().get(f"{prefix}/privacy/terms/{old.version}/").content.decode()
    assert escape(old.purpose_en if prefix else old.purpose_ko) in page
    assert f'href="{prefix}/privacy/terms/"' in page
    newest = Client().get(f"{prefix}/privacy/terms/").content.decode()
    assert escape(new.purpose_en if prefix else new.purpose_ko) in newest
    assert f'href="{prefix}/privacy/terms/{old.version}/"' in newest


@pytest.mark.parametrize("version", ["0", "9", "99999999999999999999"])
def test_version_that_never_was_is_not_there(version: str) -> None:
    assert Client().get(f"/privacy/terms/{version}/").status_code == 404


def test_optional_consent_is_given_and_taken_back(browser: Client, person: Person) -> None:
    agreed(person)
    browser.post(f"/me/privacy/{PLACE}/withdraw/")
    assert not agrees_to(person, PLACE)
    assert browser.post(f"/me/privacy/{PLACE}/give/").status_code == 302
    assert agrees_to(person, PLACE)
    Person.objects.filter(pk=person.pk).update(dong_id=DOSEON)
    assert browser.post(f"/me/privacy/{PLACE}/withdraw/").status_code == 302
    person.refresh_from_db()
    assert (agrees_to(person, PLACE), person.dong_id) == (False, None)
    assert browser.get("/me/").status_code == 200


def test_required_consent_is_not_taken_back_so_and_the_page_says_how(browser: Client, person: Person) -> None:
    agreed(person)
    page = browser.post("/me/privacy/terms/withdraw/", follow=True).content.decode()
    assert agrees_to(person, "terms")
    assert str(why_not_withdraw_consent(person, documents_in_force()[0]).text) in page
    assert browser.post("/me/privacy/nothing/withdraw/").status_code == 404


def test_details_are_corrected(browser: Client, person: Person) -> None:
    agreed(person)
    browser.post(f"/me/privacy/{PLACE}/withdraw/")
    form = {"nickname": " 새  이름 ", "dong": DOSEON, f"consent_{PLACE}": "on"}
    assert browser.post("/me/details/", form).status_code == 302
    person.refresh_from_db()
    assert (person.nickname, person.dong_id, agrees_to(person, PLACE)) == ("새 이름", DOSEON, True)


def test_dong_without_the_consent_is_refused_and_what_was_typed_stays(browser: Client, person: Person) -> None:
    answer = browser.post("/me/details/", {"nickname": "새이름", "dong": DOSEON})
    assert answer.status_code == 422
    assert 'value="새이름"' in answer.content.decode()
    person.refresh_from_db()
    assert (person.nickname, person.dong_id) == ("골목이웃", None)


def test_nickname_of_somebody_else_is_refused_at_its_field(browser: Client) -> None:
    make_person("남의이름")
    answer = browser.post("/me/details/", {"nickname": "남의이름", "dong": ""})
    assert answer.status_code == 422
    assert "nickname" in answer.context["form"].errors


def test_export_page_and_file_hold_what_one_wrote(browser: Client, person: Person) -> None:
    make_proposal(person, title="내보낼 제안입니다")
    assert "내보낼 제안입니다" in browser.get("/me/export/").content.decode()
    file = browser.get("/me/export.json")
    assert file["Content-Disposition"].startswith('attachment; filename="livinglab-')
    found = json.loads(file.content)
    assert found["account"]["email"] == person.email
    assert [row["title"] for row in found["rows"]["civic.Proposal.author"]] == ["내보낼 제안입니다"]


def test_file_taken_too_often_is_refused_kindly(browser: Client) -> None:
    for _n in range(LIMITS["export"].of_person):
        assert browser.get("/me/export.json").status_code == 200
    answer = browser.get("/me/export.json")
    assert (answer.status_code, answer["Location"]) == (302, "/me/export/")


def test_own_data_read_too_often_is_refused_on_the_page_before_it(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "own_data", Limit(of_person=1, of_address=9, seconds=3600))
    assert browser.get("/me/export/").status_code == 200
    answer = browser.get("/me/export/", follow=True)
    assert answer.redirect_chain == [("/me/privacy/", 302)]
    assert str(YOU_TOO_OFTEN.text) in answer.content.decode()


def test_leaving_erases_the_account_and_signs_out_everywhere(browser: Client, person: Person) -> None:
    elsewhere = signed_in(person)
    answer = browser.post("/me/leave/", {"texts": "gone", "nickname": "골목이웃"})
    assert (answer.status_code, answer["Location"]) == (302, "/privacy/left/")
    assert not Person.objects.filter(pk=person.pk).exists()
    assert browser.get("/privacy/left/").status_code == 200
    for client in (browser, elsewhere):
        assert client.get("/me/").status_code == 302


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({"texts": "kept", "nickname": "다른이름"}, "nickname"),
        ({"nickname": "골목이웃"}, "texts"),
        ({"texts": "everything", "nickname": "골목이웃"}, "texts"),
        ({"texts": "kept"}, "nickname"),
    ],
)
def test_leaving_by_a_slip_is_not_possible(browser: Client, person: Person, form: dict[str, str], wrong: str) -> None:
    answer = browser.post("/me/leave/", form)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [wrong]
    assert Person.objects.filter(pk=person.pk).exists()


def test_no_choice_is_made_for_who_leaves(browser: Client) -> None:
    assert "checked" not in browser.get("/me/leave/").content.decode()


def test_somebody_in_office_reads_what_to_do_first() -> None:
    official = make_official(password=PASSWORD)
    client = proven(official)
    assert client.get("/me/leave/").context["refusal"].code == "in_office"
    form = {"texts": "kept", "nickname": official.nickname}
    assert client.post("/me/leave/", form).status_code in (409, 422)
    assert Person.objects.filter(pk=official.pk).exists()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_privacy_page_has_both_tables_the_times_and_who_else(prefix: str) -> None:
    page = Client().get(f"{prefix}/privacy/").content.decode()
    for id in ("with-consent", "without-consent", "kept-for", "processors", "rights-here"):
        assert f'id="{id}"' in page
    language = "en" if prefix else "ko"
    for document in documents_in_force():
        assert escape(getattr(document, f"retention_{language}")) in page


@pytest.mark.django_db(transaction=True)
def test_leaving_pressed_twice_at_once_says_that_the_account_is_erased(person: Person) -> None:
    clients = [proven(person), proven(person)]

    def press(client: Client) -> int:
        try:
            return client.post("/me/leave/", {"texts": "kept", "nickname": "골목이웃"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert list(both.map(press, clients)) == [302, 302]
    assert not Person.objects.filter(pk=person.pk).exists()
