"""What was destroyed and must stay so, whatever backup comes back? One line a thing in a file beside the media.

The file is only ever appended to, holds ids and codes and nothing else, and is no part of a backup: `livinglab restore`
reads it and destroys again what an older database brings back.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings


def note_destroyed(*, what: str, at: datetime, **ids: str) -> None:
    """Write a line and wait until the disk has it. The last step before the commit of what destroys.

    After a crash between the two the line is there and the thing too: it is destroyed at the next restore, as asked.
    """
    line = json.dumps({"at": at.isoformat(), "what": what, **ids}) + "\n"
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
