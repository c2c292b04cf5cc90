"""`livinglab report_interval`: how often lamps are expected to report."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from civic.clocks.now import database_now
from civic.devices.actions import set_report_interval
from civic.devices.queries import devices_tagged
from civic.places.models import District
from civic.refusals import Refused


class Command(BaseCommand):
    help = "Expect a report of devices every so many seconds. A device without an interval is never judged offline."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("seconds", help="10 to 86400, or none")
        parser.add_argument("tags", nargs="+", metavar="TAG", help="devices of one district; - reads one tag a line")
        parser.add_argument("--district", required=True, metavar="CODE", help="5-digit code, such as 11200")
        parser.add_argument("--json", action="store_true", help='print {"seconds", "devices"}')

    def handle(self, *args: Any, **options: Any) -> None:
        word = options["seconds"]
        if word != "none" and not word.isdecimal():
            raise CommandError("Give a number of seconds, or none.")
        seconds = None if word == "none" else int(word[:9])
        district = District.objects.filter(code=options["district"]).first()
        if district is None:
            raise CommandError("There is no district with this code.")
        tags = options["tags"] if options["tags"] != ["-"] else sys.stdin.read().split()
        devices, missing = devices_tagged(tags)
        if missing:
            raise CommandError(f"There is no device {missing[0]}.")
        try:
            set_report_interval(by=None, district=district, devices=devices, seconds=seconds, at=database_now())
        except Refused as refused:
            raise CommandError(str(refused.refusal.text)) from refused
        told = json.dumps({"seconds": seconds, "devices": len(devices)})
        self.stdout.write(told if options["json"] else f"{len(devices)} devices: {word}.")
