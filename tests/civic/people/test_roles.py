"""Are all nine roles there, in both languages?"""

from django.utils.translation import override

from civic.people.roles import ROLES, reaches


def test_roles_are_the_nine_of_the_domain() -> None:
    codes = ["resident", "panel", "lab_member", "expert", "official", "moderator", "coordinator", "admin", "auditor"]
    assert list(ROLES) == codes


def test_staff_roles_are_those_that_work_at_the_desk() -> None:
    assert [code for code, role in ROLES.items() if role.staff] == [
        "official",
        "moderator",
        "coordinator",
        "admin",
        "auditor",
    ]


def test_every_role_has_a_name_and_one_sentence() -> None:
    with override("en"):
        for role in ROLES.values():
            assert str(role.name)
            assert str(role.sentence).endswith(".")


def test_role_in_a_department_reaches_what_lies_below_it_and_none_of_a_like_name() -> None:
    there = ["department:11200.safe", "department:11200.safe.roads", "department:11200.safety", "district:11200"]
    assert [reaches("department:11200.safe", scope) for scope in there] == [True, True, False, False]


def test_official_must_show_name_office_and_telephone() -> None:
    needed = [(role.needs_name, role.needs_office, role.needs_phone) for role in (ROLES["official"], ROLES["expert"])]
    assert needed == [(True, True, True), (False, True, False)]
