"""What stands beside a name, and at what price?"""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser

from civic.people.actions import grant_role
from civic.people.models import Person
from civic.people.queries import grant_for, grants_of, holders_over, roles_shown


def test_grants_are_read_once_for_each_person(jimin: Person, django_assert_num_queries: object) -> None:
    person = Person.objects.get(pk=jimin.pk)
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture without a public type
        for scope in ("district:11200", "district:11530"):
            grant_for(person, "official", scope)
        roles_shown(person)


def test_grant_for_the_district_comes_before_the_one_for_the_site(jimin: Person, at: datetime) -> None:
    for scope, office in (("site", "총괄과"), ("district:11200", "도로과")):
        grant_role(by=None, person=jimin, role="expert", scope=scope, office=office, at=at)
    assert grant_for(jimin, "expert", "district:11200").office == "도로과"
    assert grant_for(jimin, "expert", "district:11530").office == "총괄과"


def test_person_without_grants_is_shown_as_resident(jimin: Person) -> None:
    assert [shown.role.code for shown in roles_shown(jimin)] == ["resident"]


def test_official_is_shown_with_department_and_telephone(jimin: Person, at: datetime) -> None:
    grant_role(
        by=None,
        person=jimin,
        role="official",
        name="김도로",
        scope="district:11200",
        office="도로과",
        phone="02-2286-0000",
        at=at,
    )
    [shown] = roles_shown(jimin)
    assert (shown.role.code, shown.scope, shown.office, shown.phone) == (
        "official",
        "district:11200",
        "도로과",
        "02-2286-0000",
    )


def test_role_is_held_by_an_open_account_until_its_term_ends(jimin: Person, keeper: Person, at: datetime) -> None:
    end = at + timedelta(days=30)
    for person, until in ((jimin, end), (keeper, None)):
        grant_role(by=None, person=person, role="expert", scope="site", office="조명", until=until, at=at)
    held = [set(holders_over("expert", "district:11200", at=moment)) for moment in (at, end)]
    assert held == [{jimin.pk, keeper.pk}, {keeper.pk}]
    Person.objects.filter(pk=keeper.pk).update(is_active=False)
    assert holders_over("expert", "district:11200", at=end) == []


def test_nobody_signed_in_has_no_grants() -> None:
    assert grants_of(AnonymousUser()) == []  # without the database fixture a query would raise
