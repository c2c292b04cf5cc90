"""Is every act counted once, whoever counts it, and forgotten when its stretch is over?"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from civic.limits.actions import count_act, forget_counts
from civic.limits.models import WriteCount
from tests.making import NOON
from tests.services import redis

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_table(settings):
    """Whatever the machine of the tests has."""
    settings.REDIS_URL = ""


def counted(who="person:1", what="post", *, at=NOON, number=1):
    return count_act(who=who, what=what, seconds=60, number=number, at=at)


def test_count_goes_up_by_what_was_done_and_says_how_long_the_stretch_lasts():
    assert [counted(), counted(number=3), counted(at=NOON + timedelta(seconds=59))] == [(1, 60), (4, 60), (5, 1)]


def test_count_of_somebody_else_of_something_else_and_of_the_next_stretch_is_another():
    counted()
    others = [counted("person:2"), counted(what="support"), counted(at=NOON + timedelta(seconds=60))]
    assert [number for number, _left in others] == [1, 1, 1]


def test_row_tells_nobody_who_did_what():
    counted("address:192.0.2.1", "post")
    [row] = WriteCount.objects.all()
    assert (len(row.key), "192.0.2.1" in row.key, row.until) == (64, False, NOON + timedelta(seconds=60))


def test_stretch_that_is_over_is_forgotten():
    counted()
    counted(at=NOON + timedelta(seconds=60))
    assert forget_counts(at=NOON + timedelta(seconds=61)) == 1
    assert WriteCount.objects.count() == 1


def test_count_costs_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        counted()


@pytest.mark.django_db(transaction=True)
def test_what_many_count_at_once_is_counted_once_each():
    def hurry(_n):
        try:
            return counted()[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        assert sorted(crowd.map(hurry, range(40))) == list(range(1, 41))


def test_redis_counts_where_there_is_one(settings):
    with redis() as address:
        settings.REDIS_URL = address
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": address}}
        with ThreadPoolExecutor(8) as crowd:
            numbers = sorted(number for number, _left in crowd.map(lambda _n: counted(), range(40)))
        assert numbers == list(range(1, 41))
        assert not WriteCount.objects.exists()
