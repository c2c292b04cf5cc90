"""`livinglab grant`: a role for somebody who has an account."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from civic.clocks.deadlines import end_of_day
from civic.clocks.now import database_now
from civic.people.actions import grant_role
from civic.people.queries import open_account
from civic.people.roles import ROLES
from civic.refusals import Refused


class Command(BaseCommand):
    help = "Give a person a role: the first administrator, officials, moderators. The person signs up first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--person", required=True, metavar="EMAIL")
        parser.add_argument("--role", required=True, help=", ".join(ROLES))
        parser.add_argument(
            "--scope", required=True, help="site, district:11200, department:11200.safety or lab:11200.name"
        )
        parser.add_argument("--name", default="", help="the person's own, under which an official signs")
        parser.add_argument("--office", default="", help="department of an official, field of an expert")
        parser.add_argument("--phone", default="", help="office telephone of an official")
        parser.add_argument("--until", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the last day of the term")
        parser.add_argument("--reason", default="", help="why, for the history")
        parser.add_argument("--json", action="store_true", help="print the grant as one object")

    def handle(self, *args: Any, **options: Any) -> None:
        person = open_account(options["person"])
        if person is None:
            raise CommandError("There is no open account with this address.")
        grant = {name: options[name] for name in ("role", "scope", "name", "office", "phone")}
        until = end_of_day(options["until"]) if options["until"] else None
        try:
            grant_role(by=None, person=person, **grant, until=until, reason=options["reason"], at=database_now())
        except Refused as refused:
            raise CommandError(str(refused.refusal.text)) from refused
        told = json.dumps({"person": person.email, **grant}, ensure_ascii=False)
        self.stdout.write(told if options["json"] else f"{person.email} is {grant['role']} of {grant['scope']}.")
