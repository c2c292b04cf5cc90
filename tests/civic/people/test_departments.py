"""Departments: a tree with names, telephones and routed categories, kept by administrators of the district."""

from datetime import timedelta

import pytest

from civic.faults.models import Category as FaultCategory
from civic.ledger.models import Entry, EntryPrivate
from civic.people import actions
from civic.people.actions import DepartmentWords, grant_role
from civic.people.forms import department_choices
from civic.people.models import Department, Level, Person, RoleGrant, Route
from civic.people.queries import chain_of, department_for, find_department, tree_of
from civic.places.models import District
from civic.proposals.models import Category
from civic.refusals import Refused
from livinglab.reference import load_reference
from tests.counting import cost
from tests.making import NOON, make_official, make_person

pytestmark = pytest.mark.django_db
WORDS = DepartmentWords("가로수팀", "Street Tree Team", "02-0000-0131", "가로수를 돌봅니다.", "Tends street trees.")
ENV, GREEN, ROADS, LIGHTS = (
    f"11200.{code}" for code in ("life.env", "life.env.green", "safety.roads", "safety.roads.lights")
)


def unit(code: str) -> Department:
    return Department.objects.get(code=code)


@pytest.fixture
def admin() -> Person:
    return make_official(role="admin")


def refused(action: object, **said: object) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        action(**said, at=NOON)  # type: ignore[operator]  # any action
    return caught.value.refusal.code, caught.value.refusal.field


def opening(admin: Person, **changed: object) -> dict[str, object]:
    district = District.objects.get(code="11200")
    return {
        "by": admin,
        "district": district,
        "parent": unit(ENV),
        "slug": "trees",
        "level": "team",
        "words": WORDS,
        **changed,
    }


def test_every_category_of_every_district_is_brought_to_somebody() -> None:
    for district in ("11200", "11530"):
        for category in Category.values:
            assert department_for(district=district, kind="proposal", category=category), (district, category)
        for category in FaultCategory.values:
            assert department_for(district=district, kind="fault", category=category), (district, category)


def test_tree_puts_bureau_over_division_over_team() -> None:
    units = tree_of(["11200"])
    depths = {one.department.code: one.depth for one in units}
    assert (depths["11200.safety"], depths[ROADS], depths[LIGHTS]) == (0, 1, 2)
    assert [one.name_ko for one in chain_of(unit(LIGHTS))] == ["안전건설교통국", "도로시설과", "도로조명팀"]
    assert str(unit(LIGHTS)) == "도로시설과 도로조명팀"
    assert {one.department.district_id for one in units} == {"11200"}


def test_tree_says_what_is_brought_to_whom_however_the_districts_come() -> None:
    for districts in (["11200"], iter(["11200"])):
        routes = {one.department.code: {route.category for route in one.routes} for one in tree_of(districts)}
        assert {"safety", "dark"} <= routes[LIGHTS]
        assert routes[ROADS] == set()


def test_tree_costs_two_queries_however_many_departments() -> None:
    assert cost(lambda: tree_of(["11200"])) == cost(lambda: tree_of(["11200", "11530"])) == 2


def test_reference_loaded_again_leaves_what_the_desk_changed(admin: Person) -> None:
    actions.amend_department(by=admin, department=unit(LIGHTS), words=WORDS, at=NOON)
    actions.route_category(by=admin, department=unit(ROADS), kind="proposal", category="safety", at=NOON)
    load_reference()
    assert unit(LIGHTS).name_ko == "가로수팀"
    assert Route.objects.get(district="11200", kind="proposal", category="safety").department_id == ROADS


def test_open_department_hangs_below_and_is_named_with_its_division(admin: Person) -> None:
    made = actions.open_department(**opening(admin), at=NOON)
    assert (made.code, made.title_ko, made.title_en) == (
        "11200.life.env.trees",
        "환경과 가로수팀",
        "Environment Division, Street Tree Team",
    )
    entry = Entry.objects.get(fact="DepartmentOpened")
    assert (entry.key, entry.data) == ("department:11200.life.env.trees", {})
    assert EntryPrivate.objects.get(entry=entry).person_id == admin.pk


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"slug": "T"}, ("code_unfit", "slug")),
        ({"slug": "green"}, ("code_taken", "slug")),
        ({"level": "bureau"}, ("level_unfit", "level")),
        ({"level": "office"}, ("level_unfit", "level")),
        ({"parent": None, "level": "team"}, ("level_unfit", "level")),
        ({"parent": "11200.life.env.green"}, ("level_unfit", "level")),
        ({"parent": "11530.life.env"}, ("parent_unfit", "parent")),
        ({"words": DepartmentWords("", "Trees", "02-0000-0131")}, ("length", "name_ko")),
        ({"words": DepartmentWords("가로수팀", "T" * 61, "02-0000-0131")}, ("length", "name_en")),
        ({"words": DepartmentWords("가로수팀", "Trees", "call me")}, ("phone_unfit", "phone")),
    ],
)
def test_open_department_that_does_not_fit_is_refused_by_the_field(
    admin: Person, changed: dict[str, object], code: tuple[str, str]
) -> None:
    if isinstance(changed.get("parent"), str):
        changed = {**changed, "parent": unit(str(changed["parent"]))}
    assert refused(actions.open_department, **opening(admin, **changed)) == code


def test_departments_are_kept_by_administrators_of_their_district_alone(admin: Person) -> None:
    stranger = make_official("11530", role="admin")
    assert refused(actions.open_department, **opening(stranger))[0] == "role_elsewhere"
    assert refused(actions.open_department, **opening(make_official()))[0] == "role_missing"
    asked = {"department": unit(LIGHTS)}
    assert refused(actions.amend_department, by=stranger, **asked, words=WORDS)[0] == "role_elsewhere"
    assert refused(actions.close_department, by=stranger, **asked)[0] == "role_elsewhere"
    what = {"kind": "proposal", "category": "parks"}
    assert refused(actions.route_category, by=stranger, **asked, **what)[0] == "role_elsewhere"


def test_amend_renames_teams_below_and_the_officials_who_sign_for_it(admin: Person) -> None:
    signs, signs_otherwise = make_person(), make_person()
    grant_role(by=None, person=signs, role="official", name="김도로", scope=f"department:{LIGHTS}", at=NOON)
    own = {"office": "도로조명 담당", "phone": "02-0000-0999"}
    grant_role(
        by=None, person=signs_otherwise, role="official", name="김도로", scope=f"department:{LIGHTS}", **own, at=NOON
    )
    words = DepartmentWords("도로과", "Road Division", "02-0000-0155")
    actions.amend_department(by=admin, department=unit(ROADS), words=words, at=NOON)
    assert unit(LIGHTS).title_ko == "도로과 도로조명팀"
    offices = {one.person_id: (one.office, one.phone) for one in RoleGrant.objects.filter(scope=f"department:{LIGHTS}")}
    assert offices == {
        signs.pk: ("도로과 도로조명팀", "02-0000-0121"),
        signs_otherwise.pk: ("도로조명 담당", "02-0000-0999"),
    }
    assert Entry.objects.filter(fact="DepartmentAmended").count() == 1


def test_route_brings_a_category_here_and_tells_who_had_it(admin: Person) -> None:
    actions.route_category(by=admin, department=unit(ENV), kind="proposal", category="parks", at=NOON)
    found = department_for(district="11200", kind="proposal", category="parks")
    assert found == unit(ENV)
    assert Entry.objects.get(fact="CategoryRouted").data == {
        "kind": "proposal",
        "category": "parks",
        "before": GREEN,
    }
    again = {"department": unit(ENV), "kind": "proposal", "category": "parks"}
    assert refused(actions.route_category, by=admin, **again) == ("routed_already", "category")
    assert refused(actions.route_category, by=admin, **again | {"kind": "wish"}) == ("unknown_category", "category")


def test_close_needs_nothing_below_and_nothing_brought(admin: Person) -> None:
    assert refused(actions.close_department, by=admin, department=unit(ENV))[0] == "has_units"
    assert refused(actions.close_department, by=admin, department=unit(GREEN))[0] == "has_categories"
    actions.route_category(by=admin, department=unit(ENV), kind="proposal", category="parks", at=NOON)
    closed = actions.close_department(by=admin, department=unit(GREEN), at=NOON)
    assert closed.closed_at == NOON
    assert closed not in [unit.department for unit in tree_of(["11200"])]
    assert refused(actions.amend_department, by=admin, department=closed, words=WORDS)[0] == "department_closed"
    what = {"kind": "proposal", "category": "parks"}
    assert refused(actions.route_category, by=admin, department=closed, **what)[0] == "department_closed"
    said = {"person": make_person(), "role": "official", "scope": closed.key}
    assert refused(grant_role, by=None, **said)[0] == "scope_unknown"


def test_closed_department_is_no_place_to_open_another_below(admin: Person) -> None:
    bureau = actions.open_department(**opening(admin, parent=None, level=Level.BUREAU, slug="trial"), at=NOON)
    actions.close_department(by=admin, department=bureau, at=NOON + timedelta(hours=1))
    below = opening(admin, parent=unit(bureau.code), level="division")
    assert refused(actions.open_department, **below) == ("parent_unfit", "parent")


def test_find_department_of_an_odd_code_is_none() -> None:
    assert find_department("11200.safety\0") is None
    assert find_department("") is None


def test_choices_hang_like_the_tree() -> None:
    labels = dict(department_choices("11200"))
    assert (labels["11200.safety"], labels[LIGHTS]) == ("안전건설교통국", "– – 도로시설과 도로조명팀")
