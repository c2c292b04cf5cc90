"""Does nobody come back with a backup that is older than their leaving, on whichever database this pass runs?"""

import json
import shutil
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from civic.clocks.now import database_now
from civic.faults.actions import report_fault
from civic.faults.models import Report
from civic.ledger.models import Entry, EntryPrivate
from civic.outbox.actions import queue_message
from civic.outbox.models import Message
from civic.people.models import Person
from civic.photos.models import Photo
from civic.privacy.actions import erase_person
from civic.privacy.choice import Texts
from civic.privacy.queries.unlisted import unlisted_erasures
from civic.proposals.models import Proposal
from livinglab.doctor import examine
from tests.making import NOON, make_lamp, make_person, make_proposal
from tests.signing import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
NICKNAME = "두번떠난이웃"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DESTROYED_LOG = tmp_path / "destroyed.log"


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup with somebody in it who left afterwards, words and picture too; a neighbour stayed."""
    person, file = make_person(NICKNAME), tmp_path / "night.tar.gz"
    make_proposal(person, title="떠난 이의 제안입니다")
    make_proposal(make_person("남은이웃"), title="남은 이의 제안입니다")
    fault, _key = report_fault(by=person, device=make_lamp(), category="dark", text="우리 집 앞입니다.", at=NOON)
    picture = default_storage.save("photos/xx/home.jpg", ContentFile(b"my window"))
    report = Report.objects.get(fault=fault)
    Photo.objects.create(key=report.key, file=picture, width=1, height=1, public=True, at=NOON)
    call_command("backup", str(file), verbosity=0)
    erase_person(by=person, person=person, texts=Texts.GONE, at=database_now())
    return file


def remains() -> dict[str, object]:
    return {
        "people": sorted(Person.objects.values_list("nickname", flat=True)),
        "titles": sorted(Proposal.objects.exclude(problem="").values_list("title", flat=True)),
        "reports": list(Report.objects.values_list("text", flat=True)),
        "pictures": [path.name for path in Path(settings.MEDIA_ROOT).rglob("*.jpg")],
    }


LEFT = {"people": ["남은이웃"], "titles": ["남은 이의 제안입니다"], "reports": [""], "pictures": []}


def test_backup_older_than_an_erasure_brings_nobody_back(backup: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert remains() == LEFT
    call_command("restore", str(backup), "--force", "--json")
    assert json.loads(capsys.readouterr().out)["destroyed_again"]["people"] == 1
    assert remains() == LEFT
    assert [entry.data["by"] for entry in Entry.objects.filter(fact="PersonErased")] == ["restore"]
    assert not EntryPrivate.objects.exclude(person__nickname="남은이웃").exists()


def test_backup_itself_did_hold_them(
    backup: Path, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody had left before it, so that it cannot tell that the file is missing; that there is none is said."""
    settings.DESTROYED_LOG = tmp_path / "lost.log"
    call_command("restore", str(backup), "--force", verbosity=0)
    assert f"There was no {settings.DESTROYED_LOG}" in capsys.readouterr().out
    assert NICKNAME in remains()["people"]  # type: ignore[operator]  # a list of names
    assert remains()["pictures"] == ["home.jpg"]


@pytest.fixture
def second_backup(tmp_path: Path, settings: Settings) -> Path:
    """Somebody had left before it, and another one after it; beside it the file as it was after the first leaving."""
    leave(make_person("먼저떠난이웃"))
    shutil.copy(settings.DESTROYED_LOG, tmp_path / "old.log")
    leave(make_person("그다음이웃"))
    last, file = make_person(NICKNAME), tmp_path / "second.tar.gz"
    call_command("backup", str(file), verbosity=0)
    leave(last)
    return file


def leave(person: Person) -> None:
    erase_person(by=person, person=person, texts=Texts.GONE, at=database_now())


@pytest.mark.parametrize("log", ["lost.log", "old.log"])
def test_restore_without_the_file_or_with_an_older_one_stops_until_that_is_said(
    second_backup: Path, log: str, settings: Settings, tmp_path: Path
) -> None:
    today, settings.DESTROYED_LOG = settings.DESTROYED_LOG, tmp_path / log
    with pytest.raises(CommandError, match="Let nothing serve: put the file's copy back"):
        call_command("restore", str(second_backup), "--force", verbosity=0)
    assert [finding.name for finding in examine() if finding.name == "erasures" and not finding.ok]

    shutil.copy(today, settings.DESTROYED_LOG)  # its copy is put back
    call_command("restore", str(second_backup), "--force", verbosity=0)
    assert not Person.objects.exists()


def test_file_that_is_lost_for_good_is_asked_for_once(
    second_backup: Path, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DESTROYED_LOG = tmp_path / "lost.log"
    for said in (True, False):  # the first time writes the file itself
        call_command("restore", str(second_backup), "--force", "--without-destroyed-log", verbosity=0)
        assert (f"There was no {settings.DESTROYED_LOG}" in capsys.readouterr().out) is said
    assert Person.objects.get().nickname == NICKNAME
    call_command("restore", str(second_backup), "--force", verbosity=0)  # it was said
    leave(Person.objects.get())
    assert unlisted_erasures() == 0


def test_sign_in_of_a_backup_opens_nothing_after_it_was_put_back(tmp_path: Path) -> None:
    """Its owner may have signed out everywhere since, or have a new password."""
    client = signed_in(make_person())
    file = tmp_path / "night.tar.gz"
    call_command("backup", str(file), verbosity=0)
    assert client.get("/me/").status_code == 200
    call_command("restore", str(file), "--force", verbosity=0)
    assert client.get("/me/").status_code == 302
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)


def test_log_outlives_the_restore_and_serves_the_next(backup: Path) -> None:
    for _time in range(2):
        call_command("restore", str(backup), "--force", verbosity=0)
        assert remains() == LEFT


def test_prepare_erases_whoever_came_back_another_way(backup: Path, settings: Settings, tmp_path: Path) -> None:
    log, settings.DESTROYED_LOG = settings.DESTROYED_LOG, tmp_path / "lost.log"
    call_command("restore", str(backup), "--force", verbosity=0)
    settings.DESTROYED_LOG = log
    settings.STATIC_ROOT = tmp_path / "static"
    call_command("prepare", verbosity=0)
    assert remains() == LEFT


@pytest.mark.parametrize(
    "cache", ["django.core.cache.backends.locmem.LocMemCache", "livinglab.shared_cache.SharedCache"]
)
def test_what_is_over_by_its_time_goes_again_too(cache: str, tmp_path: Path, settings: Settings) -> None:
    """Before `prepare` has made the table of a cache in the database, too."""
    settings.CACHES = {"default": {"BACKEND": cache, "LOCATION": "no_such_table"}}
    queue_message(sender="lab@example.org", recipient="old@example.org", subject="s", body="b", at=NOON)
    Message.objects.update(sent_at=NOON)
    file = tmp_path / "night.tar.gz"
    call_command("backup", str(file), verbosity=0)
    Message.objects.all().delete()
    call_command("restore", str(file), "--force", verbosity=0)
    assert not Message.objects.exists()
    assert Entry.objects.get(fact="DataDestroyed", key="retention:mails").data["by"] == "restore"


@pytest.mark.sqlite  # whose tables come back by themselves after the test; what is tested is the command
@pytest.mark.parametrize(
    ("table", "said"), [("civic_message", "Let nothing serve"), ("civic_photo", "not destroyed again: guest_contact")]
)
def test_what_cannot_be_destroyed_after_a_restore_is_said(backup: Path, table: str, said: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {table}")
    broken = backup.with_name("broken.tar.gz")
    call_command("backup", str(broken), verbosity=0)
    _note_left(Person.objects.get())
    with pytest.raises(CommandError, match=said):
        call_command("restore", str(broken), "--force", verbosity=0)


def _note_left(person: Person) -> None:
    line = {"at": "", "what": "person", "id": str(person.pk), "texts": "gone"}
    Path(settings.DESTROYED_LOG).write_text(json.dumps(line) + "\n")
