"""Does a visitor of `make run` see life within ten seconds of the address? The demonstration with nights, on SQLite."""

import os
import tempfile
from pathlib import Path
from typing import Any

from tests.live import environment_for, first_switching, running_site, served
from tests.prove.readings import _row

BOUND = 10.0  # seconds
STARTS = 3


def run() -> list[dict[str, Any]]:
    """Loaded once, then started as `make run` starts it: each start plays the next night."""
    with tempfile.TemporaryDirectory(dir=os.environ["LIVINGLAB_DATA"]) as folder:
        data = Path(folder)
        with running_site(data):
            pass
        return [_start(data, number) for number in range(1, STARTS + 1)]


def _start(data: Path, number: int) -> dict[str, Any]:
    with served(data, environment_for(data)) as url:
        seconds = first_switching(url, within=4 * BOUND)
    met = seconds is not None and seconds <= BOUND
    figure = f"{seconds:.1f} s" if seconds is not None else "nothing"
    return _row(f"start {number}: the first lamp switches after the site is ready", figure, f"{BOUND:.0f} s", met)
