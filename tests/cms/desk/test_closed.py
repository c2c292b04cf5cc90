"""What Wagtail would offer at the desk and we do not, even to a superuser."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP

from tests.making import APP_SECRET, make_person
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["users/", "users/new/", "groups/", "groups/new/"])
def test_people_and_groups_have_no_form_at_the_desk(path):
    person = make_person()
    type(person).objects.filter(pk=person.pk).update(is_superuser=True, is_staff=True)
    TOTP.activate(person, APP_SECRET)
    client = signed_in(type(person).objects.get(pk=person.pk))
    assert client.get("/desk/").status_code == 200
    assert client.get(f"/desk/{path}").status_code == 404
