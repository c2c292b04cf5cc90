"""Does a command say what to do where the database is missing or empty, in one sentence, by each way to call it?"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import DatabaseError, OperationalError, ProgrammingError

from livinglab.cli import UNPREPARED, what_is_missing

ROOT = Path(__file__).resolve().parents[3]
WAYS = {"manage.py": ["site/manage.py"], "module": ["-m", "livinglab"]}
COMMANDS = [
    ["import_lights", "fixtures/data/lights/seongdong-20210930.csv", "--district", "11530", "--json"],
    ["round", "open", "demo-open"],
    ["simulate", "--seed", "1", "--json"],
]


def run(folder, *words, way="module", **environment):
    """Exit status, stdout and stderr of a command in a new folder of data."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    told = {"LIVINGLAB_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "livinglab.settings.demo", "PYTHONPATH": "site:."}
    done = subprocess.run(
        [sys.executable, *WAYS[way], *words],
        cwd=ROOT,
        env=kept | told | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr.strip()


@pytest.mark.parametrize("words", COMMANDS, ids=[words[0] for words in COMMANDS])
def test_command_without_tables_says_to_prepare_them(tmp_path, words):
    assert run(tmp_path, *words) == (1, "", UNPREPARED)


def test_manage_py_says_the_same_and_shows_where_when_asked(tmp_path):
    assert run(tmp_path, "purge", way="manage.py") == (1, "", UNPREPARED)
    status, _out, said = run(tmp_path, "purge", "--traceback", way="manage.py")
    assert (status, said.splitlines()[0]) == (1, "Traceback (most recent call last):")


def test_command_without_a_database_says_to_start_it(tmp_path):
    away = "The database does not answer ("
    for url in ("postgres://nobody@127.0.0.1:9/nothing", f"sqlite:///{tmp_path}/none/none.sqlite3"):
        status, out, said = run(tmp_path, "purge", DATABASE_URL=url)
        assert (status, out, said[: len(away)], len(said.splitlines())) == (1, "", away, 1)
        assert said.endswith("): start it or correct DATABASE_URL.")


def test_error_of_another_kind_stays_what_it_is():
    for error in (OperationalError("database is locked"), ProgrammingError("syntax error"), DatabaseError("")):
        assert what_is_missing(error) == ""
    busy = OperationalError("canceling statement due to statement timeout")
    busy.__cause__ = type("QueryCanceled", (Exception,), {"sqlstate": "57014"})()
    assert what_is_missing(busy) == ""
