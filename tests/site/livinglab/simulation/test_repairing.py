"""Does the crew of a played night say when it cannot repair what it has taken on?"""

import pytest

from civic.clocks.now import database_now
from civic.devices.judging import lamp
from civic.faults.actions import open_by_finding
from civic.faults.models import Fault
from civic.policies.models import ParticipationPolicy
from livinglab.simulation.play import Trouble
from livinglab.simulation.repairing import RESULTS, Crew
from livinglab.simulation.sending import Line
from tests.making import make_lamp, make_official

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("pictures", "state", "told"), [(0, "repaired", False), (1, "acknowledged", True)])
def test_crew_repairs_what_is_known_or_tells_why_not(live_server, caplog, pictures, state, told):
    ParticipationPolicy.objects.filter(district="11200").update(fault_repair_photos=pictures)
    at = database_now()
    fault = open_by_finding(device=make_lamp(), code=lamp.FAILED, at=at)
    assert fault.device is not None
    crew = Crew(make_official(), at)
    crew.expect([Trouble(fault.device.tag, lamp.FAILED, at, None)])
    assert crew.work(Line(live_server.url, ""))
    assert Fault.objects.get().state == state
    assert ("photo_needed" in caplog.text) is told
    if not told:
        assert Fault.objects.get().result == RESULTS[lamp.FAILED]
