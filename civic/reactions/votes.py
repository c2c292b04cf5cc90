"""Who is told of a vote? Who took part in it, and who took part in the proposals it is about."""

from uuid import UUID

from django.db.models import Q

from civic.feed.models import Item
from civic.ledger.facts import Fact
from civic.notifications.actions import notify_all
from civic.people.models import Person
from civic.proposals.models import Proposal, Support
from civic.voting.queries import subjects, voters


def tell_voters(fact: Fact, item: Item) -> None:
    """A line for each person who cast a ballot: that there is a result, and nothing about the ballot."""
    if item.seq is None:
        return
    data = {"as": "voter", **fact.codes()}
    notify_all(people=voters(fact.key), fact=fact.name(), key=fact.key, data=data, seq=item.seq, at=item.at)


def tell_proposers(fact: Fact, item: Item) -> None:
    """A line for whoever wrote or supports a proposal that is on the ballot; a voter among them is told once."""
    if item.seq is None:
        return
    data = {"as": "proposer", **fact.codes()}
    people = _people_of(subjects(fact.key))
    notify_all(people=people, fact=fact.name(), key=fact.key, data=data, seq=item.seq, at=item.at)


def _people_of(keys: list[str]) -> list[UUID]:
    codes = [key.partition(":")[2] for key in keys if key.startswith("proposal:")]
    written = Proposal.objects.filter(code__in=codes, author__isnull=False).values("author")
    supported = Support.objects.filter(proposal__code__in=codes).values("person")
    return list(Person.objects.filter(Q(pk__in=written) | Q(pk__in=supported)).values_list("pk", flat=True))
