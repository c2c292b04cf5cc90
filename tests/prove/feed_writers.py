"""Does a reader miss anything while 32 write? The full size of tests/civic/feed/test_crowd.py, on PostgreSQL.

Run as `python -m tests.prove.feed_writers` with DATABASE_URL set to a PostgreSQL that may be written to.
"""

import os
import subprocess
import sys
import tempfile
from typing import Any

WRITERS, EACH, DELAY = 32, 600, 0.02
Row = dict[str, Any]


def run() -> list[Row]:
    """The rows of the table: promise, figure, bound, met."""
    import django

    with tempfile.TemporaryDirectory() as data:
        os.environ.setdefault("LIVINGLAB_DATA", data)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livinglab.settings.demo")
        subprocess.run([sys.executable, "-m", "livinglab", "migrate", "--verbosity=0"], check=True)
        django.setup()
        from tests.civic.feed.crowd import gather

        crowd = gather(writers=WRITERS, each=EACH, delay=DELAY)
    name = f"{WRITERS} writers, {len(crowd.written)} items, {len(crowd.written) / crowd.seconds:.0f} a second"
    missed, by_id = len(crowd.missed(crowd.by_number)), len(crowd.missed(crowd.by_id))
    twice = len(crowd.by_number) - len(set(crowd.by_number))
    holes = sum(number != place for place, number in enumerate(crowd.numbers, start=1))
    return [
        _row(f"{name}: missed by a reader of numbers", missed, 0, missed == 0),
        _row(f"{name}: read twice", twice, 0, twice == 0),
        _row(f"{name}: holes in the numbers", holes, 0, holes == 0),
        _row(f"{name}: missed by a reader of ids, for comparison", by_id, "> 0", by_id > 0),
    ]


def _row(promise: str, figure: float, bound: object, met: bool) -> Row:
    return {"promise": promise, "figure": figure, "bound": bound, "met": met}


def main() -> None:
    print("| promise | figure | bound | met |\n|---|---|---|---|")
    rows = run()
    for row in rows:
        print(f"| {row['promise']} | {row['figure']} | {row['bound']} | {'yes' if row['met'] else 'NO'} |")
    sys.exit(not all(row["met"] for row in rows))


if __name__ == "__main__":
    main()
