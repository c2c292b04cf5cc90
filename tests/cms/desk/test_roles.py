"""Who holds what until when, at the desk: administrators give and take back, auditors read, others do neither."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from civic.clocks.now import database_now
from civic.people.actions import grant_role
from civic.people.models import AccessLook, RoleGrant, RoleStep
from tests.answers import text
from tests.counting import cost
from tests.making import make_official, make_person
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
WHY = "새 담당자로 임명되었습니다."
LIGHTS = "department:11200.safety.roads.lights"


@pytest.fixture
def auditor(pages: None) -> Client:
    return signed_in(make_official(role="auditor"))


def words(person, **changed):
    return {"email": person.email, "role": "official", "name": "김도로", "scope": LIGHTS, "reason": WHY, **changed}


def test_list_shows_who_holds_what_until_when_in_ones_own_district(admin):
    here, there, now = make_person("송정이웃"), make_person("고척이웃"), database_now()
    ends = {"until": now + timedelta(days=10), "at": now}
    grant_role(by=None, person=here, role="official", name="김도로", scope=LIGHTS, **ends)
    grant_role(by=None, person=there, role="moderator", scope="district:11530", at=now)
    shown = text(admin.get("/desk/roles/"))
    for part in ("송정이웃", "도로시설과 도로조명팀", "02-0000-0121"):
        assert part in shown, part
    assert "고척이웃" not in shown
    assert here.email not in shown
    assert "송정이웃" not in text(admin.get("/desk/roles/?role=moderator"))
    assert "송정이웃" in text(admin.get("/desk/roles/?role=nonsense"))


def test_list_costs_the_same_with_one_and_with_thirty(admin):
    now = database_now()
    grant_role(by=None, person=make_person(), role="official", name="김도로", scope=LIGHTS, at=now)
    one = cost(lambda: text(admin.get("/desk/roles/")))
    history = cost(lambda: text(admin.get("/desk/roles/history/")))
    for _n in range(30):
        grant_role(by=None, person=make_person(), role="official", name="김도로", scope=LIGHTS, at=now)
    assert cost(lambda: text(admin.get("/desk/roles/"))) == one
    assert cost(lambda: text(admin.get("/desk/roles/history/"))) == history


def test_grant_with_a_last_day_holds_to_its_end_and_stands_in_the_history(admin):
    person, last = make_person("새담당"), (database_now() + timedelta(days=30)).date()
    answer = admin.post("/desk/roles/grant/", words(person, until=last.isoformat()))
    assert (answer.status_code, answer["Location"]) == (302, "/desk/roles/")
    grant = RoleGrant.objects.get(person=person)
    assert (grant.scope, grant.office, grant.until.isoformat()[-14:]) == (
        LIGHTS,
        "도로시설과 도로조명팀",
        "15:00:00+00:00",
    )
    assert grant.until.date() == last
    shown = text(admin.get("/desk/roles/history/"))
    assert WHY in shown
    assert "새담당" in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "nobody@example.org"},
        {"email": "no address"},
        {"reason": ""},
        {"reason": "네"},
        {"role": "resident"},
        {"role": "moderator"},
        {"scope": "site"},
        {"scope": "district:11530"},
        {"until": "2020-01-01"},
        {"until": "9999-12-31"},
        {"until": "tomorrow"},
    ],
)
def test_grant_that_is_refused_keeps_the_words(admin, wrong):
    person = make_person()
    shown = text(admin.post("/desk/roles/grant/", words(person, phone="02-0000-0999", **wrong)), 422)
    assert "02-0000-0999" in shown
    assert not RoleGrant.objects.filter(person=person).exists()


def test_grant_asked_for_in_the_hour_in_which_ones_own_term_ended_is_sent_back(admin):
    by, person = RoleGrant.objects.get(role="admin").person, make_person()
    grant_role(by=None, person=by, role="moderator", scope="district:11200", at=database_now())
    RoleGrant.objects.filter(person=by, role="admin").update(until=database_now() - timedelta(minutes=5))
    text(admin.post("/desk/roles/grant/", words(person)), 422)  # the sweep has not run: the form opens still
    assert AccessLook.objects.get(subject=person).district == ""
    assert not RoleGrant.objects.filter(person=person).exists()


def test_each_place_of_a_role_names_its_district(pages):
    everywhere = signed_in(make_official(role="admin", scope="site"))
    shown = text(everywhere.get("/desk/roles/grant/"))
    places = re.findall(r'<option value="(?:district|department):(\d{5})[^"]*"[^>]*>([^<]*)</option>', shown)
    names = {"11200": "성동구", "11530": "구로구"}
    assert {code for code, _label in places} == set(names)
    assert [label for code, label in places if names[code] not in label] == []


def test_name_of_a_resident_with_a_role_is_a_look_and_that_of_the_staff_is_none(admin):
    resident, official, at = make_person(), make_person(), database_now()
    panel = {"role": "panel", "scope": "district:11200", "office": "환경분과", "name": "홍분과"}
    grant = grant_role(by=None, person=resident, **panel, at=at)
    other = grant_role(by=None, person=official, role="official", name="김도로", scope=LIGHTS, at=at)
    text(admin.get("/desk/roles/"))
    text(admin.get(f"/desk/roles/{grant.pk}/revoke/"))
    text(admin.get(f"/desk/roles/{other.pk}/revoke/"))
    text(admin.get("/desk/roles/?role=official"))
    rows = AccessLook.objects.values_list("subject", "what", "about", "task", "district")
    assert list(rows) == [(resident.pk, "roles", "role:panel:district:11200", "read_roles", "11200")] * 2


def test_names_of_residents_on_the_list_cost_one_statement(admin):
    at = database_now()
    panel = {"role": "panel", "scope": "district:11200", "office": "환경분과", "name": "홍분과"}
    grant_role(by=None, person=make_person(), **panel, at=at)
    one = cost(lambda: text(admin.get("/desk/roles/")))
    for _n in range(30):
        grant_role(by=None, person=make_person(), **panel, at=at)
    assert cost(lambda: text(admin.get("/desk/roles/"))) == one


def test_revoke_needs_a_reason_and_leaves_a_line(admin):
    person = make_person()
    grant = grant_role(by=None, person=person, role="official", name="김도로", scope=LIGHTS, at=database_now())
    path = f"/desk/roles/{grant.pk}/revoke/"
    assert "김도로" in text(admin.get(path))
    text(admin.post(path, {"reason": ""}), 422)
    assert admin.post(path, {"reason": "자리를 옮겼습니다."}).status_code == 302
    assert not RoleGrant.objects.filter(person=person).exists()
    assert RoleStep.objects.filter(person=person, kind="revoked").get().reason == "자리를 옮겼습니다."
    assert admin.get(path).status_code == 404


def test_role_of_another_district_is_not_there(admin):
    grant = grant_role(by=None, person=make_person(), role="moderator", scope="district:11530", at=database_now())
    everywhere = grant_role(by=None, person=make_person(), role="admin", scope="site", at=database_now())
    for one in (grant, everywhere):
        assert admin.post(f"/desk/roles/{one.pk}/revoke/", {"reason": "자리를 옮겼습니다."}).status_code == 404
    assert RoleGrant.objects.filter(pk__in=[grant.pk, everywhere.pk]).count() == 2


def test_auditor_reads_and_changes_nothing(auditor):
    grant = grant_role(
        by=None, person=make_person("송정이웃"), role="official", name="김도로", scope=LIGHTS, at=database_now()
    )
    shown = text(auditor.get("/desk/roles/"))
    assert "송정이웃" in shown
    assert "/revoke/" not in shown
    assert "/desk/roles/grant/" not in shown
    text(auditor.get("/desk/roles/history/"))
    for path in ("grant/", f"{grant.pk}/revoke/"):
        assert auditor.get(f"/desk/roles/{path}").status_code == 302
        assert auditor.post(f"/desk/roles/{path}", {"reason": WHY}).status_code == 302
    assert RoleGrant.objects.filter(pk=grant.pk).exists()


@pytest.mark.parametrize("role", ["official", "moderator"])
def test_office_has_no_list_of_roles(pages, role):
    client = signed_in(make_official(role=role))
    for path in ("", "history/", "grant/"):
        assert client.get(f"/desk/roles/{path}").status_code == 302
