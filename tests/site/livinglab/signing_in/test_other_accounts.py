"""Can somebody with an account add one elsewhere, see it and drop it, and nobody else for them?"""

from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from civic.clocks.now import database_now
from civic.ledger.models import Entry, EntryPrivate
from civic.people.actions import link_account
from civic.people.models import Person
from civic.people.rules import why_not_link
from livinglab.settings.signing_in import sign_in_providers
from tests.mailed import LOGIN, PASSWORD, mail_to, signed_in_as
from tests.making import make_person
from tests.visiting import come_back, leaving, sign_in_there

pytestmark = [pytest.mark.usefixtures("outbox", "with_town"), pytest.mark.django_db]
MINE, ADD = "/accounts/3rdparty/", "/accounts/with/town/link/"


@pytest.fixture
def at_home(client: Client, jimin: Person) -> Client:
    """Jimin, who has just typed the password."""
    client.post(LOGIN, {"login": jimin.email, "password": PASSWORD})
    client.post(f"/accounts/reauthenticate/?next={MINE}", {"password": PASSWORD})
    return client


def texts(client: Client, path: str = MINE) -> str:
    return client.get(path).content.decode()


def test_account_elsewhere_is_added_and_signs_in_from_then_on(at_home: Client, jimin: Person) -> None:
    assert "Town" in texts(at_home)
    answer = come_back(at_home, at_home.post(ADD), "haneul")
    assert answer["Location"] == MINE
    assert SocialAccount.objects.get().user == jimin
    assert "Town" in mail_to(jimin.email).subject
    entry = Entry.objects.get(fact="AccountLinked")
    assert list(EntryPrivate.objects.filter(entry=entry).values_list("person", flat=True)) == [jimin.pk]
    elsewhere = Client()
    sign_in_there(elsewhere, "haneul")
    assert signed_in_as(elsewhere) == str(jimin.pk)
    jimin.refresh_from_db()
    assert jimin.email == "jimin@example.org"  # that of the provider changes nothing


def test_account_elsewhere_added_twice_is_there_once(at_home: Client) -> None:
    come_back(at_home, at_home.post(ADD), "haneul")
    come_back(at_home, at_home.post(ADD), "haneul")
    assert SocialAccount.objects.count() == 1


def test_account_elsewhere_of_somebody_else_is_refused(at_home: Client, jimin: Person) -> None:
    come_back(at_home, at_home.post(ADD), "haneul")
    subject = SocialAccount.objects.get().uid
    SocialAccount.objects.all().delete()
    other = make_person()
    link_account(person=other, provider="town", subject=subject, at=database_now())
    come_back(at_home, at_home.post(ADD), "haneul")
    assert [account.user for account in SocialAccount.objects.all()] == [other]
    refusal = why_not_link("town", subject)
    assert refusal is not None
    assert str(refusal.text) in texts(at_home)


def test_adding_asks_for_the_password_first(client: Client, jimin: Person) -> None:
    client.force_login(jimin)
    answer = client.post(ADD)
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    begun = client.post(answer["Location"], {"password": PASSWORD})  # and goes on where it was held up
    assert leaving(begun)


def test_way_round_the_password_adds_nothing(client: Client, jimin: Person) -> None:
    client.force_login(jimin)
    begun = client.post("/accounts/oidc/town/login/?process=connect")
    assert come_back(client, begun, "haneul")["Location"] == MINE
    assert not SocialAccount.objects.exists()


def test_account_elsewhere_is_dropped_and_signs_in_no_more(at_home: Client, jimin: Person) -> None:
    come_back(at_home, at_home.post(ADD), "haneul")
    account = SocialAccount.objects.get()
    answer = at_home.post(f"{MINE}{account.pk}/unlink/")
    assert answer["Location"] == MINE
    assert not SocialAccount.objects.exists()
    assert Entry.objects.filter(fact="AccountUnlinked").count() == 1
    elsewhere = Client()
    assert sign_in_there(elsewhere, "haneul")["Location"] == "/accounts/with/town/"
    assert signed_in_as(elsewhere) == ""


def test_account_elsewhere_of_another_person_cannot_be_dropped(at_home: Client) -> None:
    account = link_account(person=make_person(), provider="town", subject="7", at=database_now())
    assert at_home.post(f"{MINE}{account.pk}/unlink/").status_code == 404
    assert SocialAccount.objects.count() == 1


def test_account_of_a_provider_that_is_no_longer_set_up_can_be_dropped(at_home: Client, jimin: Person) -> None:
    account = link_account(person=jimin, provider="kakao", subject="7", at=database_now())
    assert "kakao" in texts(at_home)
    at_home.post(f"{MINE}{account.pk}/unlink/")
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("path", [MINE, ADD, f"{MINE}1/unlink/"])
def test_stranger_is_sent_to_sign_in(client: Client, path: str) -> None:
    answer = client.post(path) if path != MINE else client.get(path)
    assert answer["Location"].startswith(LOGIN)


@pytest.mark.parametrize(("kind", "host"), [("kakao", "https://kauth.kakao.com/"), ("naver", "https://nid.naver.com/")])
def test_korean_providers_are_left_for_with_the_least_asked(
    client: Client, settings: Any, kind: str, host: str
) -> None:
    told = {f"{kind.upper()}_CLIENT_ID": "our-number", f"{kind.upper()}_CLIENT_SECRET": "between-us"}
    settings.SOCIALACCOUNT_PROVIDERS = sign_in_providers(told)
    address = leaving(client.post(f"/accounts/with/{kind}/", {"old_enough": "on"}))
    assert address.startswith(host)
    assert "client_id=our-number" in address
    assert f"accounts%2F{kind}%2Flogin%2Fcallback" in address
    assert "between-us" not in address
    assert "nickname" not in address
