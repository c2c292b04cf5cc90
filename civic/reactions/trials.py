"""What follows for a pilot? When it moves everyone who took part is told; when its lamps are mended it is measured."""

from civic.clocks.now import database_now
from civic.devices.queries import device_now
from civic.faults.queries import find as find_fault
from civic.feed.models import Item
from civic.ledger.facts import Fact
from civic.notifications.actions import notify_all
from civic.pilots.actions import measure_repairs
from civic.pilots.models import Pilot
from civic.pilots.queries import pilots_of, took_part


def tell_participants(fact: Fact, item: Item) -> None:
    """A line for the author, the supporters and those who spoke, each once."""
    pilot = Pilot.objects.select_related("proposal").filter(slug=_code(fact)).first()
    if pilot is None or item.seq is None:
        return
    data = {"as": "part", **fact.codes()}
    notify_all(people=took_part(pilot), fact=fact.name(), key=fact.key, data=data, seq=item.seq, at=item.at)


def measure_pilots(fact: Fact, item: Item) -> None:
    """The repair hours of each pilot that the lamp takes part in; nothing where they stay as they were.

    A played night runs ahead of the day: what is mended there counts as soon as its lamp's own clock has come so far.
    """
    fault = find_fault(_code(fact))
    if fault is None or fault.device is None:
        return
    now = database_now()
    at = min(item.at, max(now, device_now(fault.device, now)))
    for pilot in pilots_of(fault.device.pk):
        measure_repairs(pilot=pilot, at=at)


def _code(fact: Fact) -> str:
    """The public name in a key such as `pilot:a`."""
    return fact.key.partition(":")[2]
