"""Does a consumer see each item once, whatever fails?"""

import pytest
from django.db import OperationalError

from civic.feed.consume import drop_consumers, enlist, run_consumer
from civic.feed.models import Consumer, Item, SetAside
from civic.feed.numbering import head, number_items
from tests.civic.feed.writing import NOON, write

pytestmark = pytest.mark.django_db
NAME = "tests.reaction"
KINDS = {"ThingMoved"}


class Ear:
    """Remembers what it was handed; fails for the keys it is told to fail for."""

    def __init__(self, *, failing: dict[str, Exception] | None = None) -> None:
        self.heard: list[str] = []
        self.failing = failing or {}

    def __call__(self, item: Item) -> None:
        self.heard.append(item.key)
        if item.key in self.failing:
            raise self.failing[item.key]


def run(ear: Ear) -> int:
    return run_consumer(NAME, ear, KINDS, at=NOON)


def test_a_consumer_met_for_the_first_time_begins_at_the_head():
    write("thing:before")
    number_items()
    ear = Ear()
    assert run(ear) == 0
    write("thing:after")
    number_items()
    assert run(ear) == 1
    assert ear.heard == ["thing:after"]


def test_an_enlisted_consumer_hears_each_item_of_its_kinds_once():
    enlist([NAME])
    write("thing:1")
    write("thing:2", kind="OtherKind")
    write("thing:3")
    number_items()
    ear = Ear()
    assert run(ear) == 2
    assert run(ear) == 0
    assert ear.heard == ["thing:1", "thing:3"]
    assert Consumer.objects.get(name=NAME).seq == head().seq


def test_more_than_a_batch_is_handled_in_one_run(monkeypatch):
    monkeypatch.setattr("civic.feed.consume.BATCH", 2)
    enlist([NAME])
    for place in range(5):
        write(f"thing:{place}")
    number_items()
    ear = Ear()
    assert run(ear) == 5
    assert ear.heard == [f"thing:{place}" for place in range(5)]


def test_a_poison_item_is_set_aside_with_its_error_and_the_rest_goes_on():
    enlist([NAME])
    for place in range(3):
        write(f"thing:{place}")
    number_items()
    ear = Ear(failing={"thing:1": ValueError("cannot read that")})
    assert run(ear) == 3
    aside = SetAside.objects.get()
    assert (aside.consumer, aside.key, aside.kind, aside.at) == (NAME, "thing:1", "ThingMoved", NOON)
    assert aside.error.endswith("ValueError: cannot read that\n")
    assert run(ear) == 0


def test_a_poison_items_own_writes_are_undone():
    enlist([NAME])
    write("thing:1")
    number_items()

    def write_and_fail(item: Item) -> None:
        Consumer.objects.create(name="half-done")
        raise ValueError("too late")

    run_consumer(NAME, write_and_fail, KINDS, at=NOON)
    assert not Consumer.objects.filter(name="half-done").exists()


def test_a_failing_database_is_no_poison_and_the_batch_is_kept():
    enlist([NAME])
    write("thing:1")
    number_items()
    ear = Ear(failing={"thing:1": OperationalError("the disk is full")})
    with pytest.raises(OperationalError):
        run(ear)
    assert SetAside.objects.count() == 0
    ear.failing = {}
    assert run(ear) == 1


def test_a_cursor_passes_over_items_of_other_kinds_in_the_end(monkeypatch):
    monkeypatch.setattr("civic.feed.consume._IDLE", 2)
    enlist([NAME])
    for place in range(3):
        write(f"thing:{place}", kind="OtherKind")
    number_items()
    assert run(Ear()) == 0
    assert Consumer.objects.get(name=NAME).seq == head().seq


def test_enlisting_again_moves_no_cursor():
    Consumer.objects.create(name=NAME, seq=0)
    write("thing:1")
    number_items()
    enlist([NAME])
    assert Consumer.objects.get(name=NAME).seq == 0


def test_cursors_of_reactions_that_are_gone_are_dropped():
    enlist([NAME, "tests.gone"])
    drop_consumers(not_in=[NAME])
    assert list(Consumer.objects.values_list("name", flat=True)) == [NAME]


def test_error_that_is_kept_quotes_no_row_and_no_address():
    enlist([NAME])
    write("thing:1")
    number_items()
    run(Ear(failing={"thing:1": ValueError("Failing row contains (1, 홍길동, a.b@example.org, 010-1234-5678)")}))
    error = SetAside.objects.get().error
    assert "ValueError" in error
    assert not any(word in error for word in ("홍길동", "a.b@", "010-1234"))
