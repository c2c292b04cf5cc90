"""`livinglab bench`: what a request costs, on a scratch database."""

import json
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from livinglab.bench.asking import Cost, measure


class Command(BaseCommand):
    help = "Processor time a request of the main pages, beside a view that does nothing and one that writes one row."
    requires_system_checks: list[str] = []  # the installation itself is not looked at

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--database", help="URL of an EMPTY PostgreSQL database to fill; a temporary SQLite without"
        )
        parser.add_argument("--requests", type=int, default=200, help="requests a page")
        parser.add_argument("--json", action="store_true", help="print the table as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with TemporaryDirectory(prefix="livinglab-bench-") as folder:
            database = options["database"] or f"sqlite:///{folder}/bench.sqlite3"
            try:
                costs = measure(database, Path(folder), requests=options["requests"])
            except RuntimeError as error:
                raise CommandError(str(error)) from None
        if options["json"]:
            self.stdout.write(json.dumps([asdict(cost) for cost in costs], indent=1))
        else:
            self._print(costs)

    def _print(self, costs: list[Cost]) -> None:
        self.stdout.write(f"{'CPU ms a request':<28}{'server':>8}{'database':>10}{'together':>10}{'requests':>10}")
        for cost in costs:
            database = "inside" if cost.database is None else f"{cost.database:.2f}"
            self.stdout.write(f"{cost.page:<28}{cost.server:>8.2f}{database:>10}{cost.total:>10.2f}{cost.requests:>10}")
