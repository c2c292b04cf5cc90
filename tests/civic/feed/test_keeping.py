"""What does trimming leave?"""

from datetime import timedelta

import pytest

from civic.feed.keeping import KEPT, trim
from civic.feed.models import Consumer, Item, SetAside
from civic.feed.numbering import head, number_items
from tests.civic.feed.writing import NOON, write

pytestmark = pytest.mark.django_db
LATER = NOON + KEPT + timedelta(seconds=1)


def kept() -> list[str]:
    return list(Item.objects.order_by("id").values_list("key", flat=True))


def test_items_older_than_seven_days_go_and_the_head_stays():
    write("thing:old")
    write("thing:young", at=NOON + timedelta(days=1))
    number_items()
    last = head().seq
    assert trim(LATER) == 1
    assert kept() == ["thing:young"]
    assert head().seq == last


def test_an_old_item_behind_a_young_one_stays_so_that_no_hole_opens():
    write("thing:young", at=NOON + timedelta(days=1))
    write("thing:old")
    number_items()
    assert trim(LATER) == 0
    assert kept() == ["thing:young", "thing:old"]


def test_what_a_consumer_has_not_read_stays():
    write("thing:1")
    write("thing:2")
    number_items()
    Consumer.objects.all().delete()
    Consumer.objects.create(name="slow", seq=head().seq - 1)
    assert trim(LATER) == 1
    assert kept() == ["thing:2"]


def test_an_unnumbered_item_stays_however_old():
    write("thing:1")
    assert trim(LATER) == 0
    assert kept() == ["thing:1"]


def test_what_was_set_aside_stays_until_somebody_has_looked():
    write("thing:1")
    aside = write("thing:2")
    write("thing:3")
    number_items()
    Consumer.objects.all().delete()
    aside.refresh_from_db()
    row = SetAside.objects.create(
        consumer="tests.reaction", item_seq=aside.seq, kind=aside.kind, key=aside.key, error="-", at=NOON
    )
    trim(LATER)
    assert kept() == ["thing:2", "thing:3"]
    row.delete()
    trim(LATER)
    assert kept() == []
