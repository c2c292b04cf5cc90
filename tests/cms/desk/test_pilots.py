"""Can an official run a pilot from the desk, from the plan to the decision, and nobody else?"""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from civic.clocks.now import database_now
from civic.pilots.actions import decide_pilot
from civic.pilots.judging import local_day
from civic.pilots.models import Kpi, Pilot, Reading
from civic.pilots.plan import ConditionPlan
from civic.pilots.states import Stage
from tests.making import make_adopted, make_official
from tests.pilots import END, HOURS, REASON, make_judging, make_lamp, make_pilot, make_running
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
PLAN = {
    "title": "보안등 스스로 알림",
    "slug": "a",
    "summary": "보안등 마흔여덟 등이 스스로 고장을 알립니다.",
    "starts_on": "2026-04-01",
    "ends_on": "2026-06-30",
    "days": "90",
    "name1": "부점등률",
    "unit1": "%",
    "direction1": "lower",
    "source1": "recorded",
    "target1": "1.5",
    "baseline1": "4.1",
    "must1": "on",
    "name2": "체감안전",
    "unit2": "점",
    "direction2": "higher",
    "source2": "recorded",
    "target2": "3.8",
    "least2": "30",
}


def test_plan_from_an_adopted_proposal(official: Client):
    proposal = make_adopted()
    page = official.get(f"/desk/proposals/inspect/{proposal.pk}/").content.decode()
    assert f"/desk/pilots/plan/{proposal.pk}/" in page
    answer = official.post(f"/desk/pilots/plan/{proposal.pk}/", PLAN)
    pilot = Pilot.objects.get()
    assert answer.status_code == 302
    assert [kpi.name for kpi in pilot.kpis.all()] == ["부점등률", "체감안전"]
    assert [(row.kind, row.least) for row in pilot.conditions.all()] == [("target", None), ("cases", 30), ("days", 90)]


def test_plan_with_half_an_indicator_says_what_is_missing_and_keeps_the_words(official: Client):
    proposal = make_adopted()
    answer = official.post(f"/desk/pilots/plan/{proposal.pk}/", PLAN | {"unit2": "", "slug": "A B"})
    assert answer.status_code == 422
    assert "보안등 스스로 알림" in answer.content.decode()
    assert not Pilot.objects.exists()


def test_plan_of_a_proposal_with_a_pilot_is_greyed(official: Client):
    pilot = make_pilot()
    page = official.get(f"/desk/pilots/plan/{pilot.proposal_id}/").content.decode()
    assert "disabled" in page
    assert official.post(f"/desk/pilots/plan/{pilot.proposal_id}/", PLAN | {"slug": "b"}).status_code == 422


def test_whole_way_of_a_pilot(official: Client):
    pilot, lamp = make_pilot(slug="a"), make_lamp()
    assert official.get("/desk/pilots/").status_code == 200
    assert official.get(f"/desk/pilots/inspect/{pilot.pk}/").status_code == 200
    for act in ("lamps", "baseline", "advance"):
        assert official.get(f"/desk/pilots/{act}/{pilot.pk}/").status_code == 200
    assert official.post(f"/desk/pilots/lamps/{pilot.pk}/", {"tags": f" {lamp.tag},"}).status_code == 302
    kpi = pilot.kpis.get(position=1)
    sent = {"kpi": kpi.pk, "on": "2026-03-10", "value": "4.3"}
    assert official.post(f"/desk/pilots/baseline/{pilot.pk}/", sent).status_code == 302
    assert Kpi.objects.get(pk=kpi.pk).baseline == Decimal("4.3")
    assert official.post(f"/desk/pilots/advance/{pilot.pk}/").status_code == 302
    assert Pilot.objects.get().stage == Stage.RUNNING


def test_unknown_lamp_is_named(official: Client):
    pilot = make_pilot()
    answer = official.post(f"/desk/pilots/lamps/{pilot.pk}/", {"tags": "11200-none"})
    assert answer.status_code == 422
    assert "11200-none" in answer.content.decode()


def test_value_and_decision(official: Client):
    clerk = make_official()
    running = make_running(clerk, slug="a")
    start = (database_now() - timedelta(days=9)).date()
    Pilot.objects.filter(pk=running.pk).update(starts_on=start, ends_on=start + timedelta(days=90))
    kpi, today = running.kpis.get(position=1), database_now().date()
    sent = {"kpi": kpi.pk, "on": today.isoformat(), "value": "2.8", "n": "48", "note": "점검"}
    assert official.post(f"/desk/pilots/value/{running.pk}/", sent).status_code == 302
    assert Reading.objects.get(kpi=kpi).n == 48
    assert official.post(f"/desk/pilots/value/{running.pk}/", sent).status_code == 422
    judging = make_judging(clerk, slug="b")
    page = f"/desk/pilots/decide/{judging.pk}/"
    assert official.get(page).status_code == 200
    assert official.post(page, {"verdict": "expanded", "reason": "짧음"}).status_code == 422
    assert official.post(page, {"verdict": "expanded", "reason": REASON}).status_code == 302
    assert Pilot.objects.get(slug="b").stage == Stage.EXPANDED


def test_set_back_needs_a_reason(official: Client):
    pilot = make_running()
    page = f"/desk/pilots/back/{pilot.pk}/"
    assert official.get(page).status_code == 200
    assert official.post(page, {"reason": ""}).status_code == 422
    assert official.post(page, {"reason": REASON}).status_code == 302
    assert Pilot.objects.get().stage == Stage.PLANNED


def test_pilot_of_another_district_is_not_there(pages: None):
    pilot, stranger = make_pilot(), signed_in(make_official("11530"))
    for path in ("inspect", "lamps", "baseline", "value", "advance", "back", "decide"):
        assert stranger.get(f"/desk/pilots/{path}/{pilot.pk}/").status_code == 404


def test_resident_is_not_let_in(resident: Client):
    pilot = make_pilot()
    assert resident.get(f"/desk/pilots/advance/{pilot.pk}/").status_code == 302
    assert resident.post(f"/desk/pilots/advance/{pilot.pk}/").status_code == 302
    assert Pilot.objects.get().stage == Stage.PLANNED


def test_moderator_sees_why_not(pages: None):
    pilot, client = make_pilot(), signed_in(make_official(role="moderator"))
    assert client.get(f"/desk/pilots/inspect/{pilot.pk}/").status_code == 200
    assert client.post(f"/desk/pilots/advance/{pilot.pk}/").status_code == 422


@pytest.mark.parametrize(
    "changed",
    [
        {"starts_on": "0001-01-01"},
        {"starts_on": "0001-01-01", "ends_on": "0001-03-01"},
        {"starts_on": "9999-10-01", "ends_on": "9999-12-31"},
        {"ends_on": "9999-12-31"},
        {"ends_on": "NaN"},
        {"days": "9" * 20},
        {"days": "-1"},
        {"target1": "NaN"},
        {"target1": "Infinity"},
        {"target1": "9" * 20},
        {"target1": "1e99999999"},
        {"baseline1": "-Infinity"},
        {"least2": "9" * 5_000},
        {"least2": "1.5"},
        {"title": "a\0b"},
    ],
)
def test_plan_with_days_and_numbers_at_their_edges_is_refused(official: Client, changed: dict[str, str]):
    proposal = make_adopted()
    answer = official.post(f"/desk/pilots/plan/{proposal.pk}/", PLAN | changed)
    assert answer.status_code == 422
    assert "보안등 마흔여덟 등이" in answer.content.decode()
    assert not Pilot.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"on": "0001-01-01"},
        {"on": "9999-12-31"},
        {"value": "NaN"},
        {"value": "sNaN"},
        {"value": "Infinity"},
        {"value": "9" * 20},
        {"value": "1e-99999999"},
        {"kpi": "9" * 20},
        {"kpi": "\0"},
    ],
)
def test_baseline_and_value_at_their_edges_are_refused_with_a_sentence(official: Client, changed: dict[str, str]):
    planned, running = make_pilot(slug="a"), make_running(slug="b")
    for act, pilot in (("baseline", planned), ("value", running)):
        sent = {"kpi": str(pilot.kpis.get(position=1).pk), "on": "2026-03-10", "value": "4.3"} | changed
        answer = official.post(f"/desk/pilots/{act}/{pilot.pk}/", sent)
        assert answer.status_code == 422
        assert "error-message" in answer.content.decode() or 'role="alert"' in answer.content.decode()
    assert not Reading.objects.exists()


def test_number_of_cases_at_its_edges_is_refused(official: Client):
    running = make_running(slug="a")
    sent = {"kpi": running.kpis.get(position=1).pk, "on": database_now().date().isoformat(), "value": "0E+99999"}
    for n in ("9" * 20, "3000000000", "-1", "NaN"):
        assert official.post(f"/desk/pilots/value/{running.pk}/", sent | {"n": n}).status_code == 422
    assert official.post(f"/desk/pilots/value/{running.pk}/", sent).status_code in (302, 422)
    assert official.post(f"/desk/pilots/value/{'9' * 20}/", sent).status_code == 404


def test_more_lamps_than_a_pilot_has_are_refused_before_they_are_looked_up(official: Client):
    pilot = make_pilot()
    tags = " ".join(f"11200-{n}" for n in range(70_000))
    answer = official.post(f"/desk/pilots/lamps/{pilot.pk}/", {"tags": tags})
    assert answer.status_code == 422
    assert "2,000" in answer.content.decode()


def test_pilot_goes_on_until_the_day_that_the_official_writes(official: Client):
    clerk, today = make_official(), local_day(database_now())
    pilot, until = make_judging(clerk, slug="a"), today + timedelta(days=31)
    page = f"/desk/pilots/decide/{pilot.pk}/"
    assert f'value="{today + timedelta(days=30)}"' in official.get(page).content.decode()
    sent = {"verdict": "continued", "reason": REASON}
    assert official.post(page, sent).status_code == 422
    assert official.post(page, sent | {"ends_on": today.isoformat()}).status_code == 422
    assert official.post(page, sent | {"ends_on": until.isoformat()}).status_code == 302
    assert Pilot.objects.get().ends_on == until


def test_pilot_is_tried_again_until_the_day_that_the_official_writes(official: Client):
    clerk, until = make_official(), local_day(database_now()) + timedelta(days=31)
    pilot = make_judging(clerk, slug="a")
    decided = {"verdict": "improving", "reason": REASON}
    assert official.post(f"/desk/pilots/decide/{pilot.pk}/", decided).status_code == 302
    page = f"/desk/pilots/advance/{pilot.pk}/"
    assert 'name="ends_on"' in official.get(page).content.decode()
    assert official.post(page, {"ends_on": ""}).status_code == 422
    assert official.post(page, {"ends_on": until.isoformat()}).status_code == 302
    assert (Pilot.objects.get().stage, Pilot.objects.get().ends_on) == (Stage.RUNNING, until)


def test_baseline_of_repair_hours_is_written_down_where_no_repair_is_known(official: Client):
    pilot = make_pilot(slug="a", kpis=HOURS, conditions=[ConditionPlan("target", 1)])
    assert official.post(f"/desk/pilots/advance/{pilot.pk}/").status_code == 422
    sent = {"kpi": pilot.kpis.get().pk, "on": "2026-03-10", "value": "70"}
    assert official.post(f"/desk/pilots/baseline/{pilot.pk}/", sent).status_code == 302
    assert official.post(f"/desk/pilots/advance/{pilot.pk}/").status_code == 302
    assert Pilot.objects.get().stage == Stage.RUNNING


def test_desk_shows_the_rule_of_a_decided_pilot_as_residents_see_it(official: Client):
    clerk = make_official()
    pilot = make_judging(clerk, slug="a")
    decide_pilot(by=clerk, pilot=pilot, verdict="expanded", reason=REASON, at=END)
    Reading.objects.filter(kpi__pilot=pilot).update(value=9)
    assert "1.4 %" in official.get(f"/desk/pilots/inspect/{pilot.pk}/").content.decode()
