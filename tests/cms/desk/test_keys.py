"""Keys of devices at the desk: those who arrange lamps see and revoke them, in their own district."""

import pytest
from django.test import Client

from civic.devices.actions import issue_device_token
from civic.devices.models import DeviceToken
from civic.ledger.models import EntryPrivate
from civic.places.models import District
from tests.answers import text
from tests.counting import cost
from tests.making import NOON, make_lamp, make_official
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


def issue(code="11200", **more):
    """A gateway's key, and its row."""
    raw = issue_device_token(district=District.objects.get(code=code), at=NOON, **more)
    return raw, DeviceToken.objects.latest("pk")


def send(raw):
    headers = {"Authorization": f"Bearer {raw}"}
    return Client().post("/ingest/v1/observations", b"[]", content_type="application/json", headers=headers).status_code


def test_list_shows_who_speaks_with_a_key_in_ones_own_district(official):
    lamp = make_lamp()
    issue_device_token(device=lamp, at=NOON)
    (_raw, here), (_raw, there) = issue(clock="simulated"), issue("11530")
    shown = text(official.get("/desk/keys/"))
    assert lamp.tag in shown
    assert f"/desk/keys/{here.pk}/revoke/" in shown
    assert f"/desk/keys/{there.pk}/revoke/" not in shown


@pytest.mark.parametrize("role", ["official", "admin"])
def test_leaked_key_is_revoked_at_the_desk_and_turned_away(pages, role):
    person = make_official(role=role)
    desk, (raw, key) = signed_in(person), issue()
    assert send(raw) == 202
    assert "성동구" in text(desk.get(f"/desk/keys/{key.pk}/revoke/"))
    assert desk.post(f"/desk/keys/{key.pk}/revoke/").url == "/desk/keys/"
    assert send(raw) == 401
    assert f"/desk/keys/{key.pk}/revoke/" not in text(desk.get("/desk/keys/"))
    assert desk.get(f"/desk/keys/{key.pk}/revoke/").status_code == 404
    assert EntryPrivate.objects.filter(entry__fact="DeviceTokenRevoked", person=person).exists()


def test_official_of_one_department_reads_why_the_key_is_not_hers_to_revoke(pages):
    lights, (raw, key) = signed_in(make_official(scope="department:11200.life.env.green")), issue()
    assert f"/desk/keys/{key.pk}/revoke/" not in text(lights.get("/desk/keys/"))
    assert "disabled" in text(lights.get(f"/desk/keys/{key.pk}/revoke/"))
    assert lights.post(f"/desk/keys/{key.pk}/revoke/").status_code == 422
    assert send(raw) == 202


def test_moderator_and_official_of_another_district_revoke_nothing(pages):
    raw, key = issue()
    moderator, elsewhere = signed_in(make_official(role="moderator")), signed_in(make_official("11530"))
    assert moderator.post(f"/desk/keys/{key.pk}/revoke/").status_code == 302  # the desk's way of saying no
    assert elsewhere.post(f"/desk/keys/{key.pk}/revoke/").status_code == 404
    assert send(raw) == 202


def test_list_costs_the_same_with_one_and_with_thirty(official):
    issue_device_token(device=make_lamp(), at=NOON)
    issue()
    one = cost(lambda: text(official.get("/desk/keys/")))
    for _n in range(29):
        issue_device_token(device=make_lamp(), at=NOON)
    assert cost(lambda: text(official.get("/desk/keys/"))) == one


def test_list_without_a_key_says_so(official):
    assert "desk-tasks" not in text(official.get("/desk/keys/"))
