"""What was destroyed and must stay so, whatever backup comes back? One line a thing in a file beside the media.

The file is only ever appended to, holds ids and codes and nothing else, and is no part of a backup: `livinglab restore`
reads it and destroys again what an older database brings back. A thing has two lines: `begun` before the commit of what
destroys it, `done` after. Where the commit failed the second is missing, and the thing is still there, rightly.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

BEGUN, DONE = "begun", "done"
PERSON = "person"  # what went
LOST = "lost"  # the file itself, up to this moment: whoever restores without it said so


def note_begun(*, what: str, at: datetime, **ids: str) -> None:
    """Say that a thing goes: the last step before the commit of what destroys it.

    After a crash between both lines nobody knows what became of it: whoever reads the first alone has to look further.
    """
    _append({"at": at.isoformat(), "what": what, **ids, "step": BEGUN})


def note_done(*, what: str, at: datetime, **ids: str) -> None:
    """Say that it is gone, once it is."""
    _append({"at": at.isoformat(), "what": what, **ids, "step": DONE})


def all_destroyed() -> Iterator[dict[str, Any]]:
    """Every whole line, the oldest first. One that a crash cut off belongs to what was never committed."""
    path = Path(settings.DESTROYED_LOG)
    if not path.exists():
        return
    for line in path.read_text(encoding="ascii", errors="replace").splitlines():
        try:
            noted = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(noted, dict) and "what" in noted:
            yield noted


def _append(noted: dict[str, str]) -> None:
    """Write a line and wait until the disk has it."""
    line = json.dumps(noted) + "\n"
    path = Path(settings.DESTROYED_LOG)
    fresh = not path.exists()
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        _write(file, line if _ends_whole(file) else f"\n{line}")
        os.fsync(file)
    finally:
        os.close(file)
    if fresh:
        _sync_folder(path.parent)


def _write(file: int, text: str) -> None:
    left = text.encode("ascii")
    while left:
        left = left[os.write(file, left) :]


def _ends_whole(file: int) -> bool:
    size = os.fstat(file).st_size
    return size == 0 or os.pread(file, 1, size - 1) == b"\n"


def _sync_folder(folder: Path) -> None:
    """A new file is there after a crash only if its folder says so."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
