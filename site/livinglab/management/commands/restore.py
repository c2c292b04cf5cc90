"""`livinglab restore FILE`: database and media as they were."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from livinglab.backup import BackupRefused, restore_backup
from livinglab.dumps import DumpFailed, where


class Command(BaseCommand):
    help = "Put database and media of FILE back. Stop web and worker first; nothing is touched unless FILE is whole."
    requires_system_checks: list[str] = []  # an empty database is what it is for

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="replace a database and media that are not empty")
        parser.add_argument("--json", action="store_true", help="print the manifest")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["json"]:
            self.stdout.write(f"Restore into: {where()}.")
        try:
            manifest = restore_backup(options["file"], force=options["force"])
        except (BackupRefused, DumpFailed) as error:
            raise CommandError(str(error)) from None
        if options["json"]:
            self.stdout.write(json.dumps(manifest, indent=1, ensure_ascii=False))
        else:
            self.stdout.write(f"Restored what was backed up at {manifest['made_at']}. Now: livinglab prepare.")
