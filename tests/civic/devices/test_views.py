"""Do readings come in over HTTP once each, whatever is sent, and are they answered only when they are kept?"""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from civic.clocks.now import database_now
from civic.devices import views
from civic.devices.actions import import_lights, issue_device_token, revoke_device_token
from civic.devices.models import Device, DeviceToken, Gateway, Observation, Streetlight
from civic.devices.official_list import read_list
from civic.feed.models import Item
from civic.ledger.models import Entry
from civic.places.models import District
from civic.refusals import Refused
from tests.civic.devices.conftest import HEADER, row
from tests.counting import cost
from tests.making import NOON, make_official

pytestmark = pytest.mark.django_db

ONE, TWO = "11200-01-17-01", "11200-01-17-02"
PATH = "/ingest/v1/observations"


@pytest.fixture
def lamps():
    """Two lamps of Seongdong and one of Guro."""
    for code, names in (("11200", ["01-17-01", "01-17-02"]), ("11530", ["01-01-01"])):
        text = "\n".join([HEADER, *map(row, names)])
        import_lights(district=District.objects.get(code=code), listed=read_list(text.encode()), at=NOON)


@pytest.fixture
def gateway(lamps):
    return issue_device_token(district=District.objects.get(code="11200"), at=NOON)


def post(token, body, client=None):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return (client or Client()).post(PATH, data, content_type="application/json", headers=headers)


def said(tag=ONE, mid="1", seconds=0, **values):
    t = database_now() + timedelta(seconds=seconds)
    return {"device": tag, "mid": mid, "t": t.isoformat(), "v": values or {"powerState": "on"}}


def answered(accepted=0, duplicate=0, late=0, rejected=()):
    return {"accepted": accepted, "duplicate": duplicate, "late": late, "rejected": list(rejected)}


def test_readings_are_kept_and_the_lamp_switches_in_the_feed(gateway):
    answer = post(gateway, [said(), said(TWO, powerState="off", current=0.0)])
    assert (answer.status_code, answer.json()) == (202, answered(accepted=2))
    items = {item.key: item.state["power"] for item in Item.objects.filter(kind="DeviceSwitched", audience="public")}
    assert items == {f"device:{ONE}": "on", f"device:{TWO}": "off"}
    assert dict(Device.objects.filter(state__isnull=False).values_list("tag", "state__power_state")) == {
        ONE: "on",
        TWO: "off",
        "11530-01-01-01": "",
    }


def test_reading_that_switches_nothing_writes_no_item(gateway):
    post(gateway, [said()])
    before = Item.objects.count()
    assert post(gateway, [said(mid="2", current=0.4), said(mid="3")]).json() == answered(accepted=2)
    assert Item.objects.count() == before


def test_readings_sent_twice_are_stored_once(gateway):
    batch = [said(seconds=-n, mid=str(n)) for n in range(5)]
    assert post(gateway, batch + batch[:2]).json() == answered(accepted=5, duplicate=2, late=4)
    assert post(gateway, batch).json() == answered(duplicate=5)
    assert Observation.objects.count() == 5


def test_same_reading_with_another_value_is_marked_and_the_first_kept(gateway):
    first = said(current=0.4)
    post(gateway, [first])
    assert post(gateway, [first | {"v": {"current": 9}}]).json() == answered(duplicate=1)
    assert Observation.objects.values_list("values", "flags").get() == ({"current": 0.4}, "conflict")


def test_late_reading_enters_history_and_moves_nothing_back(gateway):
    post(gateway, [said(powerState="on")])
    assert post(gateway, [said(mid="0", seconds=-60, powerState="off")]).json() == answered(accepted=1, late=1)
    assert Device.objects.get(tag=ONE).state.power_state == "on"
    assert Observation.objects.filter(late=True).count() == 1


def test_reading_from_the_future_counts_from_its_receipt(gateway):
    assert post(gateway, [said(seconds=3_600)]).json() == answered(accepted=1)
    assert Observation.objects.get().flags == "clock"
    assert Device.objects.get(tag=ONE).state.observed_at <= database_now()
    assert post(gateway, [said(mid="2", seconds=1, powerState="off")]).json() == answered(accepted=1)
    assert Device.objects.get(tag=ONE).state.power_state == "off"


def test_gateway_with_a_simulated_clock_lives_in_its_own_time(lamps):
    token = issue_device_token(district=District.objects.get(code="11200"), clock="simulated", at=NOON)
    later = said(seconds=86_400)
    assert post(token, [later]).json() == answered(accepted=1)
    assert Observation.objects.get().flags == ""
    assert Gateway.objects.get().clock_at.isoformat() == later["t"]
    assert Device.objects.get(tag=ONE).state.observed_at.isoformat() == later["t"]


def test_gateway_speaks_for_its_own_district_alone(gateway):
    Device.objects.filter(tag=TWO).update(retired_at=NOON)
    answer = post(gateway, [said("11530-01-01-01"), said("11200-99"), said(TWO), said(), {"device": ONE}])
    reasons = [(0, "not_yours"), (1, "unknown_device"), (2, "retired"), (4, "mid is not a text")]
    rejected = [{"index": index, "reason": reason} for index, reason in reasons]
    assert answer.json() == answered(accepted=1, rejected=rejected)


@pytest.mark.parametrize(("year", "t", "taken"), [
    ("2016", "2015-12-31T23:59:59+09:00", False),
    ("2016", "2016-01-01T00:00:00+09:00", True),
    ("2099", "2016-01-01T00:00:00+09:00", True),
])  # fmt: skip  # a table
def test_reading_older_than_the_lamp_is_rejected(gateway, year, t, taken):
    Streetlight.objects.filter(device__tag=ONE).update(installed_year=int(year))
    answer = post(gateway, [said() | {"t": t}, said(TWO)])
    rejected = [] if taken else [{"index": 0, "reason": "before_installed"}]
    assert answer.json() == answered(accepted=2 if taken else 1, rejected=rejected)


@pytest.mark.parametrize("year", [None, 2016])
def test_reading_of_the_end_of_the_calendar_stops_neither_its_batch_nor_a_page(gateway, year):
    Streetlight.objects.filter(device__tag=ONE).update(installed_year=year)
    ends = ["2999-12-31T23:59:59Z", "9999-12-31T14:59:59Z", "9999-12-31T20:00:00Z"]
    answer = post(gateway, [said(mid=t) | {"t": t} for t in ends] + [said(TWO)])
    assert (answer.json()["accepted"], [one["index"] for one in answer.json()["rejected"]]) == (2, [1, 2])
    assert Client().get(f"/devices/{ONE}/").status_code == 200


def test_device_speaks_for_itself_and_need_not_say_its_name(lamps):
    token = issue_device_token(device=Device.objects.get(tag=ONE), at=NOON)
    unnamed = {name: value for name, value in said().items() if name != "device"}
    answer = post(token, [unnamed, said(TWO)])
    assert answer.json() == answered(accepted=1, rejected=[{"index": 1, "reason": "not_yours"}])


def test_lines_are_taken_like_an_array_and_a_broken_one_is_named(gateway):
    body = json.dumps(said()).encode() + b"\nbroken\n" + json.dumps(said(TWO)).encode()
    assert post(gateway, body).json() == answered(accepted=2, rejected=[{"index": 1, "reason": "not JSON"}])


@pytest.mark.parametrize("token", ["", "wrong", "한글", "x" * 10_000])
def test_stranger_is_turned_away(lamps, token):
    answer = Client().post(PATH, b"[]", content_type="application/json", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")


def test_revoked_key_and_key_of_a_retired_device_are_turned_away(gateway):
    revoke_device_token(by=None, token=DeviceToken.objects.get(), at=NOON)
    own = issue_device_token(device=Device.objects.get(tag=ONE), at=NOON)
    Device.objects.filter(tag=ONE).update(retired_at=NOON)
    assert [post(gateway, [said()]).status_code, post(own, [said()]).status_code] == [401, 401]


HOSTILE = [b"", b"\xff\xfe", b"nonsense", b"[" * 50_000, b'[{"device":', b'{"a"', b"[" + b"1" * 5_000 + b"]"]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_body_that_is_no_list_is_answered_with_400(gateway, body):
    answer = post(gateway, body)
    assert (answer.status_code, answer.json()["code"]) == (400, "not_json")


@pytest.mark.parametrize("body", [b"[" + b"1," * 1_000 + b"1]", b" " * 1_000_001], ids=["readings", "bytes"])
def test_body_that_is_too_long_is_answered_with_413(gateway, body):
    assert (post(gateway, body).status_code, Observation.objects.count()) == (413, 0)


def test_items_of_any_shape_are_named_and_break_nothing(gateway):
    items = [None, 1, "x", [], {}, said() | {"v": {"a": "\ud800"}}, said() | {"mid": "\0"}, said()]
    answer = post(gateway, items)
    assert [answer.json()["accepted"], [r["index"] for r in answer.json()["rejected"]]] == [1, [0, 1, 2, 3, 4, 5, 6]]


def test_sender_that_is_too_fast_is_told_when_to_go_on(gateway, monkeypatch):
    monkeypatch.setattr(views, "MOST_OF_A_GATEWAY", 3)
    assert post(gateway, [said(mid=str(n)) for n in range(3)]).status_code == 202
    answer = post(gateway, [said(mid="4")])
    assert (answer.status_code, 1 <= int(answer["Retry-After"]) <= 60) == (429, True)
    assert Observation.objects.count() == 3


def test_only_post_is_answered(gateway):
    assert Client().get(PATH).status_code == 405


def test_keys_are_made_by_the_command_and_kept_as_a_digest(lamps, capsys):
    call_command("token", "--gateway", "11200", "--json")
    token = json.loads(capsys.readouterr().out)["token"]
    assert post(token, [said()]).status_code == 202
    call_command("token", "--device", ONE)
    own = capsys.readouterr().out.strip()
    assert post(own, [said(mid="2")]).status_code == 202
    assert not DeviceToken.objects.filter(digest__in=[token, own]).exists()


def test_leaked_key_is_listed_revoked_and_turned_away(lamps, gateway, capsys):
    issue_device_token(device=Device.objects.get(tag=ONE), at=NOON)
    call_command("token", "--list", "--json")
    keys = json.loads(capsys.readouterr().out)["keys"]
    assert [key["holder"] for key in keys] == [f"device:{ONE}", "gateway:11200"]
    assert post(gateway, [said()]).status_code == 202
    leaked = keys[1]["number"]
    call_command("token", "--revoke", str(leaked))
    assert post(gateway, [said(mid="2")]).status_code == 401
    call_command("token", "--list")
    assert "gateway:11200" not in capsys.readouterr().out.partition("works.")[2]
    with pytest.raises(CommandError, match=f"No key {leaked} works"):
        call_command("token", "--revoke", str(leaked))


def test_no_key_is_said_in_words(db, capsys):
    call_command("token", "--list")
    assert capsys.readouterr().out == "No key works.\n"


def test_list_of_keys_costs_the_same_for_one_and_for_thirty(lamps, capsys):
    spent = []
    for number in (1, 29):
        for _n in range(number):
            issue_device_token(device=Device.objects.get(tag=ONE), at=NOON)
        spent.append(cost(lambda: call_command("token", "--list")))
    assert spent[0] == spent[1]


@pytest.mark.parametrize("role", ["official", "admin"])
def test_key_is_revoked_by_those_who_arrange_lamps(gateway, role):
    revoke_device_token(by=make_official(role=role), token=DeviceToken.objects.get(), at=NOON)
    assert post(gateway, [said()]).status_code == 401
    assert Entry.objects.get(fact="DeviceTokenRevoked").data == {"holder": "gateway:11200"}


@pytest.mark.parametrize(("role", "code"), [("moderator", "11200"), ("official", "11530")])
def test_key_is_not_revoked_by_others(gateway, role, code):
    with pytest.raises(Refused, match="not_official"):
        revoke_device_token(by=make_official(code, role=role), token=DeviceToken.objects.get(), at=NOON)
    assert post(gateway, [said()]).status_code == 202


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate"])
def test_packed_readings_are_refused_before_anything_is_unpacked(gateway, coding):
    headers = {"Authorization": f"Bearer {gateway}", "Content-Encoding": coding}
    answer = Client().post(PATH, b"\x1f\x8b\x08", content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "packed")
