"""`livinglab demo`: the ready demonstration, with its accounts and their password."""

import json
import secrets
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from civic.clocks.now import database_now
from livinglab.demo import is_loaded, load_demo
from livinglab.reference import read


class Command(BaseCommand):
    help = "Prepare the demonstration: tables, reference data, people and their proposals. Harmless to repeat."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--json", action="store_true", help="print accounts and password as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demonstration: its accounts would be open doors.")
        call_command("prepare", verbosity=0)
        password = _password()
        if not is_loaded():
            load_demo(at=database_now(), password=password)
        accounts = [row["email"] for row in read("demo/people.json")["accounts"]]
        if options["json"]:
            self.stdout.write(json.dumps({"password": password, "accounts": accounts}))
            return
        self.stdout.write("Demonstration accounts: " + ", ".join(accounts))
        self.stdout.write(f"Password of all of them: {password}")
        self.stdout.write("Every mail of the demonstration: /demo/mail/")


def _password() -> str:
    """One password for each copy of the demonstration, kept beside its database."""
    path = settings.DATA / "demo-password"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"lamp-{secrets.token_hex(4)}")
        path.chmod(0o600)
    return path.read_text()
