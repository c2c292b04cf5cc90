"""`livinglab backup FILE`: database and media in one file."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from civic.clocks.now import database_now
from livinglab.backup import BackupRefused, write_backup
from livinglab.dumps import DumpFailed, where


class Command(BaseCommand):
    help = "Write database and media to FILE (tar.gz, readable by its owner only), while the site runs."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="write over FILE")
        parser.add_argument("--json", action="store_true", help="print the manifest")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["json"]:
            self.stdout.write(f"Backup of: {where()}.")
        try:
            manifest = write_backup(options["file"], at=database_now(), force=options["force"])
        except (BackupRefused, DumpFailed) as error:
            raise CommandError(str(error)) from None
        if options["json"]:
            self.stdout.write(json.dumps(manifest, indent=1, ensure_ascii=False))
        else:
            media = len(manifest["files"]) - 1
            self.stdout.write(f"{options['file']}: {manifest['kind']} at {manifest['feed']} and {media} media files.")
