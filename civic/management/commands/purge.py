"""`livinglab purge`: destroy what has been kept long enough, or say how much that would be."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from civic.clocks.now import database_now
from civic.privacy.purging import purge
from civic.privacy.queries import due, known_rules


class Command(BaseCommand):
    help = "Destroy what has been kept long enough. Exit status 1 when a kind failed; the log says why."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count only; nothing is changed")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        at = database_now()
        dry = options["dry_run"]
        found = [asdict(one) for one in (due(known_rules(), at=at) if dry else purge(at=at))]
        if options["json"]:
            self.stdout.write(json.dumps({"dry_run": dry, "at": at.isoformat(), "rules": found}, indent=1))
        else:
            self._print(found, dry)
        if any(one.get("failed") for one in found):
            sys.exit(1)

    def _print(self, found: list[dict[str, Any]], dry: bool) -> None:
        for one in found:
            what = "FAILED" if one.get("failed") else ("over" if dry else "gone")
            self.stdout.write(f"{one['number']:>7} {what:<7}{one['code']} (kept {one['days']} days)")
