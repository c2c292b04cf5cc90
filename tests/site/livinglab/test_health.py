"""Do machines that watch get the truth, and nobody else the figures?"""

import time
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from civic.clocks.now import database_now
from civic.devices.models import Gateway
from civic.feed.numbering import number_items
from civic.feed.write import append
from livinglab import pulse
from livinglab.pulse import LATE, feed_moves_within
from tests.lamps import gateway

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> pulse.Watch:
    """This process has looked at no feed yet."""
    monkeypatch.setattr(pulse, "watch", pulse.Watch())
    return pulse.watch


def _append(age: timedelta = timedelta()) -> None:
    append(key="thing:1", kind="Something", at=database_now() - age, state={}, audience="public")


def test_healthz_asks_the_database_nothing(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"alive\n")


def test_readyz_with_a_feed_that_moves_is_ready(client: Client) -> None:
    _append()
    number_items()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready\n")
    assert "no-store" in answer["Cache-Control"]


def test_readyz_with_an_item_that_was_dated_back_is_ready(client: Client, watch: pulse.Watch) -> None:
    _append(timedelta(days=30))
    assert client.get("/readyz").status_code == 200
    watch.since -= LATE.total_seconds() / 2
    assert client.get("/readyz").status_code == 200


def test_readyz_with_another_item_first_in_line_is_ready(client: Client, watch: pulse.Watch) -> None:
    _append()
    client.get("/readyz")
    watch.since -= LATE.total_seconds() * 2
    number_items()
    _append()
    assert client.get("/readyz").status_code == 200


def test_feed_that_moves_is_known_within_a_moment() -> None:
    assert feed_moves_within(0.0)
    _append(timedelta(days=30))
    began = time.monotonic()
    assert not feed_moves_within(0.3)
    assert time.monotonic() - began >= 0.3


def test_readyz_without_its_database_tells_strangers_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone() -> None:
        raise OperationalError('connection to server at "10.1.2.3", port 5432 failed')

    monkeypatch.setattr(connection, "cursor", gone)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"The database does not answer.\n")
    assert "10.1.2.3" in caplog.text


def test_readyz_with_an_item_that_waits_says_what_to_start(client: Client, watch: pulse.Watch) -> None:
    _append()
    client.get("/readyz")
    watch.since -= LATE.total_seconds() * 2
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.content.decode() == "1 feed items wait for a number: is `livinglab worker` running?\n"


def test_metrics_on_this_machine_hold_the_feed(client: Client) -> None:
    _append()
    lines = client.get("/metrics").content.decode().splitlines()
    assert "livinglab_feed_unnumbered 1" in lines
    assert "livinglab_set_aside 0" in lines
    assert "livinglab_gateways_silent 0" in lines


def test_metrics_tell_how_long_a_gateway_has_been_silent(client: Client) -> None:
    gateway()
    Gateway.objects.update(heard_at=database_now() - timedelta(hours=27))
    lines = client.get("/metrics").content.decode().splitlines()
    [told] = [line for line in lines if line.startswith('livinglab_gateway_heard_seconds{district="11200"}')]
    assert 27 * 3600 <= float(told.split()[-1]) < 27 * 3600 + 60
    assert "livinglab_gateways_silent 1" in lines


@pytest.mark.parametrize(
    ("headers", "address", "status"),
    [
        ({}, "127.0.0.1", 200),
        ({}, "::1", 200),
        ({}, "192.0.2.7", 403),
        ({"x-forwarded-for": "192.0.2.7"}, "127.0.0.1", 403),
        ({"authorization": "Bearer watch-lamp"}, "192.0.2.7", 200),
        ({"authorization": "Bearer other"}, "192.0.2.7", 403),
        ({"authorization": "Bearer "}, "192.0.2.7", 403),
    ],
)
def test_metrics_are_for_this_machine_or_the_token(
    client: Client, settings: Settings, headers: dict[str, str], address: str, status: int
) -> None:
    settings.METRICS_TOKEN = "watch-lamp"
    assert client.get("/metrics", headers=headers, REMOTE_ADDR=address).status_code == status


def test_metrics_without_a_token_set_refuse_an_empty_one(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    answer = client.get("/metrics", headers={"authorization": "Bearer "}, REMOTE_ADDR="192.0.2.7")
    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["healthz", "readyz", "metrics"])
def test_health_takes_no_post(client: Client, name: str) -> None:
    assert client.post(reverse(name)).status_code == 405


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_whoever_watches_by_the_number_of_the_machine_is_answered(
    client: Client, settings: Settings, path: str
) -> None:
    settings.ALLOWED_HOSTS = ["site.example"]
    assert client.get(path, headers={"host": "10.0.0.7:8000"}).status_code == 200
    assert client.get("/overdue/", headers={"host": "10.0.0.7:8000"}).status_code == 400
