"""Does a pilot go its way, with what each step promises?"""

from datetime import timedelta
from decimal import Decimal

import pytest

from civic.chain.models import Link, Node
from civic.ledger.models import Entry
from civic.pilots.actions import (
    advance_pilot,
    decide_pilot,
    link_lamps,
    plan_pilot,
    record_baseline,
    record_kpi,
    set_pilot_back,
)
from civic.pilots.judging import found
from civic.pilots.marks import live_state
from civic.pilots.models import Pilot, Reading
from civic.pilots.states import Stage
from civic.proposals.models import Proposal
from civic.refusals import Refused
from tests.making import NOON, make_adopted, make_declined, make_official, make_person, make_proposal, make_reviewed
from tests.pilots import (
    END,
    REASON,
    START,
    make_judging,
    make_lamp,
    make_pilot,
    make_plan,
    make_running,
    write_down,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = (END + 30 * DAY).date()


def refusal(error: pytest.ExceptionInfo[Refused]) -> str:
    return error.value.refusal.code


def test_plan_makes_indicators_a_rule_a_node_and_the_link_to_its_proposal():
    official, proposal = make_official(), make_adopted()
    pilot = plan_pilot(by=official, proposal=proposal, plan=make_plan("a"), at=NOON + 11 * DAY)
    assert pilot.stage == Stage.PLANNED
    assert pilot.office == "도로시설과"
    assert [kpi.name for kpi in pilot.kpis.all()] == ["부점등률", "체감안전"]
    assert [condition.kind for condition in pilot.conditions.all()] == ["target", "cases", "days"]
    assert Link.objects.filter(origin=proposal.key, target=pilot.key).exists()
    proposal.refresh_from_db()
    assert proposal.state == "adopted"
    assert {"place": "pilot", "status": "to_come", "fact": "preparing", "path": "/pilots/a/"} in proposal.after


@pytest.mark.parametrize("make", [make_proposal, make_reviewed, make_declined])
def test_plan_of_what_is_not_adopted_is_refused(make):
    with pytest.raises(Refused) as error:
        plan_pilot(by=make_official(), proposal=make(), plan=make_plan(), at=NOON + 11 * DAY)
    assert refusal(error) == "not_adopted"
    assert not Pilot.objects.exists()


def test_plan_of_a_proposal_that_has_its_pilot_is_refused():
    official = make_official()
    pilot = make_pilot(official)
    with pytest.raises(Refused) as error:
        plan_pilot(by=official, proposal=pilot.proposal, plan=make_plan("b"), at=NOON + 12 * DAY)
    assert refusal(error) == "has_pilot"


def test_official_of_another_district_and_resident_are_refused():
    proposal = make_adopted()
    for person, code in ((make_official("11530"), "not_official"), (make_person(), "not_official")):
        with pytest.raises(Refused) as error:
            plan_pilot(by=person, proposal=proposal, plan=make_plan(), at=NOON + 11 * DAY)
        assert refusal(error) == code


def test_ac_2_1_pilot_without_a_baseline_does_not_start():
    official = make_official()
    kpis = [kpi.__class__(**{**vars(kpi), "baseline": None}) for kpi in make_plan().kpis]
    pilot = make_pilot(official, kpis=kpis)
    with pytest.raises(Refused) as error:
        advance_pilot(by=official, pilot=pilot, to=Stage.RUNNING, at=START)
    assert refusal(error) == "no_baseline"
    for kpi in pilot.kpis.all():
        record_baseline(by=official, kpi=kpi, value=Decimal("4.1"), on=(START - DAY).date(), at=START)
    assert advance_pilot(by=official, pilot=pilot, to=Stage.RUNNING, at=START).stage == Stage.RUNNING


def test_baseline_after_the_start_is_refused():
    official = make_official()
    pilot = make_running(official)
    for _n in range(2):
        with pytest.raises(Refused) as error:
            record_baseline(by=official, kpi=pilot.kpis.get(position=1), value=Decimal(3), on=START.date(), at=START)
        assert refusal(error) == "started"
        if pilot.stage == Stage.RUNNING:  # and once more when it was set back: it has run
            pilot = set_pilot_back(by=official, pilot=pilot, reason=REASON, at=START + DAY)


def test_start_fixes_the_rule_and_takes_the_proposal_along():
    pilot = make_running()
    assert pilot.rule_fixed_at == pilot.started_at == START
    assert (pilot.ends_on - pilot.starts_on).days == 90
    assert pilot.proposal.state == "adopted"  # as it was read before
    assert Proposal.objects.get(pk=pilot.proposal_id).state == "pilot"
    assert Node.objects.get(pk=pilot.key).state == "running"


def test_ac_2_1_stage_goes_back_only_with_a_reason_and_is_kept():
    official = make_official()
    pilot = make_running(official)
    with pytest.raises(Refused) as error:
        set_pilot_back(by=official, pilot=pilot, reason="늦음", at=START + DAY)
    assert refusal(error) == "too_short"
    pilot = set_pilot_back(by=official, pilot=pilot, reason=REASON, at=START + DAY)
    assert pilot.stage == Stage.PLANNED
    step = pilot.steps.last()
    assert (step.back, step.reason, step.office) == (True, REASON, "도로시설과")
    assert Proposal.objects.get(pk=pilot.proposal_id).state == "adopted"
    assert Entry.objects.get(fact="PilotSetBack").data == {"before": "running", "stage": "planned"}


def test_judging_without_a_value_is_refused():
    official = make_official()
    pilot = make_running(official)
    write_down(official, pilot, 1, "1.4")
    with pytest.raises(Refused) as error:
        advance_pilot(by=official, pilot=pilot, to=Stage.JUDGING, at=END)
    assert refusal(error) == "no_value"


def test_stage_is_not_skipped_and_a_decision_is_no_stage_to_advance_to():
    official = make_official()
    pilot = make_pilot(official)
    for to in (Stage.JUDGING, Stage.EXPANDED, Stage.PLANNED):
        with pytest.raises(Refused) as error:
            advance_pilot(by=official, pilot=pilot, to=to, at=START)
        assert refusal(error) == "no_such_step"


def test_expansion_needs_the_rule_to_be_met():
    official = make_official()
    pilot = make_judging(official, answers=29)
    with pytest.raises(Refused) as error:
        decide_pilot(by=official, pilot=pilot, verdict="expanded", reason=REASON, at=END)
    assert refusal(error) == "rule_not_met"
    pilot = decide_pilot(by=official, pilot=pilot, verdict="continued", reason=REASON, ends_on=LATER, at=END)
    assert pilot.stage == Stage.CONTINUED
    assert pilot.steps.last().rule_met is False


def test_expansion_by_the_rule_makes_the_proposal_policy_and_keeps_the_values():
    official = make_official()
    pilot = decide_pilot(by=official, pilot=make_judging(official), verdict="expanded", reason=REASON, at=END)
    step = pilot.steps.last()
    assert step.rule_met is True
    assert step.basis == [[1, "met", 1.4, None], [2, "met", 3.6, 47], [3, "met", 90.0, None]]
    proposal = Proposal.objects.get(pk=pilot.proposal_id)
    assert proposal.state == "scaled"
    assert [mark["place"] for mark in proposal.after if mark["status"] == "lit"] == ["policy"]
    assert Entry.objects.get(fact="PilotDecided").data == {"decision": "expanded", "rule_met": True}


@pytest.mark.parametrize(("verdict", "state"), [("improving", "retry"), ("continued", "pilot"), ("stopped", "stopped")])
def test_decision_takes_the_proposal_along(verdict, state):
    official = make_official()
    pilot = make_judging(official)
    pilot = decide_pilot(by=official, pilot=pilot, verdict=verdict, reason=REASON, ends_on=LATER, at=END)
    assert Proposal.objects.get(pk=pilot.proposal_id).state == state


def test_improved_pilot_runs_again_under_the_same_rule():
    official = make_official()
    pilot = decide_pilot(by=official, pilot=make_judging(official), verdict="improving", reason=REASON, at=END)
    pilot = advance_pilot(by=official, pilot=pilot, to=Stage.RUNNING, ends_on=LATER, at=END + 7 * DAY)
    assert (pilot.started_at, pilot.rule_fixed_at, pilot.ends_on) == (START, START, LATER)
    assert Proposal.objects.get(pk=pilot.proposal_id).state == "pilot"


def go_on(official, *, ends_on, verdict="continued"):
    """Try on after a decision: what is continued at once, what is improved with its next start."""
    pilot = make_judging(official, answers=29)
    if verdict == "continued":
        return decide_pilot(by=official, pilot=pilot, verdict=verdict, reason=REASON, ends_on=ends_on, at=END)
    pilot = decide_pilot(by=official, pilot=pilot, verdict=verdict, reason=REASON, at=END)
    return advance_pilot(by=official, pilot=pilot, to=Stage.RUNNING, ends_on=ends_on, at=END)


@pytest.mark.parametrize("verdict", ["continued", "improving"])
@pytest.mark.parametrize(
    ("ends_on", "code"),
    [(None, "no_end"), (END.date(), "days_in_disorder"), ((END + 800 * DAY).date(), "too_long")],
)
def test_pilot_goes_on_only_until_a_day_to_come(verdict, ends_on, code):
    with pytest.raises(Refused) as error:
        go_on(make_official(), ends_on=ends_on, verdict=verdict)
    assert refusal(error) == code
    assert error.value.refusal.field == "ends_on"


@pytest.mark.parametrize("verdict", ["continued", "improving"])
def test_pilot_that_goes_on_has_a_new_last_day_everywhere(verdict):
    pilot = go_on(make_official(), ends_on=LATER, verdict=verdict)
    assert Pilot.objects.get().ends_on == LATER
    assert live_state(pilot, [])["ends_on"] == LATER.isoformat()
    marks = [mark for mark in Proposal.objects.get(pk=pilot.proposal_id).after if mark["place"] == "policy"]
    assert [mark["at"][:10] for mark in marks] == [LATER.isoformat()]


def test_pilot_to_improve_shows_no_day_of_its_decision_that_is_over():
    official = make_official()
    pilot = decide_pilot(by=official, pilot=make_judging(official), verdict="improving", reason=REASON, at=END)
    policy = [mark["fact"] for mark in Proposal.objects.get(pk=pilot.proposal_id).after if mark["place"] == "policy"]
    assert policy == ["improving"]


def test_condition_of_a_pilot_tried_again_waits_until_its_new_last_day():
    pilot = go_on(make_official(), ends_on=LATER)
    condition = pilot.conditions.get(kind="cases")
    readings = list(condition.kpi.readings.all())
    for on, met in ((LATER, "not_yet"), (LATER + DAY, "missed")):
        assert found(condition, condition.kpi, readings, pilot, on=on).met == met


def test_days_are_measured_until_the_step_into_judging_and_no_longer():
    official = make_official()
    pilot = make_running(official)
    write_down(official, pilot, 1, "1.4")
    write_down(official, pilot, 2, "3.6", n=47)
    pilot = advance_pilot(by=official, pilot=pilot, to=Stage.JUDGING, at=END - DAY)
    with pytest.raises(Refused) as error:
        decide_pilot(by=official, pilot=pilot, verdict="expanded", reason=REASON, at=END + 9 * DAY)
    assert refusal(error) == "rule_not_met"


def test_what_was_expanded_is_watched_on_and_what_was_stopped_is_not():
    official = make_official()
    for verdict in ("expanded", "stopped"):
        pilot = decide_pilot(by=official, pilot=make_judging(official), verdict=verdict, reason=REASON, at=END)
        if verdict == "expanded":
            write_down(official, pilot, 1, "1.2", at=END + DAY)
            continue
        with pytest.raises(Refused) as error:
            write_down(official, pilot, 1, "1.2", at=END + DAY)
        assert refusal(error) == "not_running"


def test_proposal_of_a_stopped_pilot_may_be_tried_again():
    official = make_official()
    pilot = decide_pilot(by=official, pilot=make_judging(official), verdict="stopped", reason=REASON, at=END)
    second = plan_pilot(by=official, proposal=pilot.proposal, plan=make_plan("b"), at=END + DAY)
    assert second.stage == Stage.PLANNED


def test_value_is_recorded_once_a_day_after_the_start_and_not_for_tomorrow():
    official = make_official()
    pilot = make_running(official)
    kpi, day = pilot.kpis.get(position=1), START + 30 * DAY
    record_kpi(by=official, kpi=kpi, on=day.date(), value=Decimal("2.8"), n=48, note="  점검 ", at=day)
    assert Reading.objects.get().note == "점검"
    for on, code in ((day.date(), "recorded"), (START.date(), "before_start"), ((day + 2 * DAY).date(), "not_yet")):
        with pytest.raises(Refused) as error:
            record_kpi(by=official, kpi=kpi, on=on, value=Decimal(2), at=day)
        assert refusal(error) == code


def test_lamps_join_once_and_only_those_of_the_district():
    official = make_official()
    pilot, lamp = make_pilot(official), make_lamp()
    link_lamps(by=official, pilot=pilot, devices=[lamp], at=NOON + 12 * DAY)
    assert Link.objects.filter(origin=pilot.key, target=lamp.key).exists()
    assert Node.objects.get(pk=lamp.key).path == f"/devices/{lamp.tag}/"
    with pytest.raises(Refused) as error:
        link_lamps(by=official, pilot=pilot, devices=[lamp], at=NOON + 12 * DAY)
    assert refusal(error) == "linked"
    gone = make_lamp()
    gone.retired_at = NOON
    for device, code in ((make_lamp(district="11530", dong="1153055000"), "other_district"), (gone, "retired")):
        with pytest.raises(Refused) as error:
            link_lamps(by=official, pilot=pilot, devices=[device], at=NOON)
        assert refusal(error) == code
