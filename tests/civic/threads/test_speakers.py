"""The role that binds most is the one that shows."""

import pytest
from django.contrib.auth.models import AnonymousUser

from civic.people.actions import grant_role
from civic.people.queries import forget_grants
from civic.threads.speakers import Speaker, speaker_of
from tests.making import NOON, make_official, make_person

pytestmark = pytest.mark.django_db


def test_official_who_is_also_an_expert_speaks_as_an_official():
    person = make_official(role="expert")
    assert speaker_of(person, "11200") == Speaker("expert", person.nickname, "도로시설과", "02-0000-0101")
    scope = "district:11200"
    grant_role(
        by=None,
        person=person,
        role="official",
        name="김도로",
        scope=scope,
        office="환경과",
        phone="02-0000-0103",
        at=NOON,
    )
    forget_grants(person)
    assert speaker_of(person, "11200") == Speaker("official", "김도로", "환경과", "02-0000-0103")


def test_roles_hold_in_their_district_only():
    assert speaker_of(make_official("11530"), "11200") == Speaker("resident")
    assert speaker_of(make_person(), "11200") == Speaker("resident")
    assert speaker_of(AnonymousUser(), "11200") == Speaker("resident")


@pytest.mark.parametrize(("role", "answers"), [("official", True), ("moderator", True), ("expert", False)])
def test_staff_speak_for_the_house(role, answers):
    assert speaker_of(make_official(role=role), "11200").in_office is answers
