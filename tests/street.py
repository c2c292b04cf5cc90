"""How does a lamp speak in tests? Over HTTP, through a gateway with its own clock; then the worker does its rounds."""

from datetime import timedelta

from django.test import Client

from civic.devices.actions import issue_device_token
from civic.feed.numbering import number_items
from civic.places.models import District
from civic.reactions.run import enlist_all, run_all
from civic.reactions.sweeps import close_mended, find_faults, follow_findings
from tests.making import NOON

TEN, HOUR, DAY = timedelta(minutes=10), timedelta(hours=1), timedelta(days=1)
DUSK = NOON + 7 * HOUR  # 19:00 in Seoul
GOOD, DEAD, OFF = {"powerState": "on", "power": 38}, {"powerState": "on", "power": 0}, {"powerState": "off"}


class Gateway:
    """Speaks for one lamp over HTTP, as a real one does; its clock is its own, so that nights need not pass."""

    def __init__(self, lamp):
        self.lamp = lamp
        district = District.objects.get(code="11200")
        self.token = issue_device_token(district=district, clock="simulated", at=NOON)

    def say(self, *said, lamps=()):
        """(t, values) pairs of its lamp, or of each of these; then the worker does its rounds."""
        body = [
            {"device": lamp.tag, "mid": str(t), "t": t.isoformat(), "v": values}
            for t, values in said
            for lamp in lamps or [self.lamp]
        ]
        sent = {"authorization": f"Bearer {self.token}"}
        answer = Client().post("/ingest/v1/observations", body, "application/json", headers=sent)
        assert (answer.status_code, answer.json()["rejected"]) == (202, [])
        return work(NOON)

    def night(self, days, values=GOOD):
        start = DUSK + days * DAY
        self.say(*((start + n * TEN, values) for n in range(72)), (start + 12 * HOUR, OFF))


def work(at):
    """What a worker does: judge, react, and look at what is over and what is not."""
    enlist_all()
    find_faults(at)
    number_items()
    run_all(at=at)
    close_mended(at)
    follow_findings(at)
    number_items()
    return run_all(at=at)
