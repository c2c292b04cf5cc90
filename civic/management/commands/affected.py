"""`livinglab affected`: whom to tell of a breach of personal data, one address a line."""

import json
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from civic.clocks.deadlines import end_of_day
from civic.clocks.now import database_now
from civic.privacy.actions import list_everybody, list_looked_at


class Command(BaseCommand):
    help = (
        "List whom a breach concerns: everybody, or whose data the staff looked at in a time. They are told within"
        " 72 hours (개인정보 보호법 article 34). The ledger notes that a list was made, never who stands on it."
    )

    def add_arguments(self, parser: Any) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--everybody", action="store_true", help="each account, and each address left with a report")
        which.add_argument("--since", type=date.fromisoformat, metavar="YYYY-MM-DD", help="looks from this day on")
        parser.add_argument(
            "--until", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the last day; now if left out"
        )
        parser.add_argument(
            "--by", default="", metavar="EMAIL", help="address or name of one of the staff; all if left out"
        )
        parser.add_argument("--json", action="store_true", help="print addresses and numbers as one object")

    def handle(self, *args: Any, **options: Any) -> None:
        at = database_now()
        if options["everybody"]:
            if options["by"] or options["until"]:
                raise CommandError("--by and --until belong to --since.")
            found = list_everybody(at=at)
        else:
            until = end_of_day(options["until"]) if options["until"] else at
            since = end_of_day(options["since"] - timedelta(days=1))
            found = list_looked_at(since=since, until=until, looker=options["by"], at=at)
        if options["json"]:
            told = {"addresses": found.addresses, "number": len(found.addresses), "without_address": found.without}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for address in found.addresses:
            self.stdout.write(address)
        self.stderr.write(f"{len(found.addresses)} addresses; {found.without} places where guests left none.")
