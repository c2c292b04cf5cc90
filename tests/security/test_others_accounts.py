"""Can somebody reach into another's account? Passkeys, ways to sign in, consents, data to take along."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from civic.people.actions import give_consents
from civic.people.models import ConsentRecord, Person
from civic.people.queries import PLACE, documents_in_force
from civic.proposals.models import Proposal
from tests.mailed import LOGIN, PASSWORD
from tests.making import NOON, make_person, make_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def thief():
    """A neighbour who has just shown, twice, that the account is their own."""
    person, client = make_person(password=PASSWORD), Client()
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get("/me/export/").status_code == 200
    return client


@pytest.mark.parametrize("act", ["edit", "remove"])
def test_passkey_of_somebody_else_is_neither_renamed_nor_removed(thief, act):
    data = {"name": "열쇠", "credential": {}}
    key = Authenticator.objects.create(user=make_person(), type=Authenticator.Type.WEBAUTHN, data=data)
    path = f"/accounts/2fa/webauthn/keys/{key.pk}/{act}/"
    assert thief.get(path).status_code in (302, 404, 405)
    assert thief.post(path, {"name": "내 열쇠"}).status_code in (302, 404)
    key.refresh_from_db()
    assert key.data["name"] == "열쇠"


def test_account_elsewhere_of_somebody_else_is_not_dropped(thief):
    account = SocialAccount.objects.create(user=make_person(), provider="kakao", uid="1")
    assert thief.post(f"/accounts/3rdparty/{account.pk}/unlink/").status_code == 404
    assert SocialAccount.objects.filter(pk=account.pk).exists()


def test_consent_of_somebody_else_is_not_taken_back(thief):
    owner = make_person()
    give_consents(person=owner, documents=documents_in_force(), network="192.0.2.1", at=NOON)
    thief.post(f"/me/privacy/{PLACE}/withdraw/", {"person": str(owner.pk)})
    assert not ConsentRecord.objects.filter(person=owner).exclude(withdrawn_at=None).exists()


def test_data_to_take_along_is_ones_own(thief):
    owner = make_person("남의별명이다")
    proposal = make_proposal(owner)
    told = thief.get("/me/export.json", {"person": str(owner.pk)}).content.decode()
    told += thief.get(f"/me/export/?person={owner.pk}").content.decode()
    told = told.replace(f"?person={owner.pk}", "")  # the page's own address
    for word in (str(owner.pk), owner.email, owner.nickname, proposal.code):
        assert word not in told


def test_account_of_somebody_else_is_not_erased(thief):
    owner, own = make_person(), Person.objects.get(pk=thief.session["_auth_user_id"])
    make_proposal(owner)
    form = {"person": str(owner.pk), "by": str(owner.pk), "texts": "gone"}
    left = [thief.post("/me/leave/", form | {"nickname": name}).status_code for name in (owner.nickname, own.nickname)]
    assert left == [422, 302]  # by one's own nickname one leaves oneself
    assert list(Person.objects.filter(pk__in=[owner.pk, own.pk])) == [owner]
    owner.refresh_from_db()
    assert Proposal.objects.get(author=owner)
