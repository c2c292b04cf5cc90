"""Does a backup come back whole, on whichever database this pass runs, and is a bad one refused?"""

import gzip
import hashlib
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test import Client
from pytest_django import Settings

from civic.feed.numbering import head, number_items
from civic.ledger import triggers
from civic.ledger.models import Entry
from civic.proposals.models import Proposal
from livinglab import backup as backup_module
from livinglab.dumps import where
from tests.making import make_proposal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_media(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of one proposal and one file, after which both were changed."""
    make_proposal(title="밤길이 어둡습니다")
    default_storage.save("photos/alley.txt", ContentFile("어두운 골목".encode()))
    number_items()
    file = tmp_path / "night.tar.gz"
    call_command("backup", str(file), verbosity=0)
    Proposal.objects.update(title="changed since")
    default_storage.save("photos/later.txt", ContentFile(b"later"))
    return file


def test_restore_after_changes_brings_back_rows_and_files(backup: Path) -> None:
    call_command("restore", str(backup), "--force", verbosity=0)

    assert list(Proposal.objects.values_list("title", flat=True)) == ["밤길이 어둡습니다"]
    assert default_storage.open("photos/alley.txt").read().decode() == "어두운 골목"
    assert not default_storage.exists("photos/later.txt")


def test_restore_ledger_still_refuses_changes(backup: Path) -> None:
    call_command("restore", str(backup), "--force", verbosity=0)

    assert triggers.missing(connection) == set()
    with pytest.raises(DatabaseError, match="append-only"):
        Entry.objects.update(fact="Forged")


def test_restore_tells_a_reader_with_an_old_cursor_to_start_anew(backup: Path) -> None:
    before = head()
    call_command("restore", str(backup), "--force", verbosity=0)

    assert (head().epoch != before.epoch, head().seq) == (True, before.seq)
    answer = Client().get("/live/entries", {"epoch": before.epoch, "after": before.seq})
    assert (answer.status_code, answer.json()) == (410, {"type": "reset"})


def test_restore_into_a_database_with_people_is_refused(backup: Path) -> None:
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(backup), verbosity=0)
    assert Proposal.objects.get().title == "changed since"


def test_restore_of_a_damaged_file_touches_nothing(backup: Path) -> None:
    whole = backup.read_bytes()
    for damaged in (whole[: len(whole) // 2], b"not a backup", _with_other_bytes(whole)):
        backup.write_bytes(damaged)
        with pytest.raises(CommandError, match="nothing was touched"):
            call_command("restore", str(backup), "--force", verbosity=0)
    assert Proposal.objects.get().title == "changed since"
    assert default_storage.exists("photos/later.txt")


@pytest.mark.parametrize("name", ["../outside.txt", "/outside.txt", "media/../../outside.txt"])
def test_restore_of_an_archive_that_reaches_outside_touches_nothing(tmp_path: Path, name: str) -> None:
    file = tmp_path / "in" / "evil.tar.gz"
    file.parent.mkdir()
    with tarfile.open(file, "w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.size = 4
        archive.addfile(member, io.BytesIO(b"evil"))
    with pytest.raises(CommandError, match="does not belong into a backup"):
        call_command("restore", str(file), "--force", verbosity=0)
    assert list(tmp_path.rglob("outside.txt")) == []


def test_backup_during_an_upload_can_be_restored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file grows and another goes after the listing, while the database is written before them."""
    grows, goes = (Path(default_storage.path(default_storage.save(n, ContentFile(b"half")))) for n in ("grows", "goes"))
    write = tarfile.TarFile.addfile

    def meanwhile(archive: tarfile.TarFile, member: tarfile.TarInfo, *file: Any) -> None:
        if member.name.startswith("database/"):
            grows.write_bytes(b"half and whole")
            goes.unlink()
        write(archive, member, *file)

    monkeypatch.setattr(tarfile.TarFile, "addfile", meanwhile)  # the library's own call, listened to
    call_command("backup", str(tmp_path / "b.tar.gz"), verbosity=0)
    monkeypatch.undo()

    call_command("restore", str(tmp_path / "b.tar.gz"), "--force", verbosity=0)
    assert grows.read_bytes() == b"half and whole"
    assert not goes.exists()


def test_checksums_are_of_the_bytes_that_were_written(tmp_path: Path) -> None:
    """A file that grows while it is read is cut at the size it had, and known by that."""
    path = tmp_path / "grows.txt"
    path.write_bytes(b"half")

    class Growing(tarfile.TarFile):
        def addfile(self, *arguments: Any) -> None:
            with path.open("ab") as file:
                file.write(b" and whole")
            super().addfile(*arguments)

    with Growing.open(tmp_path / "b.tar", "w") as archive:
        sums = backup_module._pack(archive, {"media/grows.txt": path})
    assert sums == {"media/grows.txt": hashlib.sha256(b"half").hexdigest()}


def test_restore_while_the_cache_is_away_is_whole(backup: Path, settings: Settings) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    call_command("restore", str(backup), "--force", verbosity=0)

    assert list(Proposal.objects.values_list("title", flat=True)) == ["밤길이 어둡습니다"]
    assert default_storage.exists("photos/alley.txt")
    assert not default_storage.exists("photos/later.txt")
    assert triggers.missing(connection) == set()


def test_backup_and_restore_say_which_database_they_take(backup: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("backup", str(backup), "--force")
    call_command("restore", str(backup), "--force")
    lines = capsys.readouterr().out.splitlines()
    name = connection.settings_dict["NAME"]
    assert [line for line in lines if str(name) in line] == [f"Backup of: {where()}.", f"Restore into: {where()}."]


def test_restore_of_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is missing"):
        call_command("restore", str(tmp_path / "nowhere.tar.gz"), verbosity=0)


def test_backup_over_an_existing_file_is_refused(backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(CommandError, match="exists"):
        call_command("backup", str(backup), verbosity=0)
    assert backup.read_bytes() == before


def test_backup_is_readable_by_its_owner_only(backup: Path) -> None:
    assert oct(backup.stat().st_mode & 0o777) == "0o600"


def test_backup_manifest_names_what_it_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("backup", str(tmp_path / "b.tar.gz"), "--json")
    manifest = json.loads(capsys.readouterr().out)
    assert (manifest["format"], manifest["kind"], manifest["feed"]) == (1, connection.vendor, str(head()))
    assert list(manifest["files"]) == [f"database/{manifest['dump']}"]
    assert not settings.MEDIA_ROOT.exists()


def _with_other_bytes(archive: bytes) -> bytes:
    """A tar whose media file says something else than the manifest knows."""
    return gzip.compress(gzip.decompress(archive).replace("어두운 골목".encode(), "밝은 골목 ".encode() + b"!!"))
