"""What follows from a check and from its end? Whose account it was is told; open voices that rested on it go."""

from datetime import datetime
from uuid import UUID

from civic.feed.models import Item
from civic.ledger.facts import Fact
from civic.ledger.models import EntryPrivate
from civic.notifications.actions import notify_all
from civic.people.models import Person
from civic.proposals.actions import withdraw_support
from civic.proposals.queries import supported_while_open
from civic.refusals import Refused
from civic.voting.actions import withdraw_ballot
from civic.voting.queries import open_rounds_of
from civic.voting.rules import why_not_vote


def tell_checked(fact: Fact, item: Item) -> None:
    """A line for the account's owner where somebody in office acted; what one did oneself one knows."""
    if item.seq is None:
        return
    parts = _parts(item)
    if "officer" in parts and "holder" in parts:
        data = {"as": "holder", **fact.codes()}
        notify_all(people=[parts["holder"]], fact=fact.name(), key=fact.key, data=data, seq=item.seq, at=item.at)


def take_voices_out(fact: Fact, item: Item) -> None:
    """A check that was taken back takes along what needed it and is still open: the person may be checked elsewhere."""
    holders = [person for role, person in _parts(item).items() if role == "holder"]
    for person in Person.objects.filter(pk__in=holders):
        _take_ballots(person, item.at)
        _take_supports(person, item.at)


def _take_ballots(person: Person, at: datetime) -> None:
    for round in open_rounds_of(person, at=at):
        if why_not_vote(person, round, at=at):
            try:
                withdraw_ballot(by=person, round=round, at=at)
            except Refused:  # closed in this very moment, and taken out by the closing itself
                continue


def _take_supports(person: Person, at: datetime) -> None:
    for proposal in supported_while_open(person, at=at):
        if person.level < proposal.policy.support_level:
            try:
                withdraw_support(by=person, proposal=proposal, at=at)
            except Refused:
                continue


def _parts(item: Item) -> dict[str, UUID]:
    """Who was what in it; empty where they have left since."""
    private = EntryPrivate.objects.filter(entry=item.entry)
    return {fields["as"]: person for fields, person in private.values_list("fields", "person_id")}
