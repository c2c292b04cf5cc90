"""`livinglab prepare`: tables, shared cache, reference data and static files; harmless to repeat."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from livinglab.reference import load_reference


class Command(BaseCommand):
    help = "Bring the database, the reference data and the static files up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = {"verbosity": 0}
        call_command("migrate", interactive=False, **quiet)
        call_command("createcachetable", **quiet)
        load_reference()
        call_command("collectstatic", interactive=False, **quiet)
        if options["verbosity"]:
            self.stdout.write("The installation is up to date.")
