"""`livinglab rated_power`: what lamps draw at full light, by which their light is judged."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from civic.clocks.now import database_now
from civic.devices.actions import set_rated_power
from civic.devices.queries import devices_tagged
from civic.places.models import District
from civic.refusals import Refused


class Command(BaseCommand):
    help = "Say what lamps draw at full light. A fifth of it, at the level they are set to, is the least that is light."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("watts", help="1 to 2000, or none: then judged as a lamp of 40 W")
        parser.add_argument("tags", nargs="+", metavar="TAG", help="devices of one district; - reads one tag a line")
        parser.add_argument("--district", required=True, metavar="CODE", help="5-digit code, such as 11200")
        parser.add_argument("--json", action="store_true", help='print {"watts", "devices"}')

    def handle(self, *args: Any, **options: Any) -> None:
        word = options["watts"]
        if word != "none" and not word.isdecimal():
            raise CommandError("Give a number of watts, or none.")
        watts = None if word == "none" else int(word[:9])
        district = District.objects.filter(code=options["district"]).first()
        if district is None:
            raise CommandError("There is no district with this code.")
        tags = options["tags"] if options["tags"] != ["-"] else sys.stdin.read().split()
        devices, missing = devices_tagged(tags)
        if missing:
            raise CommandError(f"There is no device {missing[0]}.")
        try:
            set_rated_power(by=None, district=district, devices=devices, watts=watts, at=database_now())
        except Refused as refused:
            raise CommandError(str(refused.refusal.text)) from refused
        told = json.dumps({"watts": watts, "devices": len(devices)})
        self.stdout.write(told if options["json"] else f"{len(devices)} devices: {word}.")
