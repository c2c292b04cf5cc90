"""`livinglab doctor`: is everything as it should be, and if not, what to do?"""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from civic.ledger import triggers
from livinglab.doctor import Finding, examine


class Command(BaseCommand):
    help = (
        "Look at database, migrations, ledger, feed, outbox, files and settings. Exit status 1 when something failed."
    )
    requires_system_checks: list[str] = []  # what they find is one of the findings

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--json", action="store_true", help="print the findings as JSON")
        parser.add_argument("--mend", action="store_true", help="create missing ledger triggers first")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["mend"]:
            triggers.install(connection)
        findings = examine()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
        else:
            self._print(findings)
        if not all(finding.ok for finding in findings):
            sys.exit(1)

    def _print(self, findings: list[Finding]) -> None:
        for finding in findings:
            self.stdout.write(f"{'ok' if finding.ok else 'FAILED':<7}{finding.name:<13}{finding.sentence}")
