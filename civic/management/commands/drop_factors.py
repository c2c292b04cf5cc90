"""`livinglab drop_factors`: for somebody who lost the phone and the recovery codes too."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from civic.clocks.now import database_now
from civic.people.actions import drop_factors
from civic.people.queries import open_account


class Command(BaseCommand):
    help = "Take every second step and key from an account, once you have seen that its owner asks, and tell them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--person", required=True, metavar="EMAIL")
        parser.add_argument("--json", action="store_true", help="print what went as one object")

    def handle(self, *args: Any, **options: Any) -> None:
        person = open_account(options["person"])
        if person is None:
            raise CommandError("There is no open account with this address.")
        gone, keys = drop_factors(person=person, at=database_now())
        told = json.dumps({"person": person.email, "gone": gone, "keys": keys})
        sentence = f"{person.email} has no second step any more; {gone} went, and {keys} keys for programs with them."
        self.stdout.write(told if options["json"] else sentence)
