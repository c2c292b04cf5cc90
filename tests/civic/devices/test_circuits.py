"""Who may say how often lamps report and on which cabinet they hang, and what follows from it?"""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from civic.devices.actions import (
    connect_lamps,
    disconnect_lamps,
    import_lights,
    issue_device_token,
    place_cabinet,
    set_report_interval,
    take_readings,
)
from civic.devices.actions.findings import judge_devices
from civic.devices.models import Device, DeviceFinding, DeviceToken
from civic.devices.official_list import read_list
from civic.devices.queries import device_now, simulated_clock
from civic.devices.reading import Reading
from civic.ledger.models import Entry
from civic.places.models import District, Dong
from civic.refusals import Refused
from tests.civic.devices.conftest import HEADER, row
from tests.making import GURO4, NOON, make_official, make_person

pytestmark = pytest.mark.django_db

ONE, TWO, BOX = "11200-01-17-01", "11200-01-17-02", "11200-box-1"
NIGHT = NOON + timedelta(hours=10)


@pytest.fixture
def seongdong():
    for code, names in (("11200", ["01-17-01", "01-17-02"]), ("11530", ["01-01-01"])):
        text = "\n".join([HEADER, *map(row, names)])
        import_lights(district=District.objects.get(code=code), listed=read_list(text.encode()), at=NOON)
    return District.objects.get(code="11200")


def lamp(tag=ONE):
    return Device.objects.get(tag=tag)


def box(district, tag=BOX, by=None, **more):
    return place_cabinet(by=by, district=district, tag=tag, name="분전함", at=NOON, **more)


def refused(act):
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.refusal.code


def test_official_sets_an_interval_and_the_books_name_the_lamps(seongdong):
    official = make_official()
    set_report_interval(by=official, district=seongdong, devices=[lamp(), lamp(TWO)], seconds=600, at=NOON)
    assert set(Device.objects.filter(district="11200").values_list("report_interval", flat=True)) == {600}
    entry = Entry.objects.get(fact="ReportIntervalSet")
    assert (entry.data, entry.private.get().person) == ({"devices": [ONE, TWO], "seconds": 600}, official)
    set_report_interval(by=official, district=seongdong, devices=[lamp()], seconds=None, at=NOON)
    assert lamp().report_interval is None


@pytest.mark.parametrize("seconds", [0, 9, -600, 86_401])
def test_interval_that_makes_no_sense_is_refused(seongdong, seconds):
    act = lambda: set_report_interval(by=None, district=seongdong, devices=[lamp()], seconds=seconds, at=NOON)  # noqa: E731 - said once
    assert refused(act) == "not_an_interval"


def test_strangers_and_officials_of_elsewhere_arrange_nothing(seongdong):
    for person in (make_person(), make_official("11530"), make_official(role="moderator")):
        acts = [
            lambda p=person: set_report_interval(by=p, district=seongdong, devices=[lamp()], seconds=60, at=NOON),
            lambda p=person: box(seongdong, by=p),
        ]
        assert [refused(act) for act in acts] == ["not_official", "not_official"]


def test_lamps_of_two_districts_retired_ones_and_none_are_refused(seongdong):
    def act(*devices):
        return lambda: set_report_interval(by=None, district=seongdong, devices=devices, seconds=60, at=NOON)

    assert refused(act(lamp(), lamp("11530-01-01-01"))) == "other_district"
    assert refused(act()) == "too_many"
    Device.objects.filter(tag=ONE).update(retired_at=NOON)
    assert refused(act(lamp())) == "retired"


def test_silence_counts_from_the_first_report_after_the_interval_was_set(seongdong):
    issue_device_token(district=seongdong, at=NOON)
    token = DeviceToken.objects.select_related("gateway").get()

    def say(t, tag=ONE):
        take_readings(by=token, readings=[(0, Reading(tag, str(t), t, {"powerState": "on"}))], at=t)

    say(NIGHT)
    judge_devices(at=NIGHT)
    say(NIGHT + timedelta(hours=2), TWO)  # its gateway speaks on
    set_report_interval(by=None, district=seongdong, devices=[lamp()], seconds=600, at=NIGHT + timedelta(hours=2))
    assert judge_devices(at=NIGHT + timedelta(hours=2)) == 0
    say(NIGHT + timedelta(hours=3))
    judge_devices(at=NIGHT + timedelta(hours=3))
    for n in range(7):
        say(NIGHT + timedelta(hours=3, minutes=10 * n), TWO)
    assert judge_devices(at=NIGHT + timedelta(hours=4)) == 1
    assert DeviceFinding.objects.get().code == "communicationFailure"


def test_lamps_hang_on_a_cabinet_and_off_it_again(seongdong):
    cabinet = box(seongdong, dong=Dong.objects.filter(district="11200").first(), point=(127.03, 37.56))
    connect_lamps(by=None, cabinet=cabinet, lamps=[lamp(), lamp(TWO)], at=NOON)
    assert sorted(cabinet.children.values_list("tag", flat=True)) == [ONE, TWO]
    disconnect_lamps(by=None, district=seongdong, lamps=[lamp()], at=NOON)
    assert list(cabinet.children.values_list("tag", flat=True)) == [TWO]


def test_only_lamps_hang_and_only_on_cabinets(seongdong):
    cabinet, other = box(seongdong), box(seongdong, "11200-box-2")
    assert refused(lambda: connect_lamps(by=None, cabinet=lamp(), lamps=[lamp(TWO)], at=NOON)) == "not_a_cabinet"
    assert refused(lambda: connect_lamps(by=None, cabinet=cabinet, lamps=[other], at=NOON)) == "not_a_lamp"


@pytest.mark.parametrize("tag", ["", "box-1", "11530-box-1", "11200-", "11200-a b", "11200-" + "x" * 41, "11200-\0"])
def test_tag_that_is_none_of_this_district_is_refused(seongdong, tag):
    assert refused(lambda: box(seongdong, tag)) == "not_a_tag"


def test_tag_is_given_once_and_a_dong_of_elsewhere_is_refused(seongdong):
    box(seongdong)
    assert refused(lambda: box(seongdong)) == "tag_taken"
    assert refused(lambda: box(seongdong, "11200-box-2", dong=Dong.objects.get(code=GURO4))) == "other_district"


def test_cabinet_lives_in_the_time_of_its_lamps(seongdong):
    cabinet = box(seongdong)
    connect_lamps(by=None, cabinet=cabinet, lamps=[lamp()], at=NOON)
    assert (device_now(cabinet, NOON), simulated_clock("11200")) == (NOON, None)
    issue_device_token(district=seongdong, clock="simulated", at=NOON)
    token = DeviceToken.objects.select_related("gateway").get()
    take_readings(by=token, readings=[(0, Reading(ONE, "1", NIGHT, {"powerState": "on"}))], at=NOON)
    assert [device_now(device, NOON) for device in (cabinet, lamp(), lamp(TWO))] == [NIGHT, NIGHT, NOON]
    assert simulated_clock("11200") == NIGHT


def told(*words):
    out = io.StringIO()
    call_command(*words, "--district", "11200", "--json", stdout=out)
    return json.loads(out.getvalue())


def test_commands_arrange_lamps_and_may_be_repeated(seongdong, monkeypatch):
    assert told("report_interval", "600", ONE, TWO) == {"seconds": 600, "devices": 2}
    assert told("report_interval", "none", ONE) == {"seconds": None, "devices": 1}
    assert told("rated_power", "20", ONE, TWO) == {"watts": 20, "devices": 2}
    assert told("rated_power", "none", ONE) == {"watts": None, "devices": 1}
    assert (lamp().rated_power, lamp(TWO).rated_power) == (None, 20)
    assert Entry.objects.filter(fact="RatedPowerSet").latest("pk").data == {"devices": [ONE], "watts": None}
    assert told("cabinet", BOX, ONE) == {"cabinet": BOX, "lamps": 1}
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{ONE}\n{TWO}\n"))
    assert told("cabinet", BOX, "-") == {"cabinet": BOX, "lamps": 2}
    assert Device.objects.filter(parent__tag=BOX).count() == 2


WRONG = [
    ("report_interval", "often", ONE), ("report_interval", "1", ONE), ("report_interval", "60", "11200-nowhere"),
    ("rated_power", "0", ONE), ("rated_power", "2001", ONE), ("rated_power", "bright", ONE),
    ("cabinet", "box", ONE), ("cabinet", BOX, "11200-nowhere"), ("cabinet", ONE, TWO),
]  # fmt: skip  # a list of words


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_commands_say_what_is_wrong(seongdong, words):
    with pytest.raises(CommandError):
        told(*words)
    assert not Device.objects.filter(parent__isnull=False).exists()
