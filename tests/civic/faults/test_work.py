"""What may officials do about a fault, in which order, and what does everybody read of it?"""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from civic.devices.models import Clock, DeviceState, Gateway
from civic.faults import rules
from civic.faults.actions import (
    open_by_finding,
    propose_closure,
    reject_fault,
    reopen_fault,
    repair_fault,
    report_fault,
    resolve_by_evidence,
    resolve_fault,
    schedule_fault,
    start_fault,
    take_fault,
)
from civic.faults.models import Fault
from civic.faults.queries import hours_to_repair, repair_hours, reports_of, steps_of
from civic.faults.states import CLOSED, FOR_RESIDENTS, MOVES, State
from civic.photos.actions import draw_upload
from civic.photos.queries import photos_of
from civic.policies.models import ParticipationPolicy
from civic.refusals import Refused
from tests.fault_examples import DAWN, good_night
from tests.making import GURO4, NOON, make_fault, make_lamp, make_official, make_person, make_repaired

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.refusal.code


def picture():
    out = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "PNG")
    return out


def test_fault_goes_from_received_to_done_and_each_step_is_public():
    official, fault = make_official(), make_fault()
    take_fault(by=official, fault=fault, note="현장을 확인하겠습니다.", at=NOON + HOUR)
    schedule_fault(by=official, fault=fault, planned_for=NOON + 3 * HOUR, at=NOON + HOUR)
    schedule_fault(by=official, fault=fault, planned_for=NOON + 4 * HOUR, at=NOON + 2 * HOUR)
    start_fault(by=official, fault=fault, at=NOON + 4 * HOUR)
    repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=NOON + 5 * HOUR)
    fault = resolve_fault(by=official, fault=fault, note="밤에 확인했습니다.", at=NOON + 30 * HOUR)
    assert [step.state for step in steps_of(fault)] == [
        "suspected", "acknowledged", "scheduled", "scheduled", "in_progress", "repaired", "resolved",
    ]  # fmt: skip  # one word a step
    assert {step.office for step in steps_of(fault)[1:]} == {"도로시설과"}
    assert steps_of(fault)[5].note == "램프를 갈았습니다."
    assert (fault.planned_for, fault.assignee_name) == (NOON + 4 * HOUR, official.nickname)
    assert (hours_to_repair(fault), fault.due_at) == (5, None)


def test_due_is_the_answers_clock_first_and_then_the_repairs():
    official, fault = make_official(), make_fault()
    assert fault.due_at == fault.answer_due_at
    fault = take_fault(by=official, fault=fault, at=NOON)
    assert fault.due_at == fault.repair_due_at == NOON + timedelta(hours=24)


def test_only_an_official_of_the_district_works_on_a_fault():
    fault = make_fault()
    for person, code in ((make_person(), "not_official"), (make_official("11530"), "role_elsewhere")):
        got = refused(lambda person=person: take_fault(by=person, fault=fault, at=NOON))
        assert got == code or got == rules.why_not_take(person, fault).code
        assert rules.why_not_take(person, fault).status == 403


def test_steps_out_of_order_are_refused():
    official, fault = make_official(), make_fault()
    acts = {
        "repair": lambda: repair_fault(by=official, fault=fault, result="고쳤습니다", at=NOON),
        "start": lambda: start_fault(by=official, fault=fault, at=NOON),
        "resolve": lambda: resolve_fault(by=official, fault=fault, at=NOON),
        "reopen": lambda: reopen_fault(by=official, fault=fault, at=NOON),
    }
    assert [refused(act) for act in acts.values()] == ["not_taken", "not_taken", "not_repaired", "not_closed"]
    take_fault(by=official, fault=fault, at=NOON)
    assert refused(lambda: take_fault(by=official, fault=fault, at=NOON)) == "already_taken"
    acts["repair"]()
    assert refused(acts["repair"]) == "already_repaired"
    acts["resolve"]()
    assert refused(acts["start"]) == "closed"


def test_every_state_is_shown_to_residents_and_only_closed_ones_end():
    assert set(FOR_RESIDENTS) == set(MOVES) == set(State)
    assert {state for state, onward in MOVES.items() if not onward - {State.CONFIRMED}} == {
        State.RESOLVED,
        State.REJECTED,
    }
    assert set(CLOSED) == {State.RESOLVED, State.REJECTED}


def test_ac_1_2_repair_needs_a_photo_where_the_district_asks_for_one():
    ParticipationPolicy.objects.filter(district="11200").update(fault_repair_photos=1)
    official, fault = make_official(), make_fault()
    take_fault(by=official, fault=fault, at=NOON)
    said = {"by": official, "fault": fault, "result": "램프를 갈았습니다.", "at": NOON}
    assert refused(lambda: repair_fault(**said)) == "photo_needed"
    fault = repair_fault(**said, photo=draw_upload(picture()))
    assert (fault.state, [photo.public for photo in photos_of(fault.key)]) == ("repaired", [True])


def test_ac_1_2_closing_what_nobody_repaired_needs_a_photo_where_the_district_asks_for_one():
    ParticipationPolicy.objects.filter(district="11200").update(fault_repair_photos=1)
    official, fault = make_official(), open_by_finding(device=make_lamp(), code="lampFailure", at=NOON)
    propose_closure(device=fault.device, code="lampFailure", at=NOON + HOUR)
    said = {"by": official, "fault": fault, "note": "밤에 보니 켜져 있습니다.", "at": NOON + 2 * HOUR}
    assert refused(lambda: resolve_fault(**said)) == "photo_needed"
    assert photos_of(fault.key) == []
    fault = resolve_fault(**said, photo=draw_upload(picture()))
    assert (fault.state, [photo.public for photo in photos_of(fault.key)]) == ("resolved", [True])


def test_closing_what_is_repaired_needs_no_second_photo():
    official, fault = make_official(), make_repaired()
    ParticipationPolicy.objects.filter(district="11200").update(fault_repair_photos=1)
    assert resolve_fault(by=official, fault=fault, note="켜져 있습니다.", at=NOON + 3 * HOUR).state == "resolved"


def test_report_keeps_its_photo_for_the_office_and_not_for_everybody():
    fault, _key = report_fault(device=make_lamp(), category="broken", photo=draw_upload(picture()), at=NOON)
    assert photos_of(fault.key) == []
    assert [photo.public for photo in photos_of(reports_of(fault).get().key)] == [False]


def test_duplicate_hands_its_reporters_over_and_counts_each_once():
    official, both = make_official(), make_person()
    lamp = make_lamp()
    twin = make_fault(lamp, by=both)
    fault, _key = report_fault(by=both, device=lamp, category="broken", at=NOON)
    report_fault(device=lamp, category="broken", at=NOON)
    assert refused(lambda: reject_fault(by=official, fault=fault, reason="duplicate_of", at=NOON)) == "no_duplicate"
    fault = reject_fault(by=official, fault=fault, reason="duplicate_of", duplicate_of=twin, at=NOON)
    twin.refresh_from_db()
    assert (fault.state, fault.duplicate_of, twin.reports, reports_of(twin).count()) == ("rejected", twin, 2, 3)


def test_duplicate_of_a_fault_elsewhere_or_closed_is_refused():
    official, fault = make_official(), make_fault()
    elsewhere, closed = make_fault(make_lamp(district="11530", dong=GURO4)), make_repaired()
    closed = resolve_fault(by=official, fault=closed, at=NOON + 9 * HOUR)
    for twin in (elsewhere, closed, fault):
        told = {"by": official, "fault": fault, "reason": "duplicate_of", "duplicate_of": twin, "at": NOON}
        assert refused(lambda told=told: reject_fault(**told)) == "no_duplicate"
    assert Fault.objects.get(pk=fault.pk).state == "suspected"


def test_duplicate_of_a_duplicate_takes_its_reporters_along():
    official, people = make_official(), [make_person() for _n in range(3)]
    first, second, third = [make_fault(by=person) for person in people]
    report_fault(device=third.device, category="dark", email="same@example.org", at=NOON)
    report_fault(device=first.device, category="dark", email="same@example.org", at=NOON)
    for fault, twin in ((first, second), (second, third)):
        reject_fault(by=official, fault=fault, reason="duplicate_of", duplicate_of=twin, at=NOON)
    third.refresh_from_db()
    assert {report.person for report in reports_of(third)} == {*people, None}
    assert third.reports == 4
    assert set(third.duplicates.all()) == {first, second}


@pytest.mark.parametrize("reason", ["not_ours", "not_found", "no_fault"])
def test_rejection_names_its_reason_and_frees_the_lamp(reason):
    official, fault = make_official(), make_fault()
    assert refused(lambda: reject_fault(by=official, fault=fault, reason="because", at=NOON)) == "unknown_reason"
    fault = reject_fault(by=official, fault=fault, reason=reason, note="확인했습니다.", at=NOON)
    assert (fault.rejection, fault.rejected_at) == (reason, NOON)
    assert make_fault(fault.device).pk != fault.pk


def test_reopening_by_an_official_starts_the_clocks_anew():
    official, fault = make_official(), make_repaired()
    fault = reopen_fault(by=official, fault=fault, note="다시 꺼졌습니다.", at=NOON + 9 * HOUR)
    assert (fault.state, fault.reopened, fault.repair_due_at) == ("confirmed", 1, NOON + 33 * HOUR)


def test_reopening_beside_a_newer_open_fault_names_that_one():
    official, old = make_official(), make_repaired()
    old = resolve_fault(by=official, fault=old, at=NOON + 9 * HOUR)
    newer = make_fault(old.device, at=NOON + timedelta(days=30))
    assert newer.pk != old.pk
    assert refused(lambda: reopen_fault(by=official, fault=old, at=NOON + timedelta(days=31))) == "open_again"
    assert newer.code in str(rules.why_not_reopen(official, old).text)
    reject_fault(by=official, fault=newer, reason="no_fault", at=NOON + timedelta(days=31))
    assert reopen_fault(by=official, fault=old, at=NOON + timedelta(days=32)).state == "confirmed"


def test_visit_lies_ahead_and_within_a_year():
    official, fault = make_official(), make_fault()
    take_fault(by=official, fault=fault, at=NOON)
    for planned in (NOON - HOUR, NOON + timedelta(days=400), NOON.replace(year=1)):
        told = {"by": official, "fault": fault, "planned_for": planned, "at": NOON}
        assert refused(lambda told=told: schedule_fault(**told)) == "no_visit"
    assert schedule_fault(by=official, fault=fault, planned_for=NOON, at=NOON).planned_for == NOON


def test_visit_is_measured_by_the_clock_at_the_device():
    official, lamp = make_official(), make_lamp()
    gateway = Gateway.objects.create(district_id="11200", clock=Clock.SIMULATED, clock_at=NOON + 100 * HOUR)
    DeviceState.objects.filter(device=lamp).update(via=gateway)
    fault = take_fault(by=official, fault=make_fault(lamp), at=NOON)
    plan = {"by": official, "fault": fault, "at": NOON}
    assert refused(lambda: schedule_fault(**plan, planned_for=NOON + 22 * HOUR)) == "no_visit"
    assert schedule_fault(**plan, planned_for=NOON + 101 * HOUR).planned_for == NOON + 101 * HOUR


def test_wire_that_was_mended_is_closed_by_an_official_and_by_no_lit_night():
    official, lamp = make_official(), make_lamp()
    for category in ("wire", "too_bright", "other"):
        fault, _key = report_fault(device=lamp, category=category, at=NOON)
        take_fault(by=official, fault=fault, at=NOON)
        repair_fault(by=official, fault=fault, result="전선을 다시 묶었습니다.", at=NOON)
        if category == "wire":
            good_night(lamp)
        assert resolve_by_evidence(fault=fault, at=DAWN + HOUR).state == "repaired"
        assert resolve_fault(by=official, fault=fault, at=DAWN + HOUR).state == "resolved"


def test_ac_1_2_repair_hours_are_computed_from_faults():
    lamp, other = make_lamp(), make_lamp()
    first, second = make_repaired(lamp), make_repaired(other, at=NOON + 48 * HOUR)
    make_fault(make_lamp())
    official = make_official()
    reopen_fault(by=official, fault=second, at=NOON + 60 * HOUR)
    take_fault(by=official, fault=second, at=NOON + 60 * HOUR)
    repair_fault(by=official, fault=second, result="배선을 고쳤습니다.", at=NOON + 65 * HOUR)
    repairs = [(first.code, 2.0), (second.code, 2.0), (second.code, 5.0)]  # a relapse takes back no repair
    assert repair_hours([lamp, other], NOON, NOON + 99 * HOUR) == repairs
    reopen_fault(by=official, fault=second, at=NOON + 80 * HOUR)
    assert repair_hours([lamp, other], NOON, NOON + 99 * HOUR) == repairs
    assert repair_hours([lamp], NOON + 3 * HOUR, NOON + 99 * HOUR) == []
