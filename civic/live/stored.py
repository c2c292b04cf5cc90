"""What does a reader get from the database? The poll endpoint asks here, and the Hub for readers its ring cannot serve.

A cursor at most FAR items behind gets each item; one further behind the newest per key, marked as coalesced.
"""

from django.db.models import Max, Q

from civic.feed.models import Item
from civic.feed.numbering import head
from civic.feed.reading import is_cut_off, items_after, last_at_or_before

from .cursors import Cursor
from .frames import Frame, frame_of, told
from .viewers import Viewer

FAR = 5_000
MOST = 1_000  # items a frame


def read(viewer: Viewer, cursor: Cursor) -> Frame | None:
    """The next frame after `cursor`, its text always there; None where the reader must reset."""
    last = head()
    if cursor.epoch != last.epoch or cursor.after > last.seq:
        return None
    coalesced = last.seq - cursor.after > FAR
    found = _newest_per_key(viewer, cursor.after, last.seq) if coalesced else _each(viewer, cursor.after, last.seq)
    if is_cut_off(cursor.after, last.seq):
        return None
    prev = last_at_or_before(cursor.after, seen_by=viewer.rows())
    items = [told(item) for item in found]
    upto = items[-1].seq if len(items) == MOST else last.seq
    return Frame(frame_of(last.epoch, upto, items, prev=prev, coalesced=coalesced), upto)


def _each(viewer: Viewer, after: int, last: int) -> list[Item]:
    return list(items_after(after, MOST, seen_by=viewer.rows() & Q(seq__lte=last)))


def _newest_per_key(viewer: Viewer, after: int, last: int) -> list[Item]:
    """In the order of their numbers, so that a full frame's last number is a cursor: every key before it is sent.

    What was numbered after `last` was read is left to the next frame: it would come again with that.
    """
    rows = Item.objects.filter(viewer.rows(), seq__gt=after, seq__lte=last).values("key").annotate(newest=Max("seq"))
    newest = rows.order_by("newest").values_list("newest", flat=True)[:MOST]
    return list(Item.objects.filter(seq__in=list(newest)).order_by("seq"))
