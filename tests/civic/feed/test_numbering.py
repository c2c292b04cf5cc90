"""Does a reader of numbers ever miss an item?"""

import pytest

from civic.feed.models import Item
from civic.feed.numbering import head, number_items
from tests.civic.feed.writing import write

pytestmark = pytest.mark.django_db


def numbers() -> list[int | None]:
    return list(Item.objects.order_by("id").values_list("seq", flat=True))


def test_items_get_numbers_without_holes_in_the_order_they_were_written():
    first = head().seq
    for place in range(3):
        write(f"thing:{place}")
    assert number_items() == 3
    assert numbers()[-3:] == [first + 1, first + 2, first + 3]
    assert head().seq == first + 3


def test_numbering_nothing_changes_nothing():
    before = head()
    assert number_items() == 0
    assert (head().epoch, head().seq) == (before.epoch, before.seq)


def test_numbers_go_on_from_the_head_when_the_newest_items_are_gone():
    write("thing:1")
    number_items()
    last = head().seq
    Item.objects.filter(seq=last).delete()
    write("thing:2")
    number_items()
    assert head().seq == last + 1
    assert Item.objects.get(key="thing:2").seq == last + 1


def test_more_than_one_batch_is_numbered_in_one_call(monkeypatch):
    monkeypatch.setattr("civic.feed.numbering.BATCH", 2)
    first = head().seq
    for place in range(5):
        write(f"thing:{place}")
    assert number_items() == 5
    assert numbers()[-5:] == [first + place for place in range(1, 6)]
