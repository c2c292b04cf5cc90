"""Does the desk stay closed until the second step was shown, whatever address of it is asked?"""

import re
import time
from html import unescape

import pytest
from django.test import Client

from civic.limits.figures import DESK_IDLE, STEP_HOLDS
from civic.people.models import Person, RoleGrant
from civic.people.queries import app_of
from tests.making import make_official, make_person
from tests.signing import show_second_step, signed_in
from tests.walk.routes import routes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]
PATHS = ["/desk/", "/desk/proposals/", "/desk/account/", "/desk/sprite/", "/desk/api/main/pages/"]
GONE = ("/desk/users/", "/desk/groups/")  # for nobody, cms/urls.py


def password_alone(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("path", PATHS)
def test_staff_without_a_second_step_are_led_to_set_one_up(path):
    person = make_official(role="admin")
    app_of(person).delete()
    answer = password_alone(person).get(path)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/")


def test_page_to_set_one_up_says_why():
    person = make_official()
    app_of(person).delete()
    page = password_alone(person).get("/desk/", follow=True).content.decode()
    assert "2단계 인증을 해야" in page or "The desk opens with a second step only" in page


@pytest.mark.parametrize("path", PATHS)
def test_second_step_not_shown_in_this_session_is_asked_for(path):
    answer = password_alone(make_official(role="admin")).get(path)
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/accounts/2fa/reauthenticate/?next={path.replace('/', '%2F')}",
    )


def test_form_sent_without_the_second_step_changes_nothing(now):
    client = password_alone(make_official(role="admin"))
    answer = client.post("/desk/policies/add/", {})
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/accounts/2fa/reauthenticate/")


def test_second_step_shown_opens_the_desk():
    assert signed_in(make_official()).get("/desk/").status_code == 200


def test_second_step_of_another_account_opens_nothing():
    client = password_alone(make_official())
    show_second_step(client, make_official())
    assert client.get("/desk/").status_code == 302


def last_used(client: Client, *, ago: float) -> None:
    session = client.session
    session["at_desk"] = time.time() - ago
    session.save()


def at_the_desk(*, shown: float, used: float, role: str = "official") -> Client:
    """Whoever showed the second step and used the desk that many seconds ago."""
    client = password_alone(person := make_official(role=role))
    show_second_step(client, person, lasting=-shown)
    last_used(client, ago=used)
    return client


def test_second_step_of_yesterday_is_asked_for_again_however_busy_the_desk_was():
    client = at_the_desk(shown=STEP_HOLDS + 1, used=1)
    answer = client.get("/desk/proposals/")
    assert answer["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fdesk%2Fproposals%2F"
    page = client.get(answer["Location"]).content.decode()
    assert "8시간" in page or "8 hours" in page


def test_desk_nobody_used_for_half_an_hour_is_closed():
    assert at_the_desk(shown=STEP_HOLDS - 60, used=DESK_IDLE + 1).get("/desk/").status_code == 302


def test_desk_in_use_stays_open_as_long_as_the_step_holds():
    client = at_the_desk(shown=STEP_HOLDS - 60, used=DESK_IDLE - 60)
    assert client.get("/desk/").status_code == 200
    assert client.session["at_desk"] == pytest.approx(time.time(), abs=60)


def test_page_left_open_that_asks_by_itself_is_nobody_at_the_desk():
    client = at_the_desk(shown=3600, used=DESK_IDLE - 60)
    before = client.session["at_desk"]
    client.get("/desk/sprite/", headers={"Sec-Fetch-Mode": "cors"})
    assert client.session["at_desk"] == before


def test_second_step_shown_once_more_opens_the_desk_again():
    client = at_the_desk(shown=STEP_HOLDS + 1, used=DESK_IDLE + 1)
    show_second_step(client, Person.objects.get(pk=client.session["_auth_user_id"]))
    assert client.get("/desk/").status_code == 200


def test_form_sent_after_the_step_ran_out_changes_nothing_and_keeps_its_words():
    client = at_the_desk(shown=3600, used=DESK_IDLE + 1, role="admin")
    answer = client.post("/desk/policies/add/?from=1", {"reason": "밤길 <첫째>\n둘째", "tag": ["a", "b"]})
    page = unescape(answer.content.decode())
    assert answer.status_code == 403
    assert 'action="/desk/policies/add/?from=1"' in page
    assert [f'name="{name}" value="{word}"' in page for name, word in (("tag", "a"), ("tag", "b"))] == [True, True]
    assert 'name="reason" value="밤길 <첫째>\n둘째"' in page
    assert page.count('name="csrfmiddlewaretoken"') == len(re.findall("<form[^>]*post", page))
    assert 'href="/accounts/2fa/reauthenticate/?next=' in page


@pytest.mark.parametrize("form", ["", "letters/", "take-back/"])
def test_card_typed_when_the_step_had_run_out_is_in_no_page(form):
    client = at_the_desk(shown=3600, used=DESK_IDLE + 1)
    answer = client.post(f"/desk/checks/{form}", {"nickname": "골목", "name": "홍길동", "people": "홍길동 1990-01-02"})
    assert (answer.status_code, "홍길동" in answer.content.decode()) == (403, False)


def test_second_step_removed_closes_the_desk_in_this_session_too():
    person = make_official()
    client = signed_in(person)
    app_of(person).delete()
    assert client.get("/desk/")["Location"] == "/accounts/2fa/"


def test_group_without_a_grant_does_not_open_the_desk():
    person = make_official()
    client = signed_in(person)
    RoleGrant.objects.filter(person=person).delete()
    assert client.get("/desk/").status_code in {302, 403}
    assert client.get("/desk/", follow=True).status_code == 403


def test_superuser_without_a_second_step_is_led_to_set_one_up():
    person = make_person()
    Person.objects.filter(pk=person.pk).update(is_superuser=True)
    assert password_alone(person).get("/desk/")["Location"] == "/accounts/2fa/"


def test_resident_is_told_that_the_desk_is_for_the_staff_and_asked_for_no_second_step(resident):
    assert resident.get("/desk/", follow=True).status_code == 403


def test_sign_out_at_the_desk_needs_no_second_step():
    client = password_alone(make_official())
    client.post("/desk/logout/")
    assert "_auth_user_id" not in client.session


def addresses() -> list[str]:
    """Every address of the desk but its two doors as the urls have it, with something in the place of what varies."""
    found = (re.sub(r"<int:\w+>", "1", route) for route in routes() if route.startswith("desk/") and "^" not in route)
    found = (re.sub(r"<uuid:\w+>", "0" * 8 + "-0000" * 3 + "-" + "0" * 12, route) for route in found)
    return sorted({"/" + re.sub(r"<[\w:]+>", "x", route) for route in found} - {"/desk/login/", "/desk/logout/"})


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_of_the_desk_opens_before_the_second_step(method):
    client = password_alone(make_official(role="admin"))
    ways = {}
    for address in addresses():
        answer = getattr(client, method)(address)
        ways[address] = (answer.status_code, answer.get("Location", "").partition("?")[0])
    led_on = (302, "/accounts/2fa/reauthenticate/")
    assert len(ways) > 200
    assert {path: way for path, way in ways.items() if way != led_on and not path.startswith(GONE)} == {}
