"""`livinglab token`: a key for a program that acts for a person."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from civic.clocks.now import database_now
from civic.people.actions import issue_token
from civic.people.queries import open_account
from civic.refusals import Refused


class Command(BaseCommand):
    help = "Make a key for the JSON API. It is printed once and cannot be read again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--person", required=True, metavar="EMAIL", help="whose account the program acts for")
        parser.add_argument("--label", default="livinglab token", help="name of the program, as /me/tokens/ lists it")
        parser.add_argument("--json", action="store_true", help='print {"token": ...} instead of the key alone')

    def handle(self, *args: Any, **options: Any) -> None:
        person = open_account(options["person"])
        if person is None:
            raise CommandError("There is no open account with this address.")
        try:
            raw = issue_token(by=person, person=person, label=options["label"], at=database_now())
        except Refused as refused:
            raise CommandError(str(refused.refusal.text)) from refused
        self.stdout.write(json.dumps({"token": raw}) if options["json"] else raw)
