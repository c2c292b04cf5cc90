"""Is the fault of a lamp that only tells of its switching found, closed by a good night, and not before?"""

from datetime import timedelta

import pytest

from civic.devices.models import Device
from civic.faults.actions import open_by_finding, repair_fault, resolve_by_evidence, take_fault
from tests.civic.devices.test_findings import GOOD, HOUR, NIGHT, OFF, TEN, Street, open_now
from tests.making import make_official

pytestmark = pytest.mark.django_db
DUSK = NIGHT + timedelta(hours=20, minutes=30)  # 18:30 of the next evening
DAWN = DUSK + timedelta(hours=12)  # 06:30


def test_lamp_without_an_interval_goes_out_is_mended_and_proves_it_by_a_night():
    street, official = Street(), make_official()
    Device.objects.update(report_interval=None)
    one, others = street.tags[:1], street.tags[1:]
    street.say(NIGHT, OFF, one)
    street.say(NIGHT + 2 * TEN, GOOD, others)
    assert open_now() == [(one[0], "switchingErrorOn")]
    lamp = Device.objects.get(tag=one[0])
    fault = open_by_finding(device=lamp, code="switchingErrorOn", at=NIGHT + 2 * TEN)
    take_fault(by=official, fault=fault, at=NIGHT + 12 * HOUR)
    fault = repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=NIGHT + 12 * HOUR)
    street.say(DUSK, GOOD)
    street.say(DUSK + 2 * HOUR, {"battery": 1}, others)
    assert open_now() == []
    assert resolve_by_evidence(fault=fault, at=DUSK + 3 * HOUR).state == "repaired"
    street.say(DAWN, OFF)
    assert resolve_by_evidence(fault=fault, at=DAWN + HOUR).state == "resolved"
