"""Does the history of roles name holder and giver for as long as the law asks, and never a wrong giver?"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import gettext

from civic.people.actions import grant_role, revoke_role
from civic.people.models import Person, RoleStep
from civic.people.queries import forget_grants
from civic.privacy.actions import erase_person
from civic.privacy.choice import Texts
from civic.privacy.models import RetentionRule
from civic.privacy.purging import purge
from tests.making import NOON, make_official, make_person
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
SCOPE = "district:11200"
OFFICE = {"name": "김도로", "office": "도로시설과", "phone": "02-0000-0101"}
WHY = "새 담당자입니다."


def leave(person: Person, *roles: str) -> None:
    for role in roles:
        revoke_role(by=None, person=person, role=role, scope=SCOPE, at=NOON)
    forget_grants(person)
    erase_person(by=person, person=Person.objects.get(pk=person.pk), texts=Texts.GONE, at=NOON)


def an_administrator(name: str) -> Person:
    person = make_official(role="admin")
    person.grants.update(name=name)
    forget_grants(person)
    return person


def history() -> str:
    return signed_in(make_official(role="auditor", scope="site")).get("/desk/roles/history/").content.decode()


def test_history_names_holder_and_giver_after_both_have_left() -> None:
    giver, holder = an_administrator("정한결"), make_person("떠날이웃")
    grant_role(by=giver, person=holder, role="official", scope=SCOPE, **OFFICE, reason=WHY, at=NOON)
    leave(holder, "official")
    leave(giver, "admin")
    given, taken = RoleStep.objects.filter(person_name="김도로").order_by("pk")
    assert (given.person, given.by, given.by_name, given.by_site, given.left_at) == (None, None, "정한결", False, NOON)
    assert (taken.by_name, taken.by_site) == ("", True)
    page = history()
    assert "김도로" in page
    assert "정한결" in page
    assert "떠날이웃" not in page


def test_role_given_by_the_installation_reads_otherwise_than_one_whose_giver_nobody_noted() -> None:
    person = make_official()
    words = {"role": "moderator", "scope": SCOPE, "kind": "granted", "at": NOON}
    RoleStep.objects.create(person=person, person_name="옛날", **words)  # before names were written down
    rows = history().split("<tr>")
    assert [gettext("the site itself") in row for row in rows if person.nickname in row] == [False, True]


def test_name_of_the_history_is_the_one_of_the_role_and_stays_when_the_account_is_called_otherwise() -> None:
    person = make_person("처음이름")
    grant_role(by=None, person=person, role="expert", scope=SCOPE, office="조명", at=NOON)
    assert RoleStep.objects.get(person=person).person_name == "처음이름"
    assert Client().get("/desk/roles/history/").status_code == 302


def test_history_of_who_left_goes_three_years_later_and_of_who_is_here_never() -> None:
    left, here = make_official(), make_official()
    leave(left, "official")
    rules = list(RetentionRule.objects.filter(code="role_history"))
    later = [NOON + timedelta(days=days) for days in (1095, 1096, 9999)]
    assert [purged.number for at in later for purged in purge(rules, at=at)] == [0, 2, 0]
    assert set(RoleStep.objects.values_list("person", flat=True)) == {here.pk}
