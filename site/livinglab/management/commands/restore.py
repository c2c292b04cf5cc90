"""`livinglab restore FILE`: database and media as they were, without those who have left since."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from civic.clocks.now import database_now
from civic.clocks.unhurried import unhurried
from livinglab.backup import BackupRefused, restore_backup
from livinglab.dumps import DumpFailed, where
from livinglab.leaving_again import Gone, destroy_again, take_as_lost


class Command(BaseCommand):
    help = (
        "Put database and media of FILE back. Stop web and worker first; nothing is touched unless FILE is whole."
        " Whoever has left since the backup, by destroyed.log, is erased anew, and everybody is signed out."
    )
    requires_system_checks: list[str] = []  # an empty database is what it is for

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="replace a database and media that are not empty")
        parser.add_argument(
            "--without-destroyed-log", action="store_true", help="go on although the file is lost, or older than FILE"
        )
        parser.add_argument("--json", action="store_true", help="print the manifest")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["json"]:
            self.stdout.write(f"Restore into: {where()}.")
        try:
            manifest = restore_backup(options["file"], force=options["force"])
        except (BackupRefused, DumpFailed) as error:
            raise CommandError(str(error)) from None
        log_was_there = Path(settings.DESTROYED_LOG).exists()  # what follows may write it
        gone = _destroy_again(without_log=options["without_destroyed_log"])
        if options["json"]:
            again = {"people": gone.people, "rows": gone.rows, "unlisted": gone.unlisted}
            self.stdout.write(json.dumps(manifest | {"destroyed_again": again}, indent=1, ensure_ascii=False))
        else:
            self.stdout.write(f"Restored what was backed up at {manifest['made_at']}.")
            self.stdout.write(f"Destroyed again: {gone.people} accounts, {gone.rows} rows whose time is over.")
            self.stdout.write(
                "Everybody is signed out. Roles and keys for programs revoked since count again: revoke them."
            )
            if not log_was_there:
                self.stdout.write(f"There was no {settings.DESTROYED_LOG}: whoever left after this backup is back.")
            self.stdout.write("Now: livinglab prepare.")


@unhurried()
def _destroy_again(*, without_log: bool) -> Gone:
    """An older backup has older tables: they are brought up to date first. Raises CommandError."""
    try:
        call_command("migrate", interactive=False, verbosity=0)
        gone = destroy_again(at=database_now())
    except Exception as error:  # whatever it was, what follows has to be said
        raise CommandError(
            f"Restored, but those who left since could not be erased anew ({error!r})."
            " Let nothing serve before a restore has gone through to its end: it tries again."
        ) from error
    if gone.failed:
        raise CommandError(f"Restored, but not destroyed again: {', '.join(gone.failed)}. See the log.")
    if gone.unlisted and not without_log:
        raise CommandError(
            f"Restored, but {settings.DESTROYED_LOG} is missing or older than this backup: {gone.unlisted} leavings of"
            " before it stand there in no line, so that later ones may be back. Let nothing serve: put the file's copy"
            " back and restore again, or, where there is none, say --without-destroyed-log."
        )
    if gone.unlisted:
        take_as_lost(at=database_now())
    return gone
