"""What is in a backup, and how is it written and read? Database, media and a manifest with checksums in one file."""

import hashlib
import json
import logging
import os
import shutil
import tarfile
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from civic.feed.numbering import head
from civic.ledger import triggers

from . import dumps

FORMAT = 1
_MANIFEST = "manifest.json"
_BLOCK = 1 << 20
logger = logging.getLogger(__name__)


class BackupRefused(Exception):
    """A sentence that says why nothing was done."""


def write_backup(target: Path, *, at: datetime, force: bool = False) -> dict[str, Any]:
    """Write database and media to `target`, a gzipped tar that only its owner may read; returns the manifest.

    The database first: a file that media gains meanwhile is harmless, one that it lacks is not. The manifest last:
    it knows the bytes that were written, whatever uploads did to the files meanwhile.
    """
    if target.exists() and not force:
        raise BackupRefused(f"{target} exists: choose another name, or --force to write over it.")
    with TemporaryDirectory(prefix="livinglab-backup-", dir=target.resolve().parent) as folder:
        dump = Path(folder) / dumps.name()
        dumps.write(dump)
        partial = Path(folder) / "backup.tar.gz"
        partial.touch(mode=0o600)
        with tarfile.open(partial, "w:gz", compresslevel=6) as archive:
            sums = _pack(archive, {f"database/{dump.name}": dump, **_media_files()})
            manifest = _describe(sums, at)
            described = Path(folder) / _MANIFEST
            described.write_text(json.dumps(manifest, indent=1, ensure_ascii=False), encoding="utf-8")
            archive.add(described, _MANIFEST)
        os.replace(partial, target)
    return manifest


def restore_backup(source: Path, *, force: bool = False) -> dict[str, Any]:
    """Put database and media back as they were; returns the manifest. Nothing may serve meanwhile.

    The whole file is checked before anything is touched. The database comes back with a new feed epoch in it, so that
    a browser's old cursor is told to start anew instead of missing what came after the backup.
    """
    media = Path(settings.MEDIA_ROOT)
    media.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="livinglab-restore-", dir=media.parent) as name:
        folder = Path(name)
        manifest = _unpacked(source, folder)
        _insist_fits(manifest)
        if not force:
            _insist_empty(media)
        dumps.read(folder / "database" / manifest["dump"])
        _swap(folder / "media", media)  # at once: nothing that can fail stands between database and media
        triggers.install(connection)
        _forget()
    return manifest


def _media_files() -> dict[str, Path]:
    root = Path(settings.MEDIA_ROOT)
    return {f"media/{path.relative_to(root)}": path for path in sorted(root.rglob("*")) if path.is_file()}


def _pack(archive: tarfile.TarFile, files: dict[str, Path]) -> dict[str, str]:
    """Write the files; returns the checksum of each as written. One that is gone by now is left out."""
    sums = {}
    for name, path in files.items():
        try:
            file = path.open("rb")
        except FileNotFoundError:
            continue
        with file:
            counted = _Summed(file)
            archive.addfile(archive.gettarinfo(arcname=name, fileobj=file), counted)  # no more than its size now
            sums[name] = counted.digest.hexdigest()
    return sums


class _Summed:
    """A file that knows the checksum of what was read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        block = self._file.read(size)
        self.digest.update(block)
        return block


def _describe(sums: dict[str, str], at: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": version("livinglab"),
        "made_at": at.isoformat(),
        "kind": connection.vendor,
        "dump": dumps.name(),
        "migrations": sorted(f"{app}.{name}" for app, name in _applied()),
        "feed": str(head()),
        "files": sums,
    }


def _applied() -> set[tuple[str, str]]:
    return set(MigrationExecutor(connection).loader.applied_migrations)


def _unpacked(source: Path, folder: Path) -> dict[str, Any]:
    """The manifest, once every file is unpacked and what it should be. Raises BackupRefused."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            _extract(archive, folder)
        manifest: dict[str, Any] = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        found = {name: _checksum(path) for name, path in _unpacked_files(folder)}
        wanted = manifest["files"]
    except FileNotFoundError as error:
        raise BackupRefused(f"{error.filename} is missing.") from error
    except (tarfile.TarError, EOFError, OSError, ValueError, KeyError) as error:
        raise BackupRefused(f"{source} is damaged or no backup of ours ({error}): nothing was touched.") from error
    wrong = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    if wrong:
        raise BackupRefused(f"{source} is damaged at {', '.join(wrong[:5])}: nothing was touched.")
    return manifest


def _extract(archive: tarfile.TarFile, folder: Path) -> None:
    """Ordinary files that stay inside `folder`, and nothing else. (tarfile's own filter came with Python 3.11.4.)"""
    for member in archive:
        target = (folder / member.name).resolve()
        source = archive.extractfile(member) if member.isfile() else None
        if source is None or not target.is_relative_to(folder.resolve()):
            raise tarfile.TarError(f"{member.name} does not belong into a backup")
        target.parent.mkdir(parents=True, exist_ok=True)
        with source, target.open("wb") as file:
            shutil.copyfileobj(source, file)


def _unpacked_files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != _MANIFEST:
            yield str(path.relative_to(folder)), path


def _insist_fits(manifest: dict[str, Any]) -> None:
    if manifest["format"] != FORMAT:
        raise BackupRefused(f"Its format is {manifest['format']}, this version reads {FORMAT}.")
    if manifest["kind"] != connection.vendor:
        raise BackupRefused(f"It holds a {manifest['kind']} database, DATABASE_URL names {connection.vendor}.")
    known = {f"{app}.{name}" for app, name in MigrationExecutor(connection).loader.disk_migrations}
    newer = [name for name in manifest["migrations"] if name.startswith(("civic.", "cms.")) and name not in known]
    if newer:
        raise BackupRefused(f"It was made by a newer version ({manifest['version']}, {newer[0]}): install that first.")


def _insist_empty(media: Path) -> None:
    if not dumps.target_is_empty():
        raise BackupRefused("The database is not empty: --force replaces everything in it.")
    if media.exists() and any(media.iterdir()):
        raise BackupRefused(f"{media} is not empty: --force replaces everything in it.")


def _swap(new: Path, media: Path) -> None:
    """The new folder takes the old one's place; the old one goes with the temporary folder."""
    new.mkdir(exist_ok=True)
    if media.exists():
        media.rename(new.parent / "media-before")
    new.rename(media)


def _forget() -> None:
    """Cached pages and limits of before. A cache that is away has let nobody down: the restore is whole without it."""
    try:
        cache.clear()
    except Exception:  # each kind of cache fails in its own way, all mean the same here
        logger.warning("The cache could not be cleared: do it before anything serves.", exc_info=True)


def _checksum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
