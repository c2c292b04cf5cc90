"""`livinglab import_lights`: a district's list of security lights into the books."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from civic.clocks.now import database_now
from civic.devices.actions.lights import import_lights, replace_lights
from civic.devices.difference import Report, compare
from civic.devices.official_list import Listed, NotALampList, Remark, read_list
from civic.devices.rules.lights import why_not_import, why_not_replace
from civic.places.models import District
from civic.refusals import Refusal, Refused

SHOWN = 20  # remarks of a kind, without --json


class Command(BaseCommand):
    help = (
        "Load a district's security lights from the national standard CSV (CP949 or UTF-8). "
        "A second run changes nothing; lamps gone from the list are retired, "
        "but not where a row that cannot be read may mean them. "
        "A list that lacks more than a fifth of the lamps in service, or whose points mostly lie outside the district, "
        "is refused: it may be cut short or another district's. "
        "Row numbers are lines of the file, its header being row 1: why a file as a whole is refused stands there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--district", required=True, metavar="CODE", help="5-digit code, such as 11200")
        parser.add_argument("--retire", action="store_true", help="take it over all the same: you have looked at it")
        parser.add_argument("--dry-run", action="store_true", help="say what it would change; nothing is written")
        parser.add_argument("--json", action="store_true", help="print the whole report as one object")

    @no_translations  # what is said of rows and options is English: so is why a list is refused
    def handle(self, *args: Any, **options: Any) -> None:
        report, problem = _run(options)
        report.quarantined[:0] = [Remark(1, problem)] if problem else []
        self.stdout.write(json.dumps(asdict(report), ensure_ascii=False) if options["json"] else _in_words(report))
        if problem:
            raise CommandError(problem)


def _run(options: dict[str, Any]) -> tuple[Report, str]:
    """The report, and why the list was not taken over."""
    district = District.objects.filter(code=options["district"]).first()
    if district is None:
        return Report(), f"There is no district {options['district']!r} here."
    try:
        data = Path(options["file"]).read_bytes()
    except OSError as error:
        return Report(), f"The file cannot be read: {error.strerror}."
    return _taken_over(district, data, retire=options["retire"], dry_run=options["dry_run"])


def _taken_over(district: District, data: bytes, *, retire: bool, dry_run: bool) -> tuple[Report, str]:
    try:
        listed = read_list(data)
    except NotALampList as error:
        return Report(), f"{error} Nothing was changed."
    if dry_run:
        found = compare(district, listed)
        return found.report, _sentence((why_not_replace if retire else why_not_import)(found))
    take_over = replace_lights if retire else import_lights
    try:
        return take_over(district=district, listed=listed, at=database_now()), ""
    except Refused as refused:
        return _untouched(listed), _sentence(refused.refusal)


def _untouched(listed: Listed) -> Report:
    return Report(read=listed.read, flagged=listed.flagged, quarantined=listed.quarantined)


def _sentence(refusal: Refusal | None) -> str:
    if refusal is None:
        return ""
    more = " If it is right, say so with --retire." if refusal.code in ("retires_many", "elsewhere") else ""
    return f"{refusal.text}{more}"


def _in_words(report: Report) -> str:
    lines = [f"{name}: {number}" for name, number in report.counts().items()]
    for name, remarks in (("flagged", report.flagged), ("quarantined", report.quarantined)):
        lines += [f"{name} row {remark.row}: {remark.reason}" for remark in remarks[:SHOWN]]
        if len(remarks) > SHOWN:
            lines.append(f"{name}: {len(remarks) - SHOWN} more; --json lists all")
    return "\n".join(lines)
