"""Does one see where one is signed in, and can one end it?"""

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.test import Client, override_settings

from civic.people.actions import drop_factors, give_app, remove_account
from civic.people.models import Person
from livinglab.signing_in.session_store import SessionStore
from livinglab.signing_in.sessions import signed_in_as as browsers_of
from tests.counting import cost
from tests.mailed import LOGIN, PASSWORD, signed_in_as
from tests.making import NOON, make_person

pytestmark = pytest.mark.django_db
SESSIONS = "/accounts/sessions/"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) AppleWebKit/605.1 Version/19.0 Safari/604.1"


def browser(person: Person, says: str = WINDOWS, **more: Any) -> Client:
    client = Client(headers={"User-Agent": says}, **more)
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    assert signed_in_as(client) == str(person.pk)
    return client


def alive(client: Client) -> bool:
    return bool(client.get("/me/").status_code == 200)


def test_list_names_each_browser_and_this_one_first(jimin: Person) -> None:
    phone, here = browser(jimin, PHONE), browser(jimin)
    rows = here.get(SESSIONS).context["sessions"]
    assert [(row.browser, row.here) for row in rows] == [("Chrome · Windows", True), ("Safari · iPhone", False)]
    assert alive(phone)


def test_one_session_is_ended_and_the_others_stay(jimin: Person) -> None:
    lost, phone, here = browser(jimin), browser(jimin, PHONE), browser(jimin)
    which = UserSession.objects.get(session_key=lost.session.session_key)
    here.post(SESSIONS, {"end": str(which.pk)})
    assert (alive(lost), alive(phone), alive(here)) == (False, True, True)


def test_sign_out_everywhere_else_keeps_this_browser(jimin: Person) -> None:
    others, here = [browser(jimin), browser(jimin, PHONE)], browser(jimin)
    here.post(SESSIONS, {"end": "others"})
    assert ([alive(one) for one in others], alive(here)) == ([False, False], True)


def test_sign_out_everywhere_ends_this_browser_too(jimin: Person) -> None:
    other, here = browser(jimin), browser(jimin)
    assert here.post(SESSIONS, {"end": "everywhere"})["Location"] == LOGIN
    assert (alive(other), alive(here)) == (False, False)


def test_session_of_somebody_else_is_not_ended(jimin: Person) -> None:
    neighbour = make_person(password=PASSWORD)
    theirs, mine = browser(neighbour), browser(jimin)
    which = UserSession.objects.get(user=neighbour)
    mine.post(SESSIONS, {"end": str(which.pk)})
    assert alive(theirs)


@pytest.mark.parametrize("which", ["", "x", "-1", "9" * 30, "null"])
def test_odd_choice_ends_nothing(jimin: Person, which: str) -> None:
    here = browser(jimin)
    assert here.post(SESSIONS, {"end": which})["Location"] == SESSIONS
    assert alive(here)


def test_new_password_ends_the_other_sessions_and_the_list_says_so(jimin: Person) -> None:
    other, here = browser(jimin), browser(jimin)
    here.post("/accounts/reauthenticate/", {"password": PASSWORD})
    new = {"oldpassword": PASSWORD, "password1": "bamgil-deungbul-9", "password2": "bamgil-deungbul-9"}
    here.post("/accounts/password/change/", new)
    assert (alive(other), alive(here)) == (False, True)
    assert len(here.get(SESSIONS).context["sessions"]) == 1


OLD = {"SECRET_KEY": "k" * 49 + "older", "SECRET_KEY_FALLBACKS": []}
NEW = {"SECRET_KEY": "k" * 49 + "newer", "SECRET_KEY_FALLBACKS": [OLD["SECRET_KEY"]]}


def test_sessions_of_an_earlier_key_are_listed_and_signed_out_before_they_come_back(jimin: Person) -> None:
    with override_settings(**OLD):
        idle, lost = browser(jimin, PHONE), browser(jimin)
        here = browser(jimin)
    with override_settings(**NEW):
        assert len(here.get(SESSIONS).context["sessions"]) == 3
        which = UserSession.objects.get(session_key=lost.session.session_key)
        here.post(SESSIONS, {"end": str(which.pk)})
        assert (alive(lost), alive(idle), alive(here)) == (False, True, True)


@pytest.mark.parametrize("way", ["everywhere", "factors", "erased"])
def test_session_that_came_back_after_the_key_changed_ends_with_all_others(jimin: Person, way: str) -> None:
    with override_settings(**OLD):
        other, here = browser(jimin, PHONE), browser(jimin)
    with override_settings(**NEW):
        before = other.session.session_key
        assert (alive(other), alive(here)) == (True, True)
        assert other.session.session_key != before
        assert UserSession.objects.count() == 2
        if way == "everywhere":
            here.post(SESSIONS, {"end": "everywhere"})
        elif way == "factors":
            give_app(person=jimin, at=NOON)
            drop_factors(person=jimin, at=NOON)
        else:
            remove_account(person=jimin, at=NOON)
        assert (alive(other), alive(here), Session.objects.filter(session_key=before).exists()) == (False,) * 3


async def test_key_of_a_session_is_followed_where_nothing_waits_too(transactional_db: None) -> None:
    person = await sync_to_async(make_person)(password=PASSWORD)
    client = await sync_to_async(browser)(person)
    store = SessionStore(client.cookies["sessionid"].value)
    await store.aload()
    await store.acycle_key()
    assert await UserSession.objects.aget(user=person) == await UserSession.objects.aget(session_key=store.session_key)


def test_list_is_for_those_signed_in_and_kept_by_no_cache(jimin: Person) -> None:
    assert Client().get(SESSIONS).status_code == 302
    assert "no-store" in browser(jimin).get(SESSIONS)["Cache-Control"]


def test_ending_needs_the_token_of_the_form(jimin: Person) -> None:
    here = browser(jimin)
    foreign = Client(enforce_csrf_checks=True)
    foreign.cookies = here.cookies
    assert foreign.post(SESSIONS, {"end": "everywhere"}).status_code == 403
    assert alive(here)


def test_list_costs_the_same_for_one_browser_and_for_many(jimin: Person) -> None:
    browser(jimin)
    one = cost(lambda: browsers_of(jimin))
    for _n in range(6):
        browser(jimin, PHONE)
    assert (cost(lambda: browsers_of(jimin)), len(browsers_of(jimin))) == (one, 7)


def test_session_that_ran_out_or_was_signed_out_is_not_listed(jimin: Person) -> None:
    gone, over, here = browser(jimin), browser(jimin, PHONE), browser(jimin)
    gone.post("/accounts/logout/")
    Session.objects.filter(session_key=over.session.session_key).update(expire_date=NOON)
    assert [row.here for row in here.get(SESSIONS).context["sessions"]] == [True]


def test_page_says_that_keys_for_programs_go_on_and_where_they_are(jimin: Person) -> None:
    page = browser(jimin).get(f"/en{SESSIONS}").content.decode()
    assert 'Keys for programs go on working when you sign out everywhere. <a href="/en/me/tokens/">' in page
