"""What stands in the feed after a number, and what is the oldest there?"""

from django.db.models import Q, QuerySet

from .models import Item


def items_after(seq: int, limit: int, *, seen_by: Q | None = None) -> QuerySet[Item]:
    """Numbered items after `seq` in their order, at most `limit`, narrowed to what `seen_by` lets through."""
    rows = Item.objects.filter(seq__gt=seq)
    return (rows.filter(seen_by) if seen_by is not None else rows).order_by("seq")[:limit]


def last_at_or_before(seq: int, *, seen_by: Q) -> int:
    """The number of the newest item at or before `seq` among those `seen_by` lets through; 0 if there is none."""
    rows = Item.objects.filter(seen_by, seq__lte=seq).order_by("-seq").values_list("seq", flat=True)
    return rows.first() or 0


def oldest_seq() -> int | None:
    """The first number that is still kept, or None where no numbered item is kept."""
    return Item.objects.filter(seq__isnull=False).order_by("seq").values_list("seq", flat=True).first()


def is_cut_off(after: int, last: int) -> bool:
    """Has something after `after` been trimmed? Ask after reading, so that a trim meanwhile shows."""
    oldest = oldest_seq()
    return after < last and (oldest is None or after + 1 < oldest)
