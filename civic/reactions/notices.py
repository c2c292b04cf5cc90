"""Who is told when something moves?"""

from civic.feed.models import Item
from civic.ledger.facts import Fact
from civic.notifications.actions import notify
from civic.proposals.models import Proposal


def tell_author(fact: Fact, item: Item) -> None:
    """A line in the inbox of the person who wrote the proposal, if there still is one."""
    proposal = Proposal.objects.select_related("author").filter(code=fact.key.partition(":")[2]).first()
    if proposal is None or proposal.author is None or item.seq is None:
        return
    data = {"title": proposal.title, **fact.codes()}
    notify(person=proposal.author, fact=fact.name(), key=fact.key, data=data, seq=item.seq, at=item.at)
