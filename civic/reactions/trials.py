"""What follows when a pilot moves? Everyone who took part is told."""

from civic.feed.models import Item
from civic.ledger.facts import Fact
from civic.notifications.actions import notify_all
from civic.pilots.models import Pilot
from civic.pilots.queries import took_part


def tell_participants(fact: Fact, item: Item) -> None:
    """A line for the author, the supporters and those who spoke, each once."""
    pilot = Pilot.objects.select_related("proposal").filter(slug=fact.key.partition(":")[2]).first()
    if pilot is None or item.seq is None:
        return
    data = {"as": "part", **fact.codes()}
    notify_all(people=took_part(pilot), fact=fact.name(), key=fact.key, data=data, seq=item.seq, at=item.at)
