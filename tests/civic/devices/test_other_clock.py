"""Does a lamp on which a night was played answer a real sender at once, and does the next night find it as it was?"""

from datetime import timedelta

import pytest
from django.test import Client

from civic.devices.actions import connect_lamps, issue_device_token, place_cabinet, take_readings
from civic.devices.actions.findings import judge_devices
from civic.devices.actions.keeping import KEPT_OF_A_PLAY, forget_readings
from civic.devices.models import Device, DeviceFinding, DeviceState, DeviceToken, Observation
from civic.devices.queries import readings_of
from civic.devices.reading import Reading
from civic.devices.unheard import unheard
from civic.feed.models import Item
from civic.ledger.models import Entry
from civic.places.models import District
from tests.civic.devices.test_findings import DAY, DEAD, GOOD, HOUR, NIGHT, OFF, TEN, Street, open_now
from tests.making import NOON

pytestmark = pytest.mark.django_db

AHEAD = timedelta(days=9)  # of a played clock, after some nights


class Both(Street):
    """Ten lamps on which nights are played, and a real gateway that may speak for them too."""

    def __init__(self):
        super().__init__("simulated")
        issue_device_token(district=District.objects.get(code="11200"), at=NOON)
        self.real = DeviceToken.objects.select_related("gateway", "device").latest("pk")

    def tell(self, t, values, tags=None, by=None, mid="real"):
        """What the answer is when a real sender says so at `t`, now."""
        readings = [Reading(tag, mid, t, values) for tag in tags or self.tags[:1]]
        taken = take_readings(by=by or self.real, readings=list(enumerate(readings)), at=t)
        return taken.accepted, taken.duplicate, taken.late


@pytest.fixture
def street():
    return Both()


@pytest.fixture(params=[AHEAD, -timedelta(days=1)], ids=["ahead of the day", "behind the day"])
def played(request, street):
    """A night in which the first lamp fails, by a clock that is ahead or behind; its beginning."""
    begin = NIGHT + request.param
    for n in range(3):
        street.say(begin + n * TEN, DEAD, street.tags[:1], at=NOON)
        street.say(begin + n * TEN, GOOD, street.tags[1:], at=NOON)
    assert open_now() == [(street.tags[0], "lampFailure")]
    return begin


def state_of(tag):
    return DeviceState.objects.select_related("via").get(device__tag=tag)


def shown(tag):
    return Client().get(f"/api/v1/devices/{tag}").json()


def test_real_reading_after_a_played_night_is_not_late_and_shows(street, played):
    tag = street.tags[1]
    assert street.tell(NOON, OFF, [tag]) == (1, 0, 0)
    told = shown(tag)
    assert (told["power"], told["clock"]) == ("off", "real")
    assert told["since"] == told["heard_at"]
    assert told["heard_at"].startswith("2026-03-02T")
    last = Item.objects.filter(kind="DeviceSwitched", key=f"device:{tag}").latest("pk")
    assert (last.state["power"], last.state["since"]) == ("off", "2026-03-02T03:00:00.000000Z")


def test_real_reading_that_says_the_same_tells_since_when_by_its_own_clock(street, played):
    tag, before = street.tags[1], Item.objects.count()
    street.tell(NOON, GOOD, [tag])
    assert Item.objects.count() == before + 1
    assert Item.objects.latest("pk").state["since"] == "2026-03-02T03:00:00.000000Z"


def test_key_of_the_lamp_itself_begins_it_anew_too(street, played):
    issue_device_token(device=Device.objects.get(tag=street.tags[1]), at=NOON)
    own = DeviceToken.objects.select_related("gateway", "device").latest("pk")
    assert street.tell(NOON, OFF, [street.tags[1]], by=own) == (1, 0, 0)
    assert (state_of(street.tags[1]).via, shown(street.tags[1])["clock"]) == (None, "real")
    assert street.tell(NOON + TEN, GOOD, [street.tags[1]]) == (1, 0, 0)  # its gateway has the same clock
    assert street.tell(NOON - TEN, OFF, [street.tags[1]], by=own) == (1, 0, 1)


def test_late_reading_of_another_sender_changes_nobody_who_speaks(street):
    issue_device_token(device=Device.objects.get(tag=street.tags[1]), at=NOON)
    own = DeviceToken.objects.select_related("gateway", "device").latest("pk")
    street.tell(NOON, OFF, [street.tags[1]])
    assert street.tell(NOON - TEN, GOOD, [street.tags[1]], by=own) == (1, 0, 1)
    assert state_of(street.tags[1]).via_id == street.real.gateway_id


def test_reading_sent_again_is_known_and_begins_nothing(street, played):
    tag = street.tags[1]
    street.tell(NOON, OFF, [tag])
    street.say(played + 3 * TEN, GOOD, [tag], at=NOON)
    assert street.tell(NOON, OFF, [tag]) == (0, 1, 0)
    assert state_of(tag).via_id == street.token.gateway_id


def test_next_played_reading_begins_anew_and_is_judged_by_the_played_clock(street, played):
    tag, later = street.tags[1], played + timedelta(days=1)
    street.tell(NOON, OFF, [tag])
    judge_devices(at=NOON)
    for n in range(3):
        street.say(later + n * TEN, DEAD, [tag], at=NOON)
        street.say(later + n * TEN, GOOD, [one for one in street.tags if one != tag], at=NOON)
    assert open_now() == [(tag, "lampFailure")]  # the night before's was over with the first good word
    assert Entry.objects.filter(fact="FindingOpened", key=f"device:{tag}").get().at == later + TEN
    assert not Observation.objects.filter(late=True).exists()
    assert not DeviceState.objects.filter(waiting=True).exists()


def test_judge_hears_each_clock_by_itself(street, played):
    tag = street.tags[1]
    for n in range(3):
        street.tell(NIGHT + n * TEN, DEAD, [tag])
    assert [t for t, _values in unheard([state_of(tag)])[state_of(tag).pk]] == [NIGHT + n * TEN for n in range(3)]
    assert judge_devices(at=NIGHT + 2 * TEN) == 1
    assert (tag, "lampFailure") in open_now()
    assert Entry.objects.get(fact="FindingOpened", key=f"device:{tag}").at == NIGHT + TEN
    street.tell(NIGHT + timedelta(days=20), OFF, [tag])
    assert [t for t, _values in unheard([state_of(tag)])[state_of(tag).pk]] == [NIGHT + timedelta(days=20)]


def test_what_a_played_night_opened_is_closed_by_readings_alone_and_never_before_it_began(street, played):
    tag = street.tags[0]
    opened = DeviceFinding.objects.get().opened_at
    street.tell(DAY, OFF, [tag])
    judge_devices(at=DAY)
    assert open_now() == [(tag, "lampFailure")]
    street.tell(NIGHT, GOOD, [tag])
    judge_devices(at=NIGHT)
    assert open_now() == []
    closed = DeviceFinding.objects.get().closed_at
    assert closed == max(NIGHT, opened)
    assert Entry.objects.get(fact="FindingClosed").at == closed


def test_lamp_that_burns_by_day_is_seen_though_a_night_is_played_around_it(street, played):
    assert len(DeviceState.objects.filter(power_state="on")) == 10
    for n in range(4):
        street.tell(DAY + n * TEN, GOOD, [street.tags[1]])
    judge_devices(at=DAY + 3 * TEN)
    assert (street.tags[1], "lampUnexpectedOn") in open_now()


def test_storm_of_a_play_opens_nothing_though_some_lamps_live_by_the_day(street, played):
    DeviceFinding.objects.all().delete()
    DeviceState.objects.update(judged={})
    storm = played + timedelta(days=1) - 8 * HOUR
    street.tell(NOON, OFF, street.tags[:3])
    for n in range(9):
        street.say(storm + n * TEN, GOOD, street.tags[3:], at=NOON)
    assert open_now() == []


@pytest.fixture
def circuit(street):
    """The first six lamps hang on a cabinet."""
    place = {"district": District.objects.get(code="11200"), "tag": "11200-box-1", "name": "분전함"}
    cabinet = place_cabinet(by=None, at=NOON, **place)
    connect_lamps(by=None, cabinet=cabinet, lamps=Device.objects.filter(tag__in=street.tags[:6]), at=NOON)
    return cabinet


def test_lamp_of_a_played_cabinet_is_judged_by_its_own_clock(street, circuit):
    for n in range(3):
        street.say(NIGHT + AHEAD + n * TEN, GOOD, at=NOON)
    street.tell(NOON, OFF)
    assert judge_devices(at=NOON) == 0
    assert (open_now(), state_of(street.tags[0]).waiting) == ([], False)
    assert state_of(street.tags[0]).heard_at == NOON
    for n in range(3):
        street.say(NIGHT + AHEAD + (n + 3) * TEN, GOOD, street.tags[1:], at=NOON)
    assert open_now() == []


def test_cabinet_whose_lamps_go_back_to_the_day_is_judged_by_the_day(street, circuit):
    for n in range(3):
        street.say(NIGHT + AHEAD + n * TEN, GOOD, at=NOON)
    for n in range(4):
        street.tell(NIGHT + n * TEN, OFF, street.tags[:6])
        street.tell(NIGHT + n * TEN, GOOD, street.tags[6:])
        judge_devices(at=NIGHT + n * TEN)
    assert open_now() == [("11200-box-1", "supplyLoss")]


def test_page_and_memory_of_a_lamp_hold_the_readings_of_its_clock(street, played):
    device = Device.objects.get(tag=street.tags[1])
    street.tell(NOON, OFF, [device.tag])
    assert [row.t for row in readings_of(device, 10)] == [NOON]
    assert Observation.objects.filter(device=device, flags="past").count() == 3


def test_readings_of_the_other_clock_go_by_their_receipt(street, played):
    device = Device.objects.get(tag=street.tags[1])
    street.tell(NOON, OFF, [device.tag])
    street.say(NIGHT + timedelta(days=60), GOOD, [device.tag], at=NOON)
    forget_readings(at=NOON + HOUR)
    assert device.observations.filter(t=NOON).exists()
    forget_readings(at=NOON + HOUR + KEPT_OF_A_PLAY)
    assert not device.observations.filter(t=NOON).exists()
