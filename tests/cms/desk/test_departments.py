"""Departments at the desk: opened, amended, routed to and closed by administrators of the district."""

import pytest

from civic.people.models import Department, Route
from tests.answers import text
from tests.counting import cost
from tests.making import make_official
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
ENV, GREEN = "11200.life.env", "11200.life.env.green"
WORDS = {
    "name_ko": "가로수팀",
    "name_en": "Street Tree Team",
    "phone": "02-0000-0131",
    "work_ko": "가로수를 돌봅니다.",
    "work_en": "Tends street trees.",
}


def new(**changed):
    return {"parent": f"department:{ENV}", "level": "team", "slug": "trees", **WORDS, **changed}


def test_list_shows_the_tree_of_ones_own_district(admin):
    shown = text(admin.get("/desk/departments/"))
    assert "도로시설과 도로조명팀" in shown
    assert "11530.safety" not in shown


def test_list_costs_the_same_with_one_more(admin):
    before = cost(lambda: text(admin.get("/desk/departments/")))
    admin.post("/desk/departments/new/", new())
    admin.get("/desk/departments/")  # says that it is done
    assert cost(lambda: text(admin.get("/desk/departments/"))) == before


def test_new_department_hangs_where_it_was_said(admin):
    answer = admin.post("/desk/departments/new/", new())
    assert (answer.status_code, answer["Location"]) == (302, "/desk/departments/")
    assert Department.objects.get(code=f"{ENV}.trees").title_ko == "환경과 가로수팀"
    bureau = new(parent="district:11200", level="bureau", slug="trial")
    assert admin.post("/desk/departments/new/", bureau).status_code == 302
    assert Department.objects.get(code="11200.trial").parent is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"slug": "Bad code"},
        {"parent": "district:11530"},
        {"parent": "site"},
        {"level": "bureau"},
        {"phone": "call me"},
        {"name_ko": ""},
    ],
)
def test_new_department_that_does_not_fit_keeps_the_words(admin, wrong):
    shown = text(admin.post("/desk/departments/new/", new(**wrong)), 422)
    assert "Tends street trees." in shown
    assert not Department.objects.filter(code__endswith="trees").exists()


def test_amend_begins_with_what_holds_and_writes_it_anew(admin):
    assert "공원녹지팀" in text(admin.get(f"/desk/departments/{GREEN}/"))
    assert admin.post(f"/desk/departments/{GREEN}/", WORDS).status_code == 302
    assert Department.objects.get(code=GREEN).name_ko == "가로수팀"


def test_route_brings_a_category_and_closing_waits_until_nothing_is_brought(admin):
    assert text(admin.get(f"/desk/departments/{GREEN}/close/")).count("disabled") >= 1
    text(admin.post(f"/desk/departments/{GREEN}/close/"), 422)
    assert admin.post(f"/desk/departments/{ENV}/categories/", {"what": "proposal:parks"}).status_code == 302
    assert Route.objects.get(district="11200", kind="proposal", category="parks").department_id == ENV
    text(admin.post(f"/desk/departments/{ENV}/categories/", {"what": "proposal:parks"}), 422)
    assert admin.post(f"/desk/departments/{GREEN}/close/").status_code == 302
    assert Department.objects.get(code=GREEN).closed_at is not None
    assert text(admin.get(f"/desk/departments/{GREEN}/")).count("disabled") >= 1
    text(admin.post(f"/desk/departments/{GREEN}/", WORDS), 422)


@pytest.mark.parametrize("path", ["", "categories/", "close/"])
def test_department_of_another_district_is_not_there(admin, path):
    assert admin.get(f"/desk/departments/11530.life.env/{path}").status_code == 404
    assert admin.post(f"/desk/departments/11530.life.env/{path}", WORDS).status_code == 404


@pytest.mark.parametrize("role", ["official", "moderator", "auditor"])
def test_others_keep_no_departments(pages, role):
    client = signed_in(make_official(role=role))
    for path in ("", "new/", f"{GREEN}/", f"{GREEN}/categories/", f"{GREEN}/close/"):
        assert client.get(f"/desk/departments/{path}").status_code in (302, 404)
        assert client.post(f"/desk/departments/{path}", new()).status_code in (302, 404, 405)
    assert Department.objects.filter(district="11200", name_ko="가로수팀").count() == 0
