"""Who is told in office? The officials of the department that has the word now, and whoever was given a role."""

from typing import Any

from civic.clocks.deadlines import SEOUL
from civic.faults.facts import FaultOpened
from civic.faults.models import Fault, Source
from civic.feed.models import Item
from civic.ledger.facts import Fact
from civic.ledger.models import EntryPrivate
from civic.notifications.actions import notify_all, notify_of_one_more
from civic.people.facts import RoleExpired, RoleGranted
from civic.people.queries import holders_over
from civic.people.roles import Official
from civic.proposals.models import Proposal

_MODELS: dict[str, type[Proposal | Fault]] = {"proposal": Proposal, "fault": Fault}


def tell_department(fact: Fact, item: Item) -> None:
    """A line for each official who can act on the proposal or fault where it is now: of its department, or above it.

    What sensors find is one line a day and department, which counts: each of them stands at the desk by its due time.
    """
    kind, _colon, code = fact.key.partition(":")
    concerned = _MODELS[kind].objects.filter(code=code).first()
    if concerned is None or item.seq is None:
        return
    people = holders_over(Official.code, concerned.scope, at=item.at)
    line: dict[str, Any] = {"fact": fact.name(), "key": fact.key, "seq": item.seq, "at": item.at}
    if isinstance(fact, FaultOpened) and fact.source == Source.SENSOR:
        day = item.at.astimezone(SEOUL).date().isoformat()
        data = {"as": "official", "source": fact.source, "where": concerned.scope, "day": day}
        notify_of_one_more(people=people, data=data, **line)
    else:
        notify_all(people=people, data={"as": "official", **fact.codes()}, **line)


def tell_holder(fact: Fact, item: Item) -> None:
    """A line for whoever a person in office gave a role or took it from, whose role ran out, or whose keys stopped."""
    if item.seq is None:
        return
    private = EntryPrivate.objects.filter(entry=item.entry)
    parts = {fields.get("as"): (person, fields) for fields, person in private.values_list("fields", "person_id")}
    stopped = isinstance(fact, RoleGranted) and fact.stopped
    if "holder" in parts and ("grantor" in parts or isinstance(fact, RoleExpired) or stopped):
        person, fields = parts["holder"]
        data = {"as": "grantee", **fact.codes(), **{name: fields[name] for name in ("reason",) if name in fields}}
        notify_all(people=[person], fact=fact.name(), key=fact.key, data=data, seq=item.seq, at=item.at)
