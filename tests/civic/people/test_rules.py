"""Who may act as what, and where?"""

from datetime import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from civic.people.actions import grant_role
from civic.people.models import Person
from civic.people.rules import holds, why_not_register

SEONGDONG, GURO = "district:11200", "district:11530"


def test_official_of_guro_cannot_act_in_seongdong(jimin: Person, at: datetime) -> None:
    grant_role(
        by=None, person=jimin, role="official", name="김도로", scope=GURO, office="도로과", phone="02-860-0000", at=at
    )
    assert holds(jimin, "official", GURO)
    assert not holds(jimin, "official", SEONGDONG)
    assert not holds(jimin, "moderator", GURO)


def test_grant_for_the_site_holds_in_every_district(keeper: Person) -> None:
    assert [holds(keeper, "admin", scope) for scope in (SEONGDONG, GURO, "site")] == [True, True, True]


def test_everybody_with_an_open_account_is_a_resident(jimin: Person) -> None:
    assert holds(jimin, "resident", SEONGDONG)
    jimin.is_active = False
    assert not holds(jimin, "resident", SEONGDONG)


def test_nobody_signed_in_holds_nothing() -> None:
    assert not holds(AnonymousUser(), "resident", SEONGDONG)


@pytest.mark.parametrize(
    ("email", "nickname", "code"),
    [
        ("new@example.org", "지민", "nickname_taken"),
        ("new@example.org", "관리자", "nickname_posing"),
        ("JIMIN@example.org", "다른 지민", "email_taken"),
    ],
)
def test_registration_is_refused_with_its_reason(jimin: Person, email: str, nickname: str, code: str) -> None:
    assert why_not_register(email=email, nickname=nickname, old_enough=True).code == code


def test_nickname_taken_in_another_case_is_refused(db: None, at: datetime) -> None:
    Person.objects.create_user("lamp@example.org", "Lamp", date_joined=at)
    assert why_not_register(email="new@example.org", nickname="LAMP", old_enough=True).code == "nickname_taken"
