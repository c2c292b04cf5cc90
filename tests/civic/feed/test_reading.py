"""What does a reader find after its number?"""

import pytest
from django.db.models import Q

from civic.feed.numbering import head, number_items
from civic.feed.reading import is_cut_off, items_after, last_at_or_before, oldest_seq
from tests.civic.feed.writing import write

pytestmark = pytest.mark.django_db
PUBLIC = Q(audience="public")


@pytest.fixture
def three() -> int:
    """Three items, the second for staff; the number before the first."""
    before = head().seq
    write("thing:1")
    write("thing:2", audience="staff")
    write("thing:3")
    number_items()
    return before


def test_items_after_come_in_order_and_no_more_than_asked(three: int):
    assert [item.key for item in items_after(three, 10)] == ["thing:1", "thing:2", "thing:3"]
    assert [item.key for item in items_after(three + 1, 1)] == ["thing:2"]


def test_items_after_leaves_out_what_is_not_seen(three: int):
    assert [item.key for item in items_after(three, 10, seen_by=PUBLIC)] == ["thing:1", "thing:3"]


def test_an_unnumbered_item_is_not_read(three: int):
    write("thing:4")
    assert items_after(three + 3, 10).count() == 0


def test_last_at_or_before_skips_what_is_not_seen(three: int):
    assert last_at_or_before(three + 2, seen_by=PUBLIC) == three + 1
    assert last_at_or_before(three + 3, seen_by=PUBLIC) == three + 3


def test_a_reader_before_the_oldest_is_cut_off_and_one_at_it_is_not(three: int):
    items_after(three, 1)
    oldest = oldest_seq()
    assert oldest is not None
    assert is_cut_off(oldest - 2, three + 3)
    assert not is_cut_off(oldest - 1, three + 3)
    assert not is_cut_off(three + 3, three + 3)


def test_a_reader_of_an_emptied_feed_is_cut_off_unless_it_has_read_all():
    assert oldest_seq() is None
    assert is_cut_off(4, 5)
    assert not is_cut_off(5, 5)
