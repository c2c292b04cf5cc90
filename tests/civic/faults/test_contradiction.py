"""Does a device that says it is still broken get its fault back, whoever wrote that it is over, and only then?"""

import pytest

from civic.devices.actions import connect_lamps, place_cabinet
from civic.devices.models import Device, DeviceFinding
from civic.faults.actions import open_by_finding, propose_closure, reject_fault, repair_fault, resolve_fault, take_fault
from civic.faults.contradiction import contradictions
from civic.faults.models import Fault
from civic.refusals import Refused
from tests.counting import cost
from tests.making import NOON, make_fault, make_lamp, make_official, make_repaired
from tests.street import DAY, DEAD, DUSK, GOOD, HOUR, OFF, TEN, Gateway, work

pytestmark = pytest.mark.django_db
NIGHT = DUSK + 2 * HOUR


def broken():
    """A lamp that gave no light at 21:20, its gateway, and its fault."""
    gateway = Gateway(make_lamp())
    gateway.say((NIGHT, GOOD), (NIGHT + TEN, DEAD), (NIGHT + 2 * TEN, DEAD))
    return gateway, Fault.objects.get(device=gateway.lamp)


def mended(fault, official=None):
    official = official or make_official()
    take_fault(by=official, fault=fault, at=NOON)
    return repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=NOON)


def judged(lamp, began, last):
    """The judge's memory of a lamp that gave no light from then to then."""
    lamp.state.judged = {"open": ["lampFailure"], "wrong": {"lampFailure": [began.isoformat(), last.isoformat()]}}
    lamp.state.save()


def now(fault):
    fault.refresh_from_db()
    return fault


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.refusal.code


def test_repair_that_repaired_nothing_reopens_the_same_number_the_night_after():
    gateway, fault = broken()
    mended(fault)
    gateway.night(1, DEAD)
    assert (now(fault).state, fault.reopened, Fault.objects.count()) == ("confirmed", 1, 1)
    assert (fault.repaired_at, fault.result, fault.due_at) == (None, "", fault.answer_due_at)
    assert fault.steps.latest("pk").fact == "FaultReopened"
    assert DUSK + DAY < fault.reopened_at <= DUSK + DAY + 12 * HOUR


def test_repair_that_repaired_nothing_reopens_in_the_same_night_after_the_rules_time():
    gateway, fault = broken()
    mended(fault)
    gateway.say((NIGHT + 2 * TEN + 9 * TEN / 10, DEAD))
    assert now(fault).state == "repaired"  # nine minutes
    gateway.say((NIGHT + 4 * TEN, DEAD))
    assert (now(fault).state, fault.reopened) == ("confirmed", 1)
    gateway.say((NIGHT + 5 * TEN, DEAD))
    assert now(fault).reopened == 1


def test_repair_is_waited_for_through_the_day_and_without_a_word():
    gateway, fault = broken()
    mended(fault)
    gateway.say((NIGHT + 14 * HOUR, OFF), (NIGHT + 15 * HOUR, OFF))  # by day
    work(NOON + 90 * DAY)
    assert now(fault).state == "repaired"


def test_repair_that_holds_is_resolved_as_before():
    gateway, fault = broken()
    mended(fault)
    gateway.night(1)
    assert (now(fault).state, fault.reopened) == ("resolved", 0)


def test_lamp_that_is_silent_after_its_repair_is_back_when_its_gateway_has_spoken_on():
    gateway, other = Gateway(make_lamp()), Gateway(make_lamp())
    gateway.say((NIGHT, GOOD))
    other.night(0)
    fault = Fault.objects.get(trouble="link", device=gateway.lamp)
    mended(fault)
    work(NOON)
    assert now(fault).state == "repaired"
    other.night(1)
    assert (now(fault).state, fault.reopened) == ("confirmed", 1)


def circuit(*intervals):
    """A cabinet, its lamps of these intervals, all lit since dusk, and the gateway of a lamp beside them."""
    lamps = [make_lamp() for _each in intervals]
    for lamp, lamp.report_interval in zip(lamps, intervals, strict=True):
        lamp.save()
    place = {"district": lamps[0].district, "tag": "11200-box-1", "name": "분전함"}
    cabinet = place_cabinet(by=None, at=NOON, **place)
    connect_lamps(by=None, cabinet=cabinet, lamps=lamps, at=NOON)
    gateway = Gateway(make_lamp())
    gateway.say((DUSK, GOOD), lamps=[gateway.lamp, *lamps])
    return gateway, lamps


def beats(begin, end, values):
    return [(begin + n * TEN, values) for n in range(1 + (end - begin) // TEN)]


def dark_circuit(*intervals):
    """All of them say at 22:00 that they are dark; the gateway goes on until 10:00, when the repair is recorded."""
    gateway, lamps = circuit(*intervals)
    gateway.say((NIGHT + HOUR, OFF), lamps=lamps)
    reporting = [lamp for lamp in lamps if lamp.report_interval]
    return gateway, lamps, reporting, Fault.objects.get(trouble="supply")


MORNING = NIGHT + 13 * HOUR  # 10:00


def test_repair_of_a_cabinet_whose_lamps_only_switch_waits_for_their_word_at_dusk():
    gateway, lamps, _none, fault = dark_circuit(*[None] * 6)
    gateway.say(*beats(NIGHT + HOUR, NIGHT + 9 * HOUR, GOOD), *beats(MORNING - HOUR, MORNING, OFF))
    mended(fault)
    for n in range(1, 37):  # until 16:00
        gateway.say((MORNING + n * TEN, OFF))
    assert (now(fault).state, fault.reopened) == ("repaired", 0)
    gateway.say((DUSK + DAY - HOUR, GOOD), lamps=lamps)
    assert not DeviceFinding.objects.filter(closed_at=None, code="supplyLoss").exists()
    gateway.say((DUSK + DAY + 12 * HOUR, OFF), lamps=[*lamps, gateway.lamp])
    assert (now(fault).state, fault.reopened) == ("resolved", 0)


def test_repair_of_a_mixed_cabinet_waits_for_those_that_only_switch():
    gateway, _lamps, reporting, fault = dark_circuit(600, 600, 600, None, None, None)
    gateway.say(*beats(NIGHT + HOUR, NIGHT + 9 * HOUR, GOOD))  # the other three say nothing any more
    gateway.say(*beats(MORNING - HOUR, MORNING, OFF), lamps=[*reporting, gateway.lamp])
    mended(fault)
    gateway.say(*beats(MORNING + TEN, MORNING + 6 * HOUR, OFF), lamps=[*reporting, gateway.lamp])
    assert (now(fault).state, fault.reopened) == ("repaired", 0)


@pytest.mark.parametrize("word", [OFF, None])
def test_repair_of_a_cabinet_that_mended_nothing_is_contradicted_by_dark_words_at_night_or_by_silence(word):
    gateway, lamps, _all, fault = dark_circuit(*[600] * 6)
    gateway.say(*beats(NIGHT + HOUR, MORNING, OFF), lamps=lamps if word else [gateway.lamp])
    mended(fault)
    speaks = [*lamps, gateway.lamp] if word else [gateway.lamp]
    gateway.say(*beats(MORNING + TEN, MORNING + 3 * TEN, OFF), lamps=speaks)
    assert now(fault).state == "repaired"
    gateway.say(*beats(MORNING + 4 * TEN, MORNING + 6 * HOUR, OFF), lamps=speaks)
    assert now(fault).state == ("repaired" if word else "confirmed")
    gateway.say(*beats(DUSK + DAY, DUSK + DAY + HOUR, OFF), lamps=speaks)
    assert (now(fault).state, fault.reopened) == ("confirmed", 1)


def test_cabinet_whose_lamps_switch_off_anew_after_the_repair_is_back():
    gateway, lamps, _none, fault = dark_circuit(*[None] * 6)
    gateway.say((NIGHT + HOUR + TEN, GOOD))
    mended(fault)  # at 22:10
    gateway.say(*beats(NIGHT + HOUR + 2 * TEN, NIGHT + 3 * HOUR, GOOD))
    assert now(fault).state == "repaired"
    gateway.say((NIGHT + 3 * HOUR, OFF), lamps=lamps)
    gateway.say((NIGHT + 3 * HOUR + 2 * TEN, GOOD))
    assert (now(fault).state, fault.reopened) == ("confirmed", 1)


def test_closing_by_hand_is_refused_while_the_light_itself_says_that_it_is_broken():
    official = make_official()
    gateway, fault = broken()
    mended(fault, official)
    close = {"by": official, "fault": fault, "note": "켜져 있습니다.", "at": NOON}
    assert refused(lambda: resolve_fault(**close)) == "says_so"
    gateway.say((NIGHT + 3 * TEN, GOOD))
    assert refused(lambda: resolve_fault(**close | {"note": ""})) == "no_result"  # before a night has proved it
    assert resolve_fault(**close).state == "resolved"


@pytest.mark.parametrize("reason", ["no_fault", "not_found"])
def test_rejecting_as_in_order_is_refused_while_the_light_itself_says_that_it_is_broken(reason):
    official = make_official()
    _gateway, fault = broken()
    assert refused(lambda: reject_fault(by=official, fault=fault, reason=reason, at=NOON)) == "says_so"
    assert reject_fault(by=official, fault=fault, reason="not_ours", at=NOON).state == "rejected"


def test_fault_that_is_not_ours_stays_closed_whatever_the_light_says():
    gateway, fault = broken()
    reject_fault(by=make_official(), fault=fault, reason="not_ours", at=NOON)
    gateway.night(1, DEAD)
    assert (now(fault).state, Fault.objects.count()) == ("rejected", 1)


def test_of_two_closed_numbers_of_a_lamp_the_one_that_moved_last_counts():
    official, fault = make_official(), make_repaired()
    resolve_fault(by=official, fault=fault, at=NOON + 3 * HOUR)
    later = NOON + 20 * DAY
    newer = make_fault(fault.device, at=later)
    reject_fault(by=official, fault=newer, reason="not_ours", at=later)
    DeviceFinding.objects.create(device=fault.device, code="lampFailure", opened_at=later)
    judged(fault.device, later, later + TEN)
    assert contradictions(later + DAY) == []


def test_light_that_fell_silent_is_closed_by_hand_and_comes_back_when_it_speaks_of_it_again():
    official = make_official()
    lamp = make_lamp()
    fault = open_by_finding(device=lamp, code="lampFailure", at=NOON)
    DeviceFinding.objects.create(device=lamp, code="lampFailure", opened_at=NOON)
    mended(fault, official)
    assert resolve_fault(by=official, fault=fault, at=NOON + DAY).state == "resolved"  # never heard of
    began = NOON + 2 * DAY
    judged(lamp, began, began)
    assert contradictions(NOON + 2 * DAY) == []
    judged(lamp, began, began + TEN)
    work(NOON + 2 * DAY)
    assert (now(fault).state, fault.reopened, fault.reopened_at) == ("confirmed", 1, began + TEN)


def test_fault_rejected_before_the_light_said_so_again_is_a_new_number():
    official, lamp = make_official(), make_lamp()
    fault = reject_fault(by=official, fault=make_fault(lamp), reason="no_fault", at=NOON)
    DeviceFinding.objects.create(device=lamp, code="lampFailure", opened_at=NOON)
    began = NOON + HOUR
    judged(lamp, began, began + TEN)
    work(NOON + DAY)
    newer = Fault.objects.exclude(pk=fault.pk).get()
    assert (newer.source, newer.opened_at, now(fault).state) == ("sensor", began + TEN, "rejected")


def test_duplicate_is_followed_under_the_other_number_as_long_as_that_is_open():
    official, (gateway, fault) = make_official(), broken()
    twin = make_fault(make_lamp())
    reject_fault(by=official, fault=fault, reason="duplicate_of", duplicate_of=twin, at=NOON)
    gateway.night(1, DEAD)
    assert not Fault.objects.filter(device=gateway.lamp).exclude(pk=fault.pk).exists()
    reject_fault(by=official, fault=twin, reason="no_fault", at=NOON)
    gateway.night(2, DEAD)
    gateway.night(3, DEAD)
    assert Fault.objects.filter(device=gateway.lamp, source="sensor").exclude(pk=fault.pk).count() == 1


def test_finding_whose_fault_was_never_opened_gets_one():
    lamp = make_lamp()
    DeviceFinding.objects.create(device=lamp, code="lampFailure", opened_at=NOON)
    work(NOON + HOUR)
    assert Fault.objects.get().opened_at == NOON
    work(NOON + HOUR)
    assert Fault.objects.count() == 1


def test_lamp_taken_down_says_nothing():
    official, fault = make_official(), make_repaired()
    alone = make_lamp()
    for lamp in (fault.device, alone):
        DeviceFinding.objects.create(device=lamp, code="lampFailure", opened_at=NOON)
    Device.objects.filter(pk__in=[fault.device_id, alone.pk]).update(retired_at=NOON)
    assert contradictions(NOON + 9 * DAY) == []
    work(NOON + 9 * DAY)
    assert now(fault).state == "repaired"
    assert resolve_fault(by=official, fault=fault, at=NOON + DAY).state == "resolved"


def test_ac_1_2_closing_that_the_light_proposes_is_accepted_with_a_text():
    official, lamp = make_official(), make_lamp()
    fault = open_by_finding(device=lamp, code="lampFailure", at=NOON)
    assert refused(lambda: resolve_fault(by=official, fault=fault, note="켜져 있습니다.", at=NOON)) == "not_repaired"
    propose_closure(device=lamp, code="lampFailure", at=NOON + HOUR)
    for nothing in ("", " ...  "):
        assert refused(lambda note=nothing: resolve_fault(by=official, fault=fault, note=note, at=NOON)) == "no_result"
    fault = resolve_fault(by=official, fault=fault, note="밤에 보니 켜져 있습니다.", at=NOON + 2 * HOUR)
    assert (fault.state, fault.result, fault.resolved_at) == ("resolved", "밤에 보니 켜져 있습니다.", NOON + 2 * HOUR)


def test_looking_at_what_devices_say_costs_as_much_for_many_repairs_as_for_one():
    def repaired(number):
        for _n in range(number):
            fault = make_repaired()
            DeviceFinding.objects.create(device=fault.device, code="lampFailure", opened_at=NOON)

    repaired(1)
    one = cost(lambda: contradictions(NOON))
    repaired(4)
    assert cost(lambda: contradictions(NOON)) == one
