"""`livinglab demo`: the ready demonstration, with its accounts, their password and the codes of the staff."""

import json
import secrets
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from civic.clocks.now import database_now
from livinglab.demo.codes import NoApp, code_for, give_apps
from livinglab.demo.story import is_loaded, load_demo
from livinglab.reference import read


class Command(BaseCommand):
    help = "Prepare the demonstration: tables, reference data, people and their proposals. Harmless to repeat."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--json", action="store_true", help="print accounts, password and secrets as JSON")
        parser.add_argument("--code", metavar="EMAIL", help="print a code of the second step that fits now")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demonstration: its accounts would be open doors.")
        if options["code"]:
            code = _code(options["code"])
            self.stdout.write(json.dumps({"code": code}) if options["json"] else code)
            return
        call_command("prepare", verbosity=0)
        password = _password()
        if not is_loaded():
            load_demo(at=database_now(), password=password)
        secrets_of = give_apps(at=database_now())
        accounts = [row["email"] for row in read("demo/people.json")["accounts"]]
        if options["json"]:
            self.stdout.write(json.dumps({"password": password, "accounts": accounts, "totp": secrets_of}))
            return
        self.stdout.write("Demonstration accounts: " + ", ".join(accounts))
        self.stdout.write(f"Password of all of them: {password}")
        self.stdout.write("Second step of the staff: a TOTP secret for an authenticator app, or")
        self.stdout.write("`livinglab demo --code EMAIL` for the code of this moment.")
        for email, secret in secrets_of.items():
            self.stdout.write(f"  {email}  {secret}")
        self.stdout.write("Every mail of the demonstration: /demo/mail/")


def _code(email: str) -> str:
    try:
        return code_for(email)
    except NoApp:
        raise CommandError(f"{email} has no second step here: it belongs to the accounts of the staff.") from None


def _password() -> str:
    """One password for each copy of the demonstration, kept beside its database."""
    path = settings.DATA / "demo-password"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"lamp-{secrets.token_hex(4)}")
        path.chmod(0o600)
    return path.read_text()
