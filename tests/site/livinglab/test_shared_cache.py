"""Does the shared table keep what has not run out, however much a stranger puts beside it?"""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection

from civic.clocks.now import database_now
from livinglab.shared_cache import SharedCache, clear_cache

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(settings):
    settings.CACHES = {"default": {"BACKEND": "livinglab.shared_cache.SharedCache", "LOCATION": "shared_cache"}}
    call_command("createcachetable", verbosity=0)
    return caches["default"]


def rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shared_cache")
        return int(cursor.fetchone()[0])


def test_hundreds_of_others_wash_out_nothing(shared):
    assert isinstance(shared, SharedCache)
    shared.set("a-limit", 5, 600)
    for n in range(700):  # Django's own table drops a third beyond 300
        shared.set(f"other-{n}", n, 600)
    assert shared.get("a-limit") == 5


def test_what_ran_out_is_dropped_and_the_rest_stays(shared):
    shared.set("short", 1, 5)
    shared.set("long", 2, 600)
    shared.set("for-ever", 3, None)
    assert clear_cache(database_now() + timedelta(seconds=60)) == 1
    assert rows() == 2
    assert (shared.get("long"), shared.get("for-ever")) == (2, 3)


def test_cache_that_forgets_by_itself_is_left_alone():
    assert clear_cache(database_now()) == 0
