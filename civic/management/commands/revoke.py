"""`livinglab revoke`: a role taken back."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from civic.clocks.now import database_now
from civic.people.actions import revoke_role
from civic.people.queries import open_account
from civic.people.roles import ROLES
from civic.refusals import Refused


class Command(BaseCommand):
    help = "Take a role from a person."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--person", required=True, metavar="EMAIL")
        parser.add_argument("--role", required=True, help=", ".join(ROLES))
        parser.add_argument(
            "--scope", required=True, help="site, district:11200, department:11200.safety or lab:11200.name"
        )
        parser.add_argument("--reason", default="", help="why, for the history")
        parser.add_argument("--json", action="store_true", help="print what was taken as one object")

    def handle(self, *args: Any, **options: Any) -> None:
        person = open_account(options["person"])
        if person is None:
            raise CommandError("There is no open account with this address.")
        role, scope = options["role"], options["scope"]
        try:
            revoke_role(by=None, person=person, role=role, scope=scope, reason=options["reason"], at=database_now())
        except Refused as refused:
            raise CommandError(str(refused.refusal.text)) from refused
        told = json.dumps({"person": person.email, "role": role, "scope": scope})
        self.stdout.write(told if options["json"] else f"{person.email} is no longer {role} of {scope}.")
