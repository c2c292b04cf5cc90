"""`livinglab token`: keys for programs that act for a person, and for devices and gateways that send readings."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from civic.clocks.now import database_now
from civic.devices.actions.keys import issue_device_token, revoke_device_token
from civic.devices.models import Clock, DeviceToken
from civic.devices.queries import find_device, working_keys
from civic.people.actions import issue_token
from civic.people.queries import open_account
from civic.places.models import District
from civic.refusals import Refused


class Command(BaseCommand):
    help = (
        "Make a key for the JSON API or for readings. It is printed once and cannot be read again. "
        "Keys of devices and gateways are listed and revoked here; a person's at /me/tokens/."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--person", metavar="EMAIL", help="whose account the program acts for")
        whose.add_argument("--device", metavar="TAG", help="the device that sends its own readings")
        whose.add_argument("--gateway", metavar="DISTRICT", help="5-digit code: speaks for all devices of the district")
        whose.add_argument("--list", action="store_true", help="the keys of devices and gateways that work")
        whose.add_argument("--revoke", type=int, metavar="NUMBER", help="stop one of them, at once and for good")
        parser.add_argument("--label", default="livinglab token", help="name of the program, as /me/tokens/ lists it")
        parser.add_argument(
            "--clock",
            choices=Clock.values,
            default=Clock.REAL,
            help="of a gateway; simulated: its newest reading is its now (demonstrations only)",
        )
        parser.add_argument(
            "--json", action="store_true", help='print {"token": ...} instead of the key alone, {"keys": [...]}'
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self._list(as_json=options["json"])
        elif options["revoke"] is not None:
            self._revoke(options["revoke"], as_json=options["json"])
        else:
            self._issue(options)

    def _list(self, *, as_json: bool) -> None:
        keys = [_told(key) for key in working_keys()]
        lines = [f"{key['number']:>6}  {key['created_at'][:16]}  {key['holder']}" for key in keys]
        self.stdout.write(json.dumps({"keys": keys}) if as_json else "\n".join(lines) or "No key works.")

    def _revoke(self, number: int, *, as_json: bool) -> None:
        key = working_keys().filter(pk=number).first()
        if key is None:
            raise CommandError(f"No key {number} works here. livinglab token --list shows those that do.")
        revoke_device_token(by=None, token=key, at=database_now())
        said = f"Key {number} of {key.holder} no longer works."
        self.stdout.write(json.dumps({"revoked": number}) if as_json else said)

    def _issue(self, options: dict[str, Any]) -> None:
        try:
            raw = _issued(options)
        except Refused as refused:
            raise CommandError(str(refused.refusal.text)) from refused
        self.stdout.write(json.dumps({"token": raw}) if options["json"] else raw)


def _told(key: DeviceToken) -> dict[str, Any]:
    clock = key.gateway.clock if key.gateway else ""
    return {"number": key.pk, "holder": key.holder, "clock": clock, "created_at": key.created_at.isoformat()}


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
