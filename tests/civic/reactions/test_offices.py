"""Whoever gets a role from somebody, loses it or outlives its term is told; what the installation gives is not news."""

from datetime import timedelta

import pytest

from civic.feed.numbering import number_items
from civic.ledger.models import Entry
from civic.notifications.models import Notice
from civic.notifications.sentences import sentence
from civic.people.actions import grant_role, revoke_role
from civic.people.models import Person
from civic.reactions.run import enlist_all, run_all
from civic.reactions.sweeps import SWEEPS, expire_roles
from tests.making import NOON, make_official, make_person

pytestmark = pytest.mark.django_db
ROLE = {"role": "moderator", "scope": "district:11200"}
WHY = "새 담당자로 임명되었습니다."


def told(person: Person) -> list[str]:
    number_items()
    while run_all(at=NOON):
        pass
    return list(Notice.objects.filter(person=person).order_by("seq").values_list("fact", flat=True))


def test_holder_is_told_of_a_role_given_and_taken_back_and_the_giver_is_not() -> None:
    admin, person = make_official(role="admin"), make_person()
    enlist_all()
    grant_role(by=admin, person=person, **ROLE, reason=WHY, at=NOON)
    revoke_role(by=admin, person=person, **ROLE, reason=WHY, at=NOON)
    assert told(person) == ["RoleGranted", "RoleRevoked"]
    given, taken = Notice.objects.filter(person=person).order_by("seq")
    assert "reason" not in given.data
    assert sentence(taken, "").endswith(WHY)
    assert WHY not in str(list(Entry.objects.values_list("data", flat=True)))
    assert told(admin) == []


def test_holder_is_told_that_the_term_is_over() -> None:
    person = make_person()
    enlist_all()
    grant_role(by=None, person=person, **ROLE, until=NOON + timedelta(days=1), at=NOON)
    assert expire_roles(NOON + timedelta(days=1)) == 1
    assert told(person) == ["RoleExpired"]


def test_terms_are_looked_at_on_the_clock() -> None:
    assert expire_roles in {sweep for _seconds, sweep in SWEEPS}
