"""Does the reading thread hand on each item once, and start anew in a new epoch?"""

import time
from collections.abc import Callable, Iterator, Sequence

import pytest

from civic.feed.models import Head, new_epoch
from civic.feed.numbering import head
from civic.live.frames import Told
from civic.live.ring import Ring
from civic.live.tail import Tail
from tests.civic.feed.writing import write

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(60)]


class Taken:
    """What a Hub would get."""

    def __init__(self) -> None:
        self.rings: list[Ring] = []
        self.items: list[int] = []
        self.upto: list[int] = []

    def extend(self, items: Sequence[Told], upto: int) -> None:
        self.items += [item.seq for item in items]
        self.upto.append(upto)


@pytest.fixture
def taken() -> Iterator[Taken]:
    taken = Taken()
    tail = Tail(taken.rings.append, taken.extend)
    tail.start()
    wait_for(lambda: taken.rings)
    yield taken
    tail.stop()
    tail.join(10)
    assert not tail.is_alive()


def wait_for(true: Callable[[], object]) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_the_ring_begins_at_the_head_and_items_come_numbered_in_order(taken: Taken):
    first = taken.rings[0]
    assert (first.epoch, first.last) == (head().epoch, head().seq)
    for place in range(3):
        write(f"thing:{place}")
    wait_for(lambda: len(taken.items) == 3)
    assert taken.items == [first.last + place for place in (1, 2, 3)]
    assert taken.upto[-1] == head().seq
    assert len(taken.rings) == 1


def test_a_new_epoch_fills_another_ring_and_reading_goes_on(taken: Taken):
    Head.objects.update(epoch=new_epoch())
    wait_for(lambda: len(taken.rings) == 2)
    assert taken.rings[1].epoch == head().epoch
    write("thing:1")
    wait_for(lambda: taken.items == [taken.rings[1].last + 1])


def test_more_than_a_ring_holds_fills_another(taken: Taken, monkeypatch):
    monkeypatch.setattr("civic.live.tail.FAR", 1)
    Head.objects.update(seq=head().seq + 5)
    wait_for(lambda: len(taken.rings) == 2)
    assert taken.items == []
