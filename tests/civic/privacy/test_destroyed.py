"""Is every line of destroyed.log whole, appended, on the disk and readable by its owner alone?"""

import os
import stat
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from civic.privacy.destroyed import all_destroyed, note_begun, note_done
from tests.making import NOON


def note(number: int) -> None:
    note_begun(what="person", id=str(number), texts="kept", at=NOON)


def test_lines_are_read_in_the_order_they_were_written(destroyed_log: Path) -> None:
    assert list(all_destroyed()) == []
    note(1)
    note_done(what="check_in", id="7", at=NOON)
    found = [(noted["what"], noted["id"], noted["step"]) for noted in all_destroyed()]
    assert found == [("person", "1", "begun"), ("check_in", "7", "done")]
    assert list(all_destroyed())[0]["at"] == NOON.isoformat()


def test_file_is_its_owners_alone(destroyed_log: Path) -> None:
    note(1)
    assert stat.S_IMODE(destroyed_log.stat().st_mode) == 0o600


def test_line_that_a_crash_cut_off_spoils_neither_itself_nor_the_next(destroyed_log: Path) -> None:
    note(1)
    with destroyed_log.open("a") as file:
        file.write('{"at": "2026-03-02T03:0')
    note(2)
    assert [noted["id"] for noted in all_destroyed()] == ["1", "2"]


def test_line_that_is_none_of_ours_is_passed_over(destroyed_log: Path) -> None:
    destroyed_log.write_text('[]\n"person"\n{"id": "3"}\n\n\x80\n', encoding="latin-1")
    note(4)
    assert [noted["id"] for noted in all_destroyed()] == ["4"]


def test_line_is_on_the_disk_before_the_call_comes_back(destroyed_log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bool] = []
    fsync = os.fsync

    def seen(handle: int) -> None:
        synced.append(stat.S_ISDIR(os.fstat(handle).st_mode))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", seen)  # the system's own call, listened to
    note(1)
    note(2)
    assert synced == [False, True, False]  # the file; once its folder too


def test_processes_that_write_at_once_leave_whole_lines(destroyed_log: Path) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("fork")) as pool:
        list(pool.map(note, range(40)))
    assert sorted(int(noted["id"]) for noted in all_destroyed()) == list(range(40))
