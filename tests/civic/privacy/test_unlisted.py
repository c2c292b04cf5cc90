"""Is every leaving of the ledger looked for in destroyed.log, each once?"""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from civic.privacy.actions import erase_again, erase_person
from civic.privacy.choice import Texts
from civic.privacy.destroyed import LOST, note_done
from civic.privacy.queries.unlisted import unlisted_erasures
from tests.making import NOON, make_person

pytestmark = pytest.mark.django_db


def leave(number: int = 1, *, at: datetime = NOON) -> None:
    for _n in range(number):
        person = make_person()
        erase_person(by=None, person=person, texts=Texts.KEPT, at=at)


def test_leavings_of_one_night_are_counted_each(
    destroyed_log: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        leave(2)
    leave(1)  # the machine stopped before `done`
    assert unlisted_erasures() == 0
    lines = destroyed_log.read_text().splitlines()
    destroyed_log.write_text("\n".join(line for line in lines if json.loads(line)["id"] != json.loads(lines[0])["id"]))
    assert unlisted_erasures() == 1
    destroyed_log.unlink()
    assert unlisted_erasures() == 3


def test_lines_of_other_things_without_a_time_and_of_an_erasure_that_failed_stand_for_nobody(
    destroyed_log: Path,
) -> None:
    leave()
    line = json.loads(destroyed_log.read_text())
    others = [line | {"what": "check_in"}, line | {"at": ""}, line | {"at": "2026-03-02T12:00:00"}]
    others.append(line | {"at": (NOON + timedelta(seconds=1)).isoformat()})
    destroyed_log.write_text("".join(f"{json.dumps(one)}\n" for one in others))
    assert unlisted_erasures() == 1


def test_erasure_anew_asks_for_no_line_of_its_own(destroyed_log: Path) -> None:
    person = make_person()
    destroyed_log.write_text(json.dumps({"what": "person", "id": str(person.pk), "at": NOON.isoformat()}) + "\n")
    assert erase_again(at=NOON + timedelta(days=1)) == 1
    assert unlisted_erasures() == 0


def test_what_was_lost_is_looked_for_no_more_and_what_came_after_is(destroyed_log: Path) -> None:
    leave()
    destroyed_log.unlink()
    note_done(what=LOST, at=NOON)
    assert unlisted_erasures() == 0
    kept = destroyed_log.read_text()
    leave(at=NOON + timedelta(hours=1))
    assert unlisted_erasures() == 0
    destroyed_log.write_text(kept)
    assert unlisted_erasures() == 1
