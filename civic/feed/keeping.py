"""How long is an item kept? Seven days, in a demonstration hours, and as long as any consumer needs it; `Head` stays.

One that was set aside is needed until it has been run again or dismissed at the desk.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Min

from .models import Consumer, Head, Item, SetAside

KEPT = timedelta(days=settings.FEED_KEPT_DAYS)
_AT_ONCE = 5_000  # rows a statement; a longer one would hold up writers on SQLite


def trim(at: datetime) -> int:
    """Drop from the old end what is older than KEPT at `at` and needed by no consumer; returns how many."""
    last = _last_droppable(at)
    dropped = 0
    while True:
        ids = list(Item.objects.filter(seq__lte=last).order_by("seq").values_list("id", flat=True)[:_AT_ONCE])
        dropped += Item.objects.filter(id__in=ids).delete()[0]
        if len(ids) < _AT_ONCE:
            return dropped


def _last_droppable(at: datetime) -> int:
    """Numbers are dropped from the end without holes, so the first item young enough bounds it whatever follows."""
    recent = Item.objects.filter(at__range=(at - KEPT, at), seq__isnull=False)  # a played night may lie in the future
    young = recent.aggregate(first=Min("seq"))["first"]
    last = young - 1 if young else Head.objects.values_list("seq", flat=True).first() or 0
    needed = Consumer.objects.aggregate(slowest=Min("seq"))["slowest"]
    aside = SetAside.objects.aggregate(first=Min("item_seq"))["first"]
    bounds = [last, needed, None if aside is None else aside - 1]
    return min(bound for bound in bounds if bound is not None)
