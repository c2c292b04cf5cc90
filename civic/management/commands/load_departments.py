"""`livinglab load_departments`: the offices with which a district begins, from one file."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from civic.people.actions import load_departments
from civic.people.models import Department
from civic.places.models import District
from civic.refusals import Refused


class Command(BaseCommand):
    help = (
        "Load departments, their telephones and what is brought to each, shaped as fixtures/demo/departments.json is. "
        "What is there already stays as it is; changes are made at /desk/departments/."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        before = Department.objects.count()
        try:
            rows = json.loads(Path(options["file"]).read_text(encoding="utf-8"))["districts"]
            with transaction.atomic():
                for row in rows:
                    _load(row)
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from error
        except KeyError as error:
            raise CommandError(f"{error} is missing. Nothing was changed.") from error
        except (ValueError, TypeError, AttributeError) as error:
            raise CommandError("This is not a file of departments in JSON. Nothing was changed.") from error
        if options["verbosity"]:
            self.stdout.write(f"{Department.objects.count() - before} departments are new.")


def _load(row: dict[str, Any]) -> None:
    if not District.objects.filter(code=row["district"]).exists():
        raise CommandError(f"There is no district {row['district']!r} here. Nothing was changed.")
    try:
        load_departments(district=row["district"], units=row["units"])
    except Refused as refused:
        raise CommandError(f"{refused.refusal.field}: {refused.refusal.text} Nothing was changed.") from refused
