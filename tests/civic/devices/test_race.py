"""Is a reading stored once when several senders bring it at the same moment, and does the lamp switch once?"""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from civic.clocks.now import database_now
from civic.devices.actions import import_lights, issue_device_token
from civic.devices.models import Device, Observation
from civic.devices.official_list import read_list
from civic.feed.models import Item
from civic.places.models import District
from tests.civic.devices.conftest import HEADER, row

NUMBER = 40


def send(token, body):
    try:
        headers = {"Authorization": f"Bearer {token}"}
        answer = Client().post("/ingest/v1/observations", body, content_type="application/json", headers=headers)
        return answer.status_code, answer.json()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_same_batch_from_six_senders_at_once_is_stored_once():
    names = [f"01-17-{n:02}" for n in range(NUMBER)]
    district, at = District.objects.get(code="11200"), database_now()
    import_lights(district=district, listed=read_list("\n".join([HEADER, *map(row, names)]).encode()), at=at)
    token = issue_device_token(district=district, at=at)
    t = (at - timedelta(minutes=1)).isoformat()
    batch = [{"device": f"11200-{name}", "mid": "1", "t": t, "v": {"powerState": "on"}} for name in names]
    bodies = [json.dumps(batch if n % 2 else batch[::-1]) for n in range(6)]
    with ThreadPoolExecutor(6) as senders:
        answers = list(senders.map(send, [token] * 6, bodies))
    assert [status for status, _said in answers] == [202] * 6
    assert sum(said["accepted"] for _status, said in answers) == NUMBER
    assert sum(said["duplicate"] for _status, said in answers) == 5 * NUMBER
    assert Observation.objects.count() == NUMBER
    assert Item.objects.filter(kind="DeviceSwitched").count() == NUMBER
    assert Device.objects.filter(state__power_state="on").count() == NUMBER
