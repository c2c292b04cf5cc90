"""Does destroyed.log know of every leaving that the ledger tells? A lost or older file would bring the others back."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from civic.ledger.models import Entry
from civic.privacy.destroyed import LOST, PERSON, all_destroyed
from civic.privacy.facts import PersonErased


def unlisted_erasures() -> int:
    """How many erasures of the ledger stand in no line of the file, by their moment; an erasure anew has no line.

    Those of before somebody said that the file is lost are not counted: nothing brings their lines back.
    """
    lines = list(_lines())
    lost = max((at for noted, at in lines if noted["what"] == LOST), default=None)
    listed = Counter(at for _id, at in {(str(noted.get("id")), at) for noted, at in lines if noted["what"] == PERSON})
    told = Entry.objects.filter(key="people", fact=PersonErased.name(), data__by__in=["self", "clock"])
    moments = (told.filter(at__gt=lost) if lost else told).values_list("at", flat=True)
    return (Counter(moments) - listed).total()


def _lines() -> Iterator[tuple[dict[str, Any], datetime]]:
    """Those that say when."""
    for noted in all_destroyed():
        try:
            at = datetime.fromisoformat(str(noted.get("at")))
        except ValueError:
            continue
        if at.tzinfo is not None:
            yield noted, at
