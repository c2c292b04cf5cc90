"""Does a listener hear a knock, and live on when its line is cut?"""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection

from civic.feed import wake
from civic.feed.listen import PostgresListener, RedisListener, SqliteListener, listener
from tests.civic.feed.writing import write
from tests.services import redis

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(60)]


def elsewhere(task: Callable[[], object]) -> None:
    """Run it on another thread's connection, a moment from now."""

    def run() -> None:
        time.sleep(0.2)
        task()
        connection.close()

    threading.Thread(target=run).start()


def hears_a_write(ears) -> None:
    ears.wait(0.1)  # a line that has just been opened may say that it does not know
    assert ears.wait(0.1) is False
    began = time.monotonic()
    elsewhere(lambda: write("thing:1"))
    assert ears.wait(5) is True
    assert time.monotonic() - began < 1.5
    ears.close()


def test_the_listener_of_this_installation_hears_a_write():
    hears_a_write(listener())


def test_the_listener_fits_the_installation(settings):
    settings.REDIS_URL = ""
    fitting = PostgresListener if connection.vendor == "postgresql" else SqliteListener
    assert isinstance(listener(), fitting)
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert isinstance(listener(), RedisListener)


@pytest.mark.postgresql
def test_notify_is_heard_where_there_is_no_redis(settings):
    settings.REDIS_URL = ""
    hears_a_write(PostgresListener())


@pytest.mark.postgresql
def test_a_cut_line_is_opened_again_and_hears(settings):
    settings.REDIS_URL = ""
    ears = PostgresListener()
    ears.wait(0.1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = %s", [f"LISTEN {wake.CHANNEL}"]
        )
    assert ears.wait(0.1) is False
    assert ears.wait(0.1) is True  # open again, and does not know what it has not heard
    hears_a_write(ears)


@pytest.mark.postgresql
def test_the_knock_of_ones_own_thread_is_no_news(settings):
    settings.REDIS_URL = ""
    ears = PostgresListener()
    ears.wait(0.1)
    write("thing:1")
    assert ears.wait(0.3) is False
    ears.close()


def test_a_redis_subscription_hears(settings):
    with redis() as settings.REDIS_URL:
        wake._redis.cache_clear()
        hears_a_write(RedisListener())
    wake._redis.cache_clear()


def test_a_redis_that_is_away_costs_a_writer_next_to_nothing(settings, monkeypatch):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(wake, "_silent_until", 0.0)
    wake._redis.cache_clear()
    wake.wake()
    began = time.monotonic()
    for _ in range(1_000):
        wake.wake()
    assert time.monotonic() - began < 0.5
    wake._redis.cache_clear()


def test_a_listener_without_redis_says_no_and_lives(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    ears = RedisListener()
    assert ears.wait(0.1) is False
    assert ears.wait(0.1) is False
    ears.close()
