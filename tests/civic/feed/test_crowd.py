"""Does a reader of numbers miss an item while many write?"""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from civic.feed.models import Item
from civic.feed.numbering import head, number_items
from civic.feed.reading import items_after
from tests.civic.feed.crowd import gather
from tests.civic.feed.writing import write

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]


def agrees(crowd) -> bool:
    """Everything was seen once, under numbers without a hole."""
    return sorted(crowd.by_number) == sorted(crowd.written) and crowd.numbers == list(range(1, len(crowd.written) + 1))


def test_writers_at_once_and_a_reader_agree():
    assert agrees(gather(writers=6, each=20, delay=0))


@pytest.mark.postgresql
def test_32_writers_that_commit_late_and_a_reader_agree():
    crowd = gather(writers=32, each=63, delay=0.02)
    assert len(crowd.written) == 2_016
    assert crowd.missed(crowd.by_number) == set()
    assert agrees(crowd)


@pytest.mark.postgresql
def test_an_item_that_commits_late_is_missed_by_id_and_found_by_number():
    before, numbered = _last_id(), head().seq
    has_id, may_commit = threading.Event(), threading.Event()

    def write_late() -> None:
        try:
            with transaction.atomic():
                write("thing:late")
                has_id.set()
                assert may_commit.wait(20)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(write_late)
        assert has_id.wait(20)
        write("thing:early")  # a higher id, committed first
        number_items()
        ids = list(Item.objects.filter(id__gt=before).order_by("id").values_list("id", "key"))
        numbers = [(item.seq, item.key) for item in items_after(numbered, 10)]
        assert [key for _, key in ids] == [key for _, key in numbers] == ["thing:early"]
        may_commit.set()
        late.result()
    number_items()
    assert not Item.objects.filter(id__gt=ids[-1][0]).exists(), "by id the late item is never found"
    assert [item.key for item in items_after(numbers[-1][0], 10)] == ["thing:late"]


@pytest.mark.postgresql
def test_a_numberer_that_finds_the_lock_taken_does_not_wait():
    write("thing:1")
    locked, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [0x11AB_FEED])
                locked.set()
                done.wait(20)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        assert locked.wait(20)
        assert number_items() == 0
        done.set()
        holding.result()
    assert number_items() == 1


def _last_id() -> int:
    return Item.objects.order_by("-id").values_list("id", flat=True).first() or 0
