"""What follows from a finding, and who is told of a fault? The device's fault; everybody who reported it."""

from django.utils.translation import override

from civic.clocks.now import database_now
from civic.devices.facts import FindingClosed, FindingOpened
from civic.devices.models import Device
from civic.faults.actions import open_by_finding, propose_closure
from civic.faults.letters import news, send
from civic.faults.models import Contact, Fault
from civic.faults.queries import reports_of
from civic.feed.models import Item
from civic.ledger.facts import Fact
from civic.notifications.actions import notify_all


def follow_finding(fact: Fact, item: Item) -> None:
    """A finding opens a fault, its end proposes the closing; both by one cursor, so in the order in which they came."""
    assert isinstance(fact, FindingOpened | FindingClosed)  # the table says so
    device = Device.objects.select_related("dong", "district", "streetlight").filter(tag=_named(fact)).first()
    if device is None:
        return
    act = open_by_finding if isinstance(fact, FindingOpened) else propose_closure
    act(device=device, code=fact.code, at=item.at)


def tell_reporters(fact: Fact, item: Item) -> None:
    """A line in the inbox of everybody with an account who reported the fault."""
    fault = _fault(fact)
    if fault is None or item.seq is None:
        return
    people = set(reports_of(fault).filter(person__isnull=False).values_list("person_id", flat=True))
    data = {**fact.codes(), "as": "reporter"}
    notify_all(people=people, fact=fact.name(), key=fact.key, data=data, seq=item.seq, at=item.at)


def mail_reporters(fact: Fact, item: Item) -> None:
    """A mail to everybody who left an address, in the language in which it was left.

    It leaves now: in a played night the fact itself is of the evening to come.
    """
    fault = _fault(fact)
    if fault is None:
        return
    at = database_now()
    told: set[str] = set()
    for contact in Contact.objects.filter(report__in=reports_of(fault)).order_by("pk"):
        if contact.email not in told:
            told.add(contact.email)
            with override(contact.language):
                send(news(fact.name(), fact.codes(), fault), to=contact.email, at=at)


def _fault(fact: Fact) -> Fault | None:
    parts = ("device__streetlight", "device__district", "dong", "department")
    return Fault.objects.select_related(*parts).filter(code=_named(fact)).first()


def _named(fact: Fact) -> str:
    """The tag or number in a key such as `fault:F-2026-000123`."""
    return fact.key.partition(":")[2]
