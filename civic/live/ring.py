"""What does a process remember of the newest items? The last 5,000, encoded, for as many readers as there are."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from .frames import Frame, Told, frame_of
from .stored import FAR, MOST
from .viewers import Viewer

_SLACK = 1_000  # dropped at once, so that not every item costs a copy


class Ring:
    """Items in the order of their numbers. `floor` is the last number before the first of them."""

    def __init__(self, epoch: str, floor: int) -> None:
        self.epoch = epoch
        self.floor = floor
        self.last = floor
        self._items: list[Told] = []
        self._seqs: list[int] = []
        self._before = {Viewer(): 0, Viewer(staff=True): 0}  # number of the newest item below the floor, as each sees
        self._recipients: Counter[str] = Counter()

    def add(self, items: Sequence[Told], upto: int) -> None:
        """Append what was read up to the number `upto`."""
        self._items.extend(items)
        self._seqs.extend(item.seq for item in items)
        self._recipients.update(item.recipient for item in items if item.recipient)
        self.last = upto
        if len(self._items) > FAR + _SLACK:
            self._drop(len(self._items) - FAR)

    def sharing(self, viewer: Viewer) -> Viewer:
        """The widest viewer that gets the same frames: most signed-in people have nothing of their own in here."""
        return viewer if viewer.person in self._recipients else viewer.in_common()

    def frame(self, viewer: Viewer, after: int, upto: int) -> Frame:
        """What `viewer` gets after `after` and up to `upto`, at most MOST items; `after` is not below the floor."""
        start, end = bisect_right(self._seqs, after), bisect_right(self._seqs, upto)
        seen = []
        for item in self._items[start:end]:
            if viewer.sees(item.audience, item.recipient):
                seen.append(item)
                if len(seen) == MOST:
                    upto = item.seq
                    break
        if not seen:
            return Frame(None, upto)
        return Frame(frame_of(self.epoch, upto, seen, prev=self._seen_before(viewer, start)), upto)

    def remember_before(self, viewer: Viewer, seq: int) -> None:
        """What `viewer` saw last at or below the floor, read once when the ring is filled."""
        self._before[viewer] = seq

    def _seen_before(self, viewer: Viewer, start: int) -> int:
        for place in range(start - 1, -1, -1):
            item = self._items[place]
            if viewer.sees(item.audience, item.recipient):
                return item.seq
        return self._before[viewer.in_common()]

    def _drop(self, count: int) -> None:
        dropped = self._items[:count]
        for viewer in self._before:
            seen = (item.seq for item in reversed(dropped) if viewer.sees(item.audience, item.recipient))
            self._before[viewer] = next(seen, self._before[viewer])
        self._recipients -= Counter(item.recipient for item in dropped if item.recipient)
        self.floor = dropped[-1].seq
        del self._items[:count], self._seqs[:count]
