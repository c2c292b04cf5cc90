"""`livinglab worker`: numbering, reactions, mail, deadlines."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from livinglab.worker import work, work_once


class Command(BaseCommand):
    help = "Number the feed, run reactions, send mail and sweep deadlines until SIGTERM. Any number may run."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="do what there is to do and leave")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self.stdout.write(f"{work_once()} done")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        work(stop)
