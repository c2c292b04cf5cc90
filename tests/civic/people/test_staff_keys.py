"""Does a key that was made with a password alone ever act for the staff?"""

import pytest
from django.test import Client

from civic.feed.numbering import number_items
from civic.notifications.models import Notice
from civic.notifications.sentences import sentence
from civic.people.actions import grant_role, issue_token, revoke_role
from civic.people.bearer import person_for_token
from civic.people.models import Person
from civic.reactions.run import enlist_all, run_all
from tests.making import NOON, make_fault, make_official, make_person

pytestmark = pytest.mark.django_db
SCOPE = "district:11200"
OFFICE = {"name": "김도로", "office": "도로시설과", "phone": "02-0000-0101"}


def a_key(person: Person) -> str:
    return issue_token(by=person, person=person, label="test", at=NOON)


def give(person: Person, role: str, *, by: Person | None = None) -> None:
    grant_role(by=by, person=person, role=role, scope=SCOPE, **OFFICE, reason="새 담당자입니다.", at=NOON)


def take_fault_with(key: str) -> int:
    headers = {"authorization": f"Bearer {key}"}
    path = f"/api/v1/faults/{make_fault().code}/take"
    return Client().post(path, {}, "application/json", headers=headers).status_code


def test_key_of_a_resident_is_no_key_of_the_staff_after_a_role_was_given() -> None:
    person = make_person()
    key = a_key(person)
    give(person, "official")
    assert take_fault_with(key) == 401
    assert take_fault_with(a_key(person)) == 200


@pytest.mark.parametrize("role", ["official", "moderator", "admin", "auditor"])
def test_every_role_that_opens_the_desk_stops_the_keys_from_before(role: str) -> None:
    person = make_person()
    key = a_key(person)
    give(person, role)
    assert person_for_token(key) is None


@pytest.mark.parametrize("role", ["expert", "lab_member", "panel"])
def test_role_outside_the_desk_leaves_keys_alone(role: str) -> None:
    person = make_person()
    key = a_key(person)
    give(person, role)
    assert person_for_token(key) == person


def test_key_of_the_staff_outlives_another_role_but_not_a_time_without_one() -> None:
    person = make_official()
    key = a_key(person)
    give(person, "moderator")
    assert person_for_token(key) == person
    for role in ("official", "moderator"):
        revoke_role(by=None, person=person, role=role, scope=SCOPE, at=NOON)
    meanwhile = a_key(person)
    give(person, "official")
    assert (person_for_token(key), person_for_token(meanwhile)) == (None, None)


@pytest.mark.parametrize("by", ["admin", "installation"])
def test_holder_is_told_that_keys_have_stopped(by: str) -> None:
    person, admin = make_person(), make_official(role="admin") if by == "admin" else None
    a_key(person)
    enlist_all()
    give(person, "official", by=admin)
    number_items()
    while run_all(at=NOON):
        pass
    told = [sentence(notice, "") for notice in Notice.objects.filter(person=person, fact="RoleGranted")]
    assert len(told) == 1
    assert "program" in told[0] or "프로그램" in told[0]
