"""Does one trouble stay one fault, however many tell of it, and does everybody who tells count once?"""

from datetime import timedelta

import pytest

from civic.chain.models import Link, Node
from civic.devices.models import Device, Kind
from civic.faults.actions import (
    join_fault,
    open_by_finding,
    reject_fault,
    repair_fault,
    report_fault,
    take_fault,
)
from civic.faults.models import Contact, Fault, Report
from civic.faults.queries import report_by_key
from civic.feed.models import Item
from civic.ledger.models import Entry, EntryPrivate
from civic.outbox.models import Message
from civic.privacy.models import RetentionRule
from civic.privacy.purging import purge
from civic.refusals import Refused
from tests.making import NOON, make_fault, make_lamp, make_official, make_person, make_repaired

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def report(lamp, by=None, category="dark", at=NOON, **more):
    return report_fault(by=by, device=lamp, category=category, at=at, **more)


def test_guest_reports_without_an_account_and_gets_a_key():
    lamp = make_lamp()
    fault, key = report(lamp, text="골목이 깜깜해요")
    fault.refresh_from_db()
    assert (fault.code[:2], fault.state, fault.source, fault.reports) == ("F-", "suspected", "resident", 1)
    said = report_by_key(key)
    assert said is not None
    assert (said.fault, said.person, said.text) == (fault, None, "골목이 깜깜해요")
    assert len(key) >= 32
    assert key not in str(Report.objects.values())


def test_ac_1_2_second_report_joins():
    lamp = make_lamp()
    first, _key = report(lamp, make_person())
    second, _key = report(lamp, at=NOON + HOUR)
    assert (second.pk, Fault.objects.count(), second.reports, second.state) == (first.pk, 1, 2, "confirmed")


def test_second_word_for_the_same_trouble_joins_and_another_trouble_does_not():
    lamp = make_lamp()
    report(lamp)
    assert report(lamp, category="flickering")[0].reports == 2
    assert report(lamp, category="broken")[0].reports == 1
    assert Fault.objects.count() == 2


def test_person_counts_once():
    lamp, person = make_lamp(), make_person()
    fault, _key = report(lamp, person)
    for again in (lambda: report(lamp, person), lambda: join_fault(by=person, fault=fault, at=NOON)):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.refusal.code == "already_reported"
    assert Fault.objects.get().reports == 1


def test_guest_counts_once_by_key():
    lamp = make_lamp()
    fault, key = report(lamp, email="guest@example.org")
    with pytest.raises(Refused):
        join_fault(fault=fault, known=[key], at=NOON)
    joined, _key = join_fault(fault=fault, at=NOON)
    assert joined.reports == 2


def test_address_that_reported_counts_once_and_nobody_learns_that_it_did():
    lamp = make_lamp()
    fault, key = report(lamp, email="guest@example.org", text="처음 쓴 말")
    for say in (
        lambda: join_fault(fault=fault, email="Guest@Example.org", text="다른 말", at=NOON),
        lambda: report(lamp, email="guest@example.org", text="다른 말"),
    ):
        _fault, other = say()
        page = report_by_key(other)
        assert other != key
        assert (page.text, page.contact.email) == ("다른 말", "guest@example.org")  # as every new report
    assert (report_by_key(key).text, Fault.objects.get().reports) == ("처음 쓴 말", 1)
    assert Message.objects.count() == 1


def test_address_gets_five_first_letters_in_an_hour_whoever_types_it():
    for _n in range(8):
        report(make_lamp(), make_person(), email="victim@example.org")
    report(make_lamp(), email="other@example.org")
    assert Message.objects.filter(recipient="victim@example.org").count() == 5
    assert Contact.objects.count() == 9
    report(make_lamp(), email="victim@example.org", at=NOON + HOUR)
    assert Message.objects.filter(recipient="victim@example.org").count() == 6


def test_relapse_reported_with_anothers_address_opens_a_page_beside_theirs():
    lamp = make_lamp()
    fault, key = report(lamp, email="guest@example.org", text="처음 쓴 말")
    official = make_official()
    take_fault(by=official, fault=fault, at=NOON)
    repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=NOON + HOUR)
    again, other = report(lamp, email="guest@example.org", text="남이 쓴 말", at=NOON + 2 * HOUR)
    assert (again.pk, again.state, again.reports) == (fault.pk, "confirmed", 1)
    assert [report_by_key(k).text for k in (key, other)] == ["처음 쓴 말", "남이 쓴 말"]


def test_relapse_keeps_the_link_that_was_mailed_to_its_reporter():
    official = make_official()
    for person in (None, make_person()):
        lamp = make_lamp()
        fault, key = report(lamp, person, email="owner@example.org")
        take_fault(by=official, fault=fault, at=NOON)
        repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=NOON + HOUR)
        again, new = report(lamp, person, known=[] if person else [key], key="n" * 32, at=NOON + 2 * HOUR)
        assert (again.pk, again.reports) == (fault.pk, 1)
        assert report_by_key(key).fault == report_by_key(new).fault == fault
        assert report_by_key(new).person == person  # theirs, for their export and when they leave
        Report.objects.all().delete()  # the second round uses the same new key


def test_key_with_other_characters_is_drawn_anew():
    for key in ("a" * 31 + "/b", "k" * 65, "k" * 31, "가" * 32, "k" * 32 + "\n"):
        fault, made = report(make_lamp(), key=key)
        assert made != key
        assert report_by_key(made).fault == fault


def test_key_of_another_report_is_drawn_anew():
    first, key = report(make_lamp(), key="k" * 32)
    second, other = report(make_lamp(), key=key)
    joined, third = join_fault(fault=second, key=key, at=NOON)
    assert first.pk != second.pk == joined.pk
    assert len({key, other, third}) == 3
    assert report_by_key(key).fault == first


def test_report_sent_twice_with_one_key_is_one_report():
    lamp, key = make_lamp(), "k" * 32
    first, second = report(lamp, key=key), report(lamp, key=key)
    assert first == second
    assert Fault.objects.get().reports == 1
    joined = [join_fault(fault=first[0], key="j" * 32, at=NOON) for _n in range(2)]
    assert [fault.reports for fault, _key in joined] == [2, 2]


def test_report_under_a_dead_cabinet_joins_the_cabinets_fault():
    cabinet = Device.objects.create(tag="11200-cabinet-1", kind=Kind.CABINET, district_id="11200")
    lamps = [make_lamp(parent=cabinet) for _n in range(2)]
    above = open_by_finding(device=cabinet, code="supplyLoss", at=NOON)
    assert set(above.affected.all()) == set(lamps)
    joined, _key = report(lamps[0])
    assert (joined.pk, joined.reports, Fault.objects.count()) == (above.pk, 1, 1)
    assert report(lamps[0], category="broken")[0].pk != above.pk


@pytest.mark.parametrize("category", ["illegal_parking", "불법주정차", "silent", "outage", ""])
def test_ac_3_7_what_is_not_ours_opens_nothing_and_names_the_right_place(category):
    with pytest.raises(Refused) as refused:
        report(make_lamp(), category=category)
    assert "안전신문고" in str(refused.value.refusal.text)
    assert not Fault.objects.exists()


def test_report_at_a_place_opens_a_fault_of_its_dong_and_the_same_place_joins():
    here = (127.0277, 37.5615)
    first, _key = report_fault(point=here, category="wire", text="전선이 늘어졌어요", at=NOON)
    assert (first.device, first.dong.district_id) == (None, "11200")
    second, _key = report_fault(point=(127.02775, 37.56155), category="wire", at=NOON)
    far, _key = report_fault(point=(127.0277, 37.5625), category="wire", at=NOON)
    assert (second.pk, far.pk == first.pk) == (first.pk, False)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"device": None}, "no_place"),
        ({"device": None, "point": (129.0, 35.1)}, "outside"),
        ({"email": "not an address"}, "email"),
        ({"email": f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 20}.kr"}, "email"),
        ({"text": "가" * 1001}, "too_long"),
    ],
)
def test_report_that_does_not_fit_says_why(more, code):
    with pytest.raises(Refused) as refused:
        report_fault(**{"device": make_lamp(), "category": "dark", "at": NOON} | more)
    assert refused.value.refusal.code == code


def test_retired_lamp_takes_no_report():
    lamp = make_lamp()
    lamp.retired_at = NOON
    with pytest.raises(Refused):
        report(lamp)


def test_wire_is_due_in_three_hours_and_a_dark_lamp_in_a_day():
    for category, hours in (("wire", 3), ("dark", 24)):
        fault, _key = report(make_lamp(), category=category)
        assert fault.repair_due_at == NOON + timedelta(hours=hours)
        assert fault.due_at <= fault.repair_due_at


def test_facts_of_reports_name_no_person_and_no_words():
    person = make_person()
    report(make_lamp(), person, text="비밀스러운 말", email="me@example.org")
    told = f"{list(Entry.objects.values())} {list(Item.objects.values())}"
    assert "비밀" not in told
    assert "me@example.org" not in told
    assert str(person.pk) not in told
    assert EntryPrivate.objects.filter(entry__fact="FaultOpened", person=person, fields={"as": "reporter"}).exists()


def test_fault_stands_in_the_chain_behind_its_lamp():
    fault = make_fault()
    node = Node.objects.get(key=fault.key)
    assert (node.kind, node.state, node.path) == ("fault", "suspected", f"/faults/{fault.code}/")
    assert node.title == f"왕십리도선동 {fault.code}"  # the list has no address for it
    assert Link.objects.filter(origin=fault.device.key, target=fault.key, kind="failed").exists()


def test_address_stands_in_its_own_row_and_goes_thirty_days_after_closing():
    fault, _key = report(make_lamp(), email="guest@example.org")
    assert Contact.objects.get().email == "guest@example.org"
    letter = Message.objects.get()
    assert letter.recipient == "guest@example.org"
    assert "/faults/mine/" in letter.body
    reject_fault(by=make_official(), fault=fault, reason="no_fault", at=NOON)
    month = RetentionRule.objects.filter(code="guest_contact")
    assert [purge(month, at=NOON + timedelta(days=d))[0].number for d in (29, 31, 32)] == [0, 1, 0]
    assert not Contact.objects.exists()
    assert Report.objects.count() == 1


def test_report_of_a_repaired_lamp_brings_it_back_and_counts_nobody_twice():
    lamp, person = make_lamp(), make_person()
    fault = make_repaired(lamp, by=person)
    again, key = report(lamp, person, at=NOON + 5 * HOUR)
    assert (again.pk, again.state, again.reopened, again.reports) == (fault.pk, "confirmed", 1, 1)
    assert report_by_key(key).person == person
    assert report(lamp, at=NOON + 6 * HOUR)[0].reports == 2


def test_fault_closed_takes_no_me_too():
    fault = reject_fault(by=make_official(), fault=make_fault(), reason="not_found", at=NOON)
    with pytest.raises(Refused) as refused:
        join_fault(fault=fault, at=NOON)
    assert refused.value.refusal.code == "closed"
