"""`livinglab prepare`: tables, reactions, shared cache, reference data and static files; harmless to repeat."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from civic.clocks.now import database_now
from civic.clocks.unhurried import unhurried
from civic.privacy.actions import erase_returned
from civic.reactions.run import drop_gone, enlist_all
from livinglab.reference import load_reference


class Command(BaseCommand):
    help = "Bring the database, the reference data and the static files up to date."

    @unhurried()
    def handle(self, *args: Any, **options: Any) -> None:
        quiet = {"verbosity": 0}
        call_command("migrate", interactive=False, **quiet)
        enlist_all()  # before anything is written: whoever numbers first, no reaction misses it
        drop_gone()
        call_command("createcachetable", **quiet)
        load_reference()
        erase_returned(at=database_now())  # who was gone for certain, whatever way an older database came back
        call_command("collectstatic", interactive=False, **quiet)
        if options["verbosity"]:
            self.stdout.write("The installation is up to date.")
