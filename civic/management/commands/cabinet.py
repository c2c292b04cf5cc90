"""`livinglab cabinet`: a cabinet (분전함) and the lamps on it, so that its loss is one fault."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from civic.clocks.now import database_now
from civic.devices.actions import connect_lamps, place_cabinet
from civic.devices.models import Device
from civic.devices.queries import devices_tagged, find_device
from civic.places.models import District, Dong
from civic.refusals import Refused


class Command(BaseCommand):
    help = "Place a cabinet, unless it is there, and hang lamps on it. Its loss is then one fault, not one a lamp."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("tag", metavar="TAG", help="of the cabinet, such as 11200-box-1")
        parser.add_argument("lamps", nargs="*", metavar="LAMP", help="tags of lamps; - reads one tag a line")
        parser.add_argument("--district", required=True, metavar="CODE", help="5-digit code, such as 11200")
        parser.add_argument("--dong", metavar="CODE", help="10-digit code of where it stands")
        parser.add_argument("--name", default="", help="what people call it")
        parser.add_argument("--json", action="store_true", help='print {"cabinet", "lamps"}')

    def handle(self, *args: Any, **options: Any) -> None:
        tags = options["lamps"] if options["lamps"] != ["-"] else sys.stdin.read().split()
        lamps, missing = devices_tagged(tags)
        if missing:
            raise CommandError(f"There is no device {missing[0]}.")
        at = database_now()
        try:
            with transaction.atomic():
                cabinet = find_device(options["tag"]) or _placed(options)
                if lamps:
                    connect_lamps(by=None, cabinet=cabinet, lamps=lamps, at=at)
        except Refused as refused:
            raise CommandError(str(refused.refusal.text)) from refused
        told = json.dumps({"cabinet": cabinet.tag, "lamps": len(lamps)})
        self.stdout.write(told if options["json"] else f"{cabinet.tag}: {len(lamps)} lamps hang on it from now on.")


def _placed(options: dict[str, Any]) -> Device:
    district = District.objects.filter(code=options["district"]).first()
    dong = Dong.objects.filter(code=options["dong"]).first() if options["dong"] else None
    if district is None or (options["dong"] and dong is None):
        raise CommandError("There is no district or no dong with this code.")
    words = {"tag": options["tag"], "name": options["name"] or options["tag"], "dong": dong}
    return place_cabinet(by=None, district=district, **words, at=database_now())
