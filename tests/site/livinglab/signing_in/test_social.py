"""Does signing in by a provider open no account too early, take none over, and keep nothing but a number?

Against a real OpenID Connect provider in a process of its own; every answer crosses HTTP.
"""

import json
from typing import Any
from urllib.parse import unquote

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.sessions.models import Session
from django.test import Client

from civic.clocks.now import database_now
from civic.ledger.models import Entry
from civic.limits.figures import LIMITS, Limit
from civic.outbox.models import Message
from civic.people.actions import give_app
from civic.people.models import ConsentRecord, Person
from tests.mailed import AGREED, CODE, LOGIN, code_in, errors, mail_to, signed_in_as
from tests.making import make_person
from tests.meanwhile import right_after
from tests.town import PEOPLE
from tests.visiting import come_back, leaving, sign_in_there, sign_up_there

pytestmark = [pytest.mark.usefixtures("outbox", "with_town"), pytest.mark.django_db]
GATE, TYPED = "/accounts/with/town/", "/accounts/3rdparty/signup/"
NEW = {"nickname": "골목하늘", "dong": "", **AGREED}


def test_first_sign_in_opens_an_account_with_the_address_the_provider_confirmed(client: Client) -> None:
    assert sign_up_there(client, "haneul")["Location"] == TYPED
    assert 'value="haneul@town.example"' in client.get(TYPED).content.decode()
    answer = client.post(TYPED, {"email": "haneul@town.example", **NEW})
    person = Person.objects.get(email="haneul@town.example")
    assert (answer.status_code, answer["Location"], signed_in_as(client)) == (302, "/me/", str(person.pk))
    assert EmailAddress.objects.get(user=person).verified
    assert not person.has_usable_password()
    assert person.age_told_at is not None  # before leaving for the provider
    assert Message.objects.count() == 0  # no code: the provider has confirmed the address
    assert list(
        Entry.objects.filter(fact__in=("PersonRegistered", "AccountLinked")).values_list("fact", flat=True)
    ) == [
        "PersonRegistered",
        "AccountLinked",
    ]
    assert set(ConsentRecord.objects.filter(person=person).values_list("document__kind", flat=True)) == {
        "terms",
        "account",
    }


def test_second_sign_in_leads_straight_in(client: Client) -> None:
    sign_up_there(client, "haneul")
    client.post(TYPED, {"email": "haneul@town.example", **NEW})
    elsewhere = Client()
    answer = sign_in_there(elsewhere, "haneul", following="/proposals/")
    assert (answer.status_code, answer["Location"]) == (302, "/proposals/")
    assert signed_in_as(elsewhere) == signed_in_as(client)
    assert SocialAccount.objects.count() == 1


def test_nothing_of_the_provider_is_kept_but_its_number(client: Client) -> None:
    sign_up_there(client, "haneul")
    waiting = [session.get_decoded() for session in Session.objects.all()]
    assert "token" not in json.dumps(waiting[0]["socialaccount_sociallogin"])
    client.post(TYPED, {"email": "haneul@town.example", **NEW})
    sign_in_there(Client(), "haneul")
    account = SocialAccount.objects.get()
    assert (account.provider, account.extra_data) == ("town", {})
    assert SocialToken.objects.count() == 0
    kept = json.dumps([session.get_decoded() for session in Session.objects.all()], ensure_ascii=False)
    assert PEOPLE["haneul"][2] not in kept


def test_unknown_account_without_a_told_age_is_asked_first_and_nothing_is_kept(client: Client) -> None:
    answer = sign_in_there(client, "haneul", following="/proposals/")
    assert unquote(answer["Location"]) == f"{GATE}?next=/proposals/"
    assert "socialaccount_sociallogin" not in client.session
    assert client.get(TYPED)["Location"] == LOGIN  # no way round the gate
    assert not Person.objects.exists()
    page = client.get(answer["Location"]).content.decode()
    assert "checked" not in page
    assert 'value="/proposals/"' in page


def test_gate_left_unticked_asks_nobody_anything(client: Client) -> None:
    answer = client.post(GATE, {})
    assert (answer.status_code, errors(answer)) == (422, {"old_enough": ["required"]})
    assert "/accounts/younger/" in answer.content.decode()
    assert "socialaccount_states" not in client.session


def test_age_told_for_one_sign_up_does_not_count_for_the_next(client: Client) -> None:
    sign_up_there(client, "haneul")
    assert sign_in_there(client, "garam")["Location"] == GATE
    assert client.get(TYPED)["Location"] == LOGIN


def test_person_under_14_finds_a_kind_page(client: Client) -> None:
    page = client.get("/accounts/younger/").content.decode()
    assert all(link in page for link in ('href="/proposals/"', 'href="/live/"', 'href="/faults/"'))


def test_provider_without_an_address_has_one_asked_for_and_confirmed(client: Client) -> None:
    sign_up_there(client, "bada")
    assert errors(client.post(TYPED, {"email": "", **NEW})) == {"email": ["required"]}
    answer = client.post(TYPED, {"email": "bada@example.org", **NEW})
    person = Person.objects.get(email="bada@example.org")
    assert (answer["Location"], signed_in_as(client)) == (CODE, "")
    assert not EmailAddress.objects.get(user=person).verified
    client.post(CODE, {"code": code_in(mail_to("bada@example.org"))})
    assert signed_in_as(client) == str(person.pk)


def test_address_the_provider_has_not_confirmed_is_confirmed_by_a_code(client: Client) -> None:
    sign_up_there(client, "byeol")
    assert client.post(TYPED, {"email": "byeol@town.example", **NEW})["Location"] == CODE
    assert signed_in_as(client) == ""
    assert code_in(mail_to("byeol@town.example"))


def test_address_other_than_the_provider_told_is_the_only_one_and_has_to_be_confirmed(client: Client) -> None:
    sign_up_there(client, "haneul")
    assert client.post(TYPED, {"email": "other@example.org", **NEW})["Location"] == CODE
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("other@example.org", False)]


def test_account_with_that_address_is_not_taken_over_and_not_told_of(client: Client, jimin: Person) -> None:
    sign_up_there(client, "jimin")
    answer = client.post(TYPED, {"email": jimin.email, **NEW})
    assert (answer["Location"], signed_in_as(client)) == (CODE, "")  # as for an address that is free
    assert not SocialAccount.objects.exists()
    assert "/accounts/password/reset/" in mail_to(jimin.email).body
    assert sign_in_there(Client(), "jimin")["Location"] == GATE


def test_consent_left_out_opens_nothing_and_keeps_what_was_typed(client: Client) -> None:
    sign_up_there(client, "haneul")
    answer = client.post(TYPED, {"email": "haneul@town.example", "nickname": "골목하늘", "consent_terms": "on"})
    assert errors(answer) == {"consent_account": ["required"]}
    assert 'value="골목하늘"' in answer.content.decode()
    assert client.post(TYPED, {"email": "haneul@town.example", **NEW})["Location"] == "/me/"


def test_nickname_lost_to_somebody_quicker_can_be_chosen_anew(client: Client) -> None:
    sign_up_there(client, "haneul")
    with right_after('LOWER("civic_person"."nickname")', lambda: make_person(nickname="등불")):
        answer = client.post(TYPED, {"email": "haneul@town.example", **NEW, "nickname": "등불"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (409, ["nickname"])
    assert client.post(TYPED, {"email": "haneul@town.example", **NEW})["Location"] == "/me/"


def test_second_step_of_an_account_is_asked_of_whoever_comes_from_a_provider(client: Client) -> None:
    sign_up_there(client, "haneul")
    client.post(TYPED, {"email": "haneul@town.example", **NEW})
    give_app(person=Person.objects.get(), at=database_now())
    elsewhere = Client()
    assert sign_in_there(elsewhere, "haneul")["Location"].startswith("/accounts/2fa/authenticate/")
    assert signed_in_as(elsewhere) == ""


def test_wrong_password_there_leads_nowhere_here(client: Client) -> None:
    with pytest.raises(AssertionError):
        come_back(client, client.post("/accounts/oidc/town/login/"), "haneul", password="not-mine")


@pytest.mark.parametrize(
    "query", ["", "?code=1", "?state=1&code=1", "?state=1&error=server_error", "?code=%00&state=%00"]
)
def test_return_that_nobody_asked_for_is_refused(client: Client, query: str) -> None:
    answer = client.get(f"/accounts/oidc/town/login/callback/{query}")
    assert (answer.status_code, signed_in_as(client)) == (401, "")


def test_return_works_once_and_in_its_own_browser_only(client: Client) -> None:
    begun = client.post(GATE, {"old_enough": "on"})
    returned = come_back(client, begun, "haneul", at=Client())  # somebody else's browser
    assert returned.status_code == 401
    first, address = come_back(client, begun, "haneul", tell_address=True)
    assert first["Location"] == TYPED
    assert client.get(address).status_code == 401


def test_cancelled_there_says_so_here(client: Client) -> None:
    client.post(GATE, {"old_enough": "on"})
    state = next(iter(client.session["socialaccount_states"]))
    answer = client.get(f"/accounts/oidc/town/login/callback/?error=access_denied&state={state}")
    assert answer["Location"] == "/accounts/3rdparty/login/cancelled/"
    assert client.get(answer["Location"]).status_code == 200


def test_provider_that_is_down_is_said_on_a_page(client: Client, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    answer = client.post(GATE, {"old_enough": "on"})
    assert (answer.status_code, "socialaccount/authentication_error.html" in _templates(answer)) == (401, True)


def test_leaving_goes_by_a_page_of_ours_and_no_policy_opens(client: Client) -> None:
    answer = client.post(GATE, {"old_enough": "on"})
    assert answer.status_code == 200
    assert "form-action 'self'" in answer["Content-Security-Policy"]
    assert "code_challenge_method=S256" in leaving(answer)
    assert "profile" not in leaving(answer)  # neither name nor picture is asked for


def test_leaving_again_and_again_is_stopped_wherever_it_begins(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setitem(LIMITS, "provider", Limit(of_person=2, of_address=2, seconds=60))
    visitor = {"REMOTE_ADDR": "203.0.113.7"}
    left = [client.post(GATE, {"old_enough": "on"}, **visitor), client.post("/accounts/oidc/town/login/", **visitor)]
    assert all(leaving(answer) for answer in left)
    stopped = client.post("/accounts/oidc/town/login/", **visitor)
    assert (stopped.status_code, "Retry-After" in stopped) == (429, True)
    assert leaving(client.post(GATE, {"old_enough": "on"}, REMOTE_ADDR="203.0.113.8"))  # another house


def test_accounts_made_again_and_again_are_stopped_with_the_words_kept(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setitem(LIMITS, "sign_up", Limit(of_person=0, of_address=0, seconds=60))
    sign_up_there(client, "haneul")
    answer = client.post(TYPED, {"email": "haneul@town.example", **NEW}, REMOTE_ADDR="203.0.113.7")
    assert (answer.status_code, "Retry-After" in answer) == (429, True)
    assert 'value="골목하늘"' in answer.content.decode()
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "next_page", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_way_back_leads_to_no_other_site(client: Client, next_page: str) -> None:
    assert sign_in_there(client, "haneul", following=next_page)["Location"] == GATE
    begun = client.post(GATE, {"old_enough": "on", "next": next_page})
    come_back(client, begun, "haneul")
    assert client.post(TYPED, {"email": "haneul@town.example", **NEW})["Location"] == "/me/"


def test_pages_offer_the_provider_and_none_where_none_is_set_up(client: Client, settings: Any) -> None:
    for path in (LOGIN, "/accounts/signup/", f"/en{LOGIN}"):
        assert "Town" in client.get(path).content.decode()
        assert "Town ID" not in client.get(path).content.decode()  # nobody signs in with that one
    settings.SOCIALACCOUNT_PROVIDERS = {name: {"APPS": []} for name in settings.SOCIALACCOUNT_PROVIDERS}
    for path in (LOGIN, "/accounts/signup/"):
        assert "/accounts/with/" not in client.get(path).content.decode()
        assert 'id="ways"' not in client.get(path).content.decode()
    for path in (GATE, "/accounts/oidc/town/login/", "/accounts/kakao/login/", "/accounts/naver/login/callback/"):
        assert client.get(path).status_code == 404


def _templates(answer: Any) -> set[str | None]:
    return {template.name for template in answer.templates}
