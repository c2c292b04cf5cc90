"""Can a district bring its own offices in one file, and is it told what does not fit?"""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from civic.people.models import Department
from civic.people.queries import department_for

pytestmark = pytest.mark.django_db

UNIT = {"slug": "harbour", "level": "division", "name_ko": "항만과", "name_en": "Harbour Division", "phone": "02-1-2"}


def _load(folder: Path, said: Any) -> None:
    file = folder / "departments.json"
    file.write_text(said if isinstance(said, str) else json.dumps(said), encoding="utf-8")
    call_command("load_departments", str(file), verbosity=0)


def _with(**changes: Any) -> dict[str, Any]:
    return {"districts": [{"district": "11200", "units": [UNIT | changes]}]}


def test_a_file_of_departments_is_taken_over_with_what_is_brought_to_them(tmp_path: Path) -> None:
    _load(tmp_path, _with(units=[UNIT | {"slug": "boats", "level": "team", "gets": {"fault": ["boats"]}}]))
    team = Department.objects.get(code="11200.harbour.boats")
    assert (team.title_ko, team.phone) == ("항만과 항만과", "02-1-2")
    assert department_for(district="11200", kind="fault", category="boats") == team


def test_a_second_run_changes_nothing_that_was_amended_since(tmp_path: Path) -> None:
    _load(tmp_path, _with())
    Department.objects.filter(code="11200.harbour").update(phone="02-9-9")
    _load(tmp_path, _with())
    assert Department.objects.get(code="11200.harbour").phone == "02-9-9"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("not JSON", "not a file of departments"),
        ([], "not a file of departments"),
        ({"districts": [{"district": "99999", "units": []}]}, "no district '99999'"),
        ({"districts": [{"district": "11200", "units": [{"slug": "harbour"}]}]}, "'level' is missing"),
        (_with(phone="call us"), "phone: "),
        (_with(slug="../x"), "slug: "),
        (_with(level="team"), "level: "),
        (_with(name_ko=""), "name_ko: "),
    ],
)
def test_a_file_that_does_not_fit_is_refused_whole(tmp_path: Path, said: Any, told: str) -> None:
    before = Department.objects.count()
    with pytest.raises(CommandError, match=told):
        _load(tmp_path, said)
    assert Department.objects.count() == before


def test_a_file_that_is_not_there_is_named_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_departments", str(tmp_path / "none.json"))
