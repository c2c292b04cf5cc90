"""`livinglab token`: a key for a program that acts for a person, or for a device or gateway that sends readings."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from civic.clocks.now import database_now
from civic.devices.actions.keys import issue_device_token
from civic.devices.models import Clock
from civic.devices.queries import find_device
from civic.people.actions import issue_token
from civic.people.queries import open_account
from civic.places.models import District
from civic.refusals import Refused


class Command(BaseCommand):
    help = "Make a key for the JSON API or for readings. It is printed once and cannot be read again."

    def add_arguments(self, parser: CommandParser) -> None:
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--person", metavar="EMAIL", help="whose account the program acts for")
        whose.add_argument("--device", metavar="TAG", help="the device that sends its own readings")
        whose.add_argument("--gateway", metavar="DISTRICT", help="5-digit code: speaks for all devices of the district")
        parser.add_argument("--label", default="livinglab token", help="name of the program, as /me/tokens/ lists it")
        parser.add_argument(
            "--clock",
            choices=Clock.values,
            default=Clock.REAL,
            help="of a gateway; simulated: its newest reading is its now (demonstrations only)",
        )
        parser.add_argument("--json", action="store_true", help='print {"token": ...} instead of the key alone')

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            raw = _issued(options)
        except Refused as refused:
            raise CommandError(str(refused.refusal.text)) from refused
        self.stdout.write(json.dumps({"token": raw}) if options["json"] else raw)


def _issued(options: dict[str, Any]) -> str:
    at = database_now()
    if options.get("device"):
        device = find_device(options["device"])
        if device is None:
            raise CommandError("There is no device with this tag.")
        return issue_device_token(device=device, at=at)
    if options.get("gateway"):
        return _issued_to_gateway(options["gateway"], options["clock"], at)
    person = open_account(options["person"])
    if person is None:
        raise CommandError("There is no open account with this address.")
    return issue_token(by=person, person=person, label=options["label"], at=at)


def _issued_to_gateway(code: str, clock: str, at: datetime) -> str:
    district = District.objects.filter(code=code).first()
    if district is None:
        raise CommandError("There is no district with this code.")
    if clock == Clock.SIMULATED and not settings.DEMO:
        raise CommandError("A simulated clock is for demonstrations: production refuses it.")
    return issue_device_token(district=district, clock=clock, at=at)
