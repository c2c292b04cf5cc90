"""Does a played night open the faults that were planted, no more and no less, through the ingest as it is served?"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from civic.clocks.now import database_now
from civic.devices.actions import import_lights
from civic.devices.models import DeviceFinding, DeviceToken, Observation
from civic.devices.official_list import read_list
from civic.devices.queries import simulated_clock
from civic.faults.models import Fault
from civic.ledger.models import Entry
from civic.people.actions import confirm_address, grant_role, register_person
from civic.people.models import ApiToken
from civic.places.models import District
from livinglab.simulation.repairing import OFFICIAL
from livinglab.simulation.simulate import Played, simulate
from livinglab.worker import work

LIST = Path(__file__).resolve().parents[4] / "fixtures/data/lights/seongdong-20210930.csv"
SOME = 10  # every tenth lamp of the real list
REPORTING = 150  # of them, in place of 420

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def street(live_server) -> Iterator[str]:
    """A served site with every tenth lamp of Seongdong, its official, and a worker at work."""
    at = database_now()
    header, *rows = LIST.read_bytes().decode("cp949").splitlines()
    data = "\n".join([header, *rows[::SOME]]).encode("cp949")
    import_lights(district=District.objects.get(code="11200"), listed=read_list(data), at=at)
    official = register_person(email=OFFICIAL, nickname="김하늘", password=None, old_enough=True, at=at)
    confirm_address(person=official, at=at)
    scope = "district:11200"
    grant_role(
        by=None,
        person=official,
        role="official",
        name="김도로",
        scope=scope,
        office="도로과",
        phone="02-0000-0101",
        at=at,
    )
    stop = threading.Event()

    def run() -> None:
        work(stop)
        connection.close()

    worker = threading.Thread(target=run)
    worker.start()
    yield live_server.url
    stop.set()
    worker.join()


def played(url: str, seed: int, scenario: str = "night", **more: int) -> list[Played]:
    found: list[Played] = []
    simulate(seed=seed, scenario=scenario, url=url, reporting=REPORTING, done=found.append, **more)
    return found


def _wait_for(there: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not there() and time.monotonic() < end:
        time.sleep(0.2)


def planted(play: Played) -> list[tuple[str, str]]:
    return sorted((t["device"], t["code"]) for t in play.told()["planted"])


def test_faults_opened_are_faults_planted_and_a_storm_opens_none(street: str) -> None:
    (storm,) = played(street, 1, "storm")
    assert (planted(storm), DeviceFinding.objects.count()) == ([], 0)
    (night,) = played(street, 1)
    assert sorted(DeviceFinding.objects.values_list("device__tag", "code")) == planted(night)
    opened = Fault.objects.filter(source="sensor").values_list("device__tag", "finding")
    _wait_for(lambda: opened.count() >= len(planted(night)))  # the worker's reactions come after the findings
    assert sorted(opened) == planted(night)
    assert len(planted(night)) == 16
    _is_accounted_for([storm, night])
    _is_repaired(night)
    _has_left_no_key()


def _is_accounted_for(plays: list[Played]) -> None:
    """sent = stored + duplicate + rejected, in the simulated clock's own time."""
    answers = [play.line.answers for play in plays]
    assert sum(answer.sent for answer in answers) == Observation.objects.count()
    assert [(answer.duplicate, answer.rejected) for answer in answers] == [(0, 0)] * len(plays)
    assert simulated_clock("11200") == max(t for play in plays for t, _tag, _how in play.play.words).replace(
        microsecond=Observation.objects.order_by("-t")[0].t.microsecond
    )
    assert set(Observation.objects.values_list("flags", flat=True)) == {""}


def _is_repaired(night: Played) -> None:
    """What is mended in the night is an official's repair, and the books carry the play's own time."""
    mended = {t.device for t in night.play.planted if t.until}
    assert set(Fault.objects.exclude(repaired_at=None).values_list("device__tag", flat=True)) == mended
    moments = Entry.objects.filter(fact="FindingOpened").values_list("at", flat=True)
    assert all(night.play.words[0][0] < moment <= night.play.words[-1][0] for moment in moments)


def _has_left_no_key() -> None:
    assert not DeviceToken.objects.filter(revoked_at=None).exists()
    assert not ApiToken.objects.filter(revoked_at=None).exists()


def test_command_is_refused_in_production_and_without_lamps(settings) -> None:
    def run() -> None:
        call_command("simulate", "--seed", "1", "--json", stdout=StringIO())

    with pytest.raises(CommandError, match="import_lights"):
        run()
    settings.DEMO = False
    with pytest.raises(CommandError, match="production"):
        run()


def test_command_that_finds_no_site_says_so(street: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("livinglab.simulation.sending.PATIENCE", 0.0)
    with pytest.raises(CommandError, match="has not answered"):
        call_command("simulate", "--seed", "1", "--url", "http://127.0.0.1:9", "--json", stdout=StringIO())
    assert json.dumps(list(Observation.objects.all())) == "[]"
    _has_left_no_key()
