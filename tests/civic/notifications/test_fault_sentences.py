"""Does each fact about a fault read as a sentence, in the inbox and in a mail, in both languages?"""

import pytest
from django.utils.translation import override

from civic.chain.models import Node
from civic.devices.models import Device, Kind
from civic.faults.actions import open_by_finding, repair_fault, take_fault
from civic.faults.letters import NEWS, first_letter, in_hours, news
from civic.faults.marks import fault_title
from civic.faults.queries import find
from civic.faults.shown import row
from civic.notifications.fault_sentences import REPORTERS
from civic.notifications.models import Notice
from civic.notifications.sentences import sentence
from civic.reactions.faults import mail_reporters, tell_reporters
from civic.reactions.table import REACTIONS
from tests.making import NOON, make_fault, make_lamp, make_official

pytestmark = pytest.mark.django_db
CODES = {
    "FaultTaken": {"due_at": NOON.isoformat()},
    "FaultScheduled": {"planned_for": NOON.isoformat()},
    "FaultRepaired": {"minutes": 135},
    "FaultResolved": {"by": "evidence"},
    "FaultRejected": {"reason": "not_ours", "duplicate_of": ""},
    "FaultReopened": {"times": 1, "source": "sensor"},
    "FaultTransferred": {"department": "11200.life.env.green", "before": "11200.safety.roads.lights"},
}
ALSO = [
    ("FaultResolved", {"by": "official"}),
    ("FaultRejected", {"reason": "duplicate_of", "duplicate_of": "F-2026-000009"}),
]


def test_every_fact_that_reporters_are_told_has_its_sentence():
    told = {fact.name() for fact, functions in REACTIONS.items() if tell_reporters in functions}
    mailed = {fact.name() for fact, functions in REACTIONS.items() if mail_reporters in functions}
    assert told == set(REPORTERS) == set(CODES)
    assert mailed == set(NEWS)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(("fact", "codes"), [*CODES.items(), *ALSO])
def test_sentence_names_the_fault(fact, codes, language):
    with override(language):
        said = sentence(Notice(fact=fact, data={**codes, "as": "reporter"}), "12-17-01 F-2026-000001")
        assert "F-2026-000001" in said
        assert said != sentence(Notice(fact="Unknown", data={}), "12-17-01 F-2026-000001")
        if fact in NEWS:
            letter = news(fact, codes, make_fault())
            assert "/faults/F-" in letter.body
            assert "%(" not in letter.subject + letter.body + said


def test_mail_that_quotes_an_official_names_office_person_and_telephone():
    official, fault = make_official(), make_fault()
    assert (
        f"{fault.department} · {fault.department.phone}"
        in news("FaultTransferred", CODES["FaultTransferred"], fault).body
    )
    take_fault(by=official, fault=fault, at=NOON)
    fault = repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=NOON)
    grant = official.grants.get()
    for fact in ("FaultRepaired", "FaultResolved"):
        body = news(fact, CODES[fact], fault).body
        assert "램프를 갈았습니다." in body
        assert f"{grant.office} {grant.signature} · {grant.phone}" in body


@pytest.mark.parametrize("language", ["ko", "en"])
def test_page_mail_and_chain_call_a_fault_by_one_place(language):
    lamp = make_lamp()
    lamp.streetlight.road_address = "서울특별시 성동구 송정길 76"
    lamp.streetlight.save()
    fault = find(make_fault(lamp).code)
    with override(language):
        title = row(fault, at=NOON, played={}).title
        first, later = first_letter(fault, "key"), news("FaultReopened", CODES["FaultReopened"], fault)
        assert title.startswith("송정길 76")
        assert first.subject.endswith(title)
        assert f"{fault.code}" in first.body
        assert title in first.body
        assert later.body.startswith(f"{title} · {fault.code}")
    assert Node.objects.get(key=fault.key).title == f"송정길 76 {fault.code}"


def test_mail_of_a_dead_cabinet_says_how_many_lamps_are_dark():
    cabinet = make_lamp()
    Device.objects.filter(pk=cabinet.pk).update(kind=Kind.CABINET)
    under = [make_lamp(parent=cabinet) for _n in range(6)]
    with override("en"):
        fault = open_by_finding(device=Device.objects.get(pk=cabinet.pk), code="supplyLoss", at=NOON)
        assert fault.affected.count() == len(under)
        assert "so 6 lights are dark" in news("FaultReopened", CODES["FaultReopened"], fault).body


def test_place_of_a_fault_without_an_address_is_its_dong():
    fault = make_fault()
    with override("en"):
        assert fault_title(fault) == f"왕십리도선동 {fault.code}"


def test_time_of_a_repair_is_told_in_hours_and_minutes():
    with override("en"):
        assert [in_hours(minutes) for minutes in (1, 45, 135)] == ["1 minute", "45 minutes", "2 h 15 min"]
