"""`livinglab createsuperuser`: why it makes nobody, and what does."""

from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.core.management.base import CommandError


class Command(createsuperuser.Command):
    """Django's command with its arguments, so that whoever knows it by heart gets the sentence too."""

    help = "Not here: nobody stands above the roles. Use `livinglab grant`."

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError(
            "Nobody stands above the roles here. Let the person sign up, then run"
            " `livinglab grant --person EMAIL --role admin --scope site`."
        )
