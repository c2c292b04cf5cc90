"""Who is told of a check at the counter? Whose account it was: nobody else may be checked in their place unnoticed."""

from civic.feed.models import Item
from civic.ledger.facts import Fact
from civic.ledger.models import EntryPrivate
from civic.notifications.actions import notify_all


def tell_checked(fact: Fact, item: Item) -> None:
    """A line for the account's owner where somebody in office acted; what one did oneself one knows."""
    if item.seq is None:
        return
    private = EntryPrivate.objects.filter(entry=item.entry)
    parts = {fields.get("as"): person for fields, person in private.values_list("fields", "person_id")}
    if "officer" in parts and "holder" in parts:
        data = {"as": "holder", **fact.codes()}
        notify_all(people=[parts["holder"]], fact=fact.name(), key=fact.key, data=data, seq=item.seq, at=item.at)
