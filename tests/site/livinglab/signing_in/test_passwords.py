"""Is a password refused that anybody can guess who reads a nickname, or knows the address?"""

import pytest
from django.test import Client

from civic.people.models import Person
from tests.mailed import FORM, PASSWORD, SIGNUP, errors
from tests.making import make_person

pytestmark = pytest.mark.django_db
LIKE = {"nickname": "MoonlitAlleyLamp", "email": "moonlitalleylamp@example.org"}


@pytest.mark.parametrize("known", LIKE)
def test_sign_up_with_a_password_like_oneself_is_sent_back_with_its_words(known: str) -> None:
    answer = Client().post(SIGNUP, FORM | {known: LIKE[known], "password1": "moonlitalleylamp1"})
    assert (answer.status_code, errors(answer)) == (422, {"password1": ["password_too_similar"]})
    assert f'value="{LIKE[known]}"' in answer.content.decode()
    assert not Person.objects.exists()


@pytest.mark.parametrize(("new", "status"), [("moonlitalleylamp1", 422), ("bamgil-deungbul-9", 302)])
def test_new_password_like_ones_nickname_is_sent_back(new: str, status: int) -> None:
    client = Client()
    client.force_login(make_person(LIKE["nickname"], password=PASSWORD))
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    answer = client.post("/accounts/password/change/", form)
    assert answer.status_code == status
    if status == 422:
        page = answer.content.decode()
        assert "resembles your nickname" in page or "별명이나 이메일" in page
