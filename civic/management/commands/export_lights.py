"""`livinglab export_lights`: the accepted rows of a district's list, in the format in which it was delivered."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from civic.devices.queries import delivered


class Command(BaseCommand):
    help = "Give back a district's security lights as the list was delivered: encoding, columns, order and rows."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", nargs="?", default="-", help="default: standard output")
        parser.add_argument("--district", required=True, metavar="CODE", help="5-digit code, such as 11200")

    def handle(self, *args: Any, **options: Any) -> None:
        data = delivered(options["district"])
        if data is None:
            raise CommandError(f"No list of lamps has been imported for {options['district']!r}.")
        if options["file"] == "-":
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        try:
            Path(options["file"]).write_bytes(data)
        except OSError as error:
            raise CommandError(f"The file cannot be written: {error.strerror}.") from error
