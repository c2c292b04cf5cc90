"""Who hears of a pilot, and does a repair reach its indicator by itself?"""

from datetime import timedelta

import pytest

from civic.clocks.now import database_now
from civic.devices.models import Clock, DeviceState, Gateway
from civic.faults.actions import repair_fault, take_fault
from civic.feed.numbering import number_items
from civic.notifications.models import Notice
from civic.notifications.queries import inbox
from civic.pilots.actions import advance_pilot, decide_pilot, plan_pilot, set_pilot_back
from civic.pilots.states import Stage
from civic.proposals.actions import discuss_proposal
from civic.reactions.run import enlist_all, run_all
from tests.making import NOON, make_adopted, make_official, make_person
from tests.pilots import REASON, START, make_measured, make_plan, make_repaired

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def run() -> None:
    number_items()
    while run_all(at=START):
        pass


def test_everyone_who_took_part_hears_of_each_step_once():
    enlist_all()
    official, neighbour = make_official(), make_person("말한이웃")
    proposal = make_adopted()
    discuss_proposal(by=neighbour, proposal=proposal, stance="question", text="언제 시작하나요?", at=NOON + 10 * DAY)
    discuss_proposal(by=neighbour, proposal=proposal, stance="for", text="좋습니다, 해 봅시다.", at=NOON + 10 * DAY)
    pilot = plan_pilot(by=official, proposal=proposal, plan=make_plan("a"), at=NOON + 11 * DAY)
    advance_pilot(by=official, pilot=pilot, to=Stage.RUNNING, at=START)
    set_pilot_back(by=official, pilot=pilot, reason=REASON, at=START + DAY)
    run()
    told = Notice.objects.filter(key="pilot:a")
    assert told.filter(fact="PilotPlanned").count() == 32  # author, thirty supporters, one who spoke
    assert set(told.filter(person=neighbour).values_list("fact", flat=True)) == {
        "PilotPlanned",
        "PilotMoved",
        "PilotSetBack",
    }
    line = inbox(proposal.author)[0]
    assert "보안등 스스로 알림" in line.text
    assert line.path == "/pilots/a/"


def test_repair_of_a_linked_lamp_reaches_the_indicator_by_itself():
    official = make_official()
    pilot, lamp = make_measured(official, slug="a")
    enlist_all()
    fault = make_repaired(lamp, START + DAY, 1)
    fault.state, fault.repaired_at, fault.resolved_at, fault.result = "confirmed", None, None, ""
    fault.save()
    fault.steps.all().delete()
    take_fault(by=official, fault=fault, at=START + DAY)
    repair_fault(by=official, fault=fault, result="램프를 바꿨습니다.", at=START + 2 * DAY)
    run()
    assert [(row.value, row.n) for row in pilot.kpis.get().readings.all()] == [(24, 1)]


def mended_tomorrow(lamp, official) -> None:
    """A fault of tomorrow that took two hours."""
    tomorrow = database_now() + DAY
    fault = make_repaired(lamp, tomorrow, 1)
    fault.state, fault.repaired_at, fault.resolved_at, fault.result = "confirmed", None, None, ""
    fault.save()
    fault.steps.all().delete()
    take_fault(by=official, fault=fault, at=tomorrow)
    repair_fault(by=official, fault=fault, result="램프를 바꿨습니다.", at=tomorrow + timedelta(hours=2))


def test_repair_dated_ahead_of_every_clock_waits_for_its_day():
    official = make_official()
    pilot, lamp = make_measured(official, slug="a")
    enlist_all()
    mended_tomorrow(lamp, official)
    run()
    readings = list(pilot.kpis.get().readings.all())
    assert all(row.value is None for row in readings)
    assert all(row.on <= (database_now() + DAY).date() for row in readings)


def test_repair_of_a_played_lamp_moves_the_indicator_at_once():
    official = make_official()
    pilot, lamp = make_measured(official, slug="a")
    ahead = Gateway.objects.create(district_id="11200", clock=Clock.SIMULATED, clock_at=database_now() + 2 * DAY)
    DeviceState.objects.create(device=lamp, via=ahead)
    enlist_all()
    mended_tomorrow(lamp, official)
    run()
    assert pilot.kpis.get().readings.last().value == 24  # mended now, by the clock of its gateway


def test_repair_after_the_expansion_leaves_what_was_judged():
    official = make_official()
    pilot, lamp = make_measured(official, slug="a")
    make_repaired(lamp, START + DAY, 10)
    pilot = advance_pilot(by=official, pilot=pilot, to=Stage.JUDGING, at=START + 20 * DAY)
    decide_pilot(by=official, pilot=pilot, verdict="expanded", reason=REASON, at=START + 20 * DAY)
    enlist_all()
    fault = make_repaired(lamp, START + 25 * DAY, 1)
    fault.state, fault.repaired_at, fault.resolved_at, fault.result = "confirmed", None, None, ""
    fault.save()
    fault.steps.all().delete()
    take_fault(by=official, fault=fault, at=START + 25 * DAY)
    repair_fault(by=official, fault=fault, result="램프를 바꿨습니다.", at=START + 26 * DAY)
    run()
    assert [(row.value, row.n) for row in pilot.kpis.get().readings.all()] == [(10, 1), (24, 1)]
