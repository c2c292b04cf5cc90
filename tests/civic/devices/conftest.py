"""How do tests of devices write lists of lamps? Rows of the national standard, in any encoding."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from civic.devices.official_list import COLUMNS

HEADER = ",".join(COLUMNS)


def row(name: str, lat: str = "37.5691083", lon: str = "127.0326723", **changed: str) -> str:
    """A row of Seongdong, as the real list writes it."""
    cells = {
        "count": "1",
        "road": "서울특별시 성동구 무학로 50",
        "lot": "서울특별시 성동구 하왕십리동 258",
        "year": "",
        "mounting": "전용주",
        "agency": "서울특별시 성동구",
    } | changed
    first = [name, cells["count"], cells["road"], cells["lot"], lat, lon, cells["year"], cells["mounting"]]
    return ",".join([*first, "02-2286-5787", cells["agency"], "2021-09-30"])


@pytest.fixture
def listing(tmp_path: Path) -> Callable[..., Path]:
    """Write a list of rows to a file."""

    def write(*rows: str, header: str = HEADER, encoding: str = "cp949", newline: str = "\n") -> Path:
        path = tmp_path / "lights.csv"
        path.write_bytes("".join(line + newline for line in (header, *rows)).encode(encoding))
        return path

    return write


@pytest.fixture
def imported(db: None) -> Callable[..., dict[str, Any]]:
    """Run `livinglab import_lights --json`; the report, with the sentence of a failure under `failed`."""

    def run(path: Path, district: str = "11200", **told: bool) -> dict[str, Any]:
        out, failed = StringIO(), ""
        try:
            call_command("import_lights", str(path), "--district", district, "--json", stdout=out, **told)
        except CommandError as error:
            failed = str(error)
        return json.loads(out.getvalue() or "{}") | {"failed": failed}

    return run


def counts(report: dict[str, Any]) -> dict[str, int]:
    """The report's figures that are not nothing."""
    figures = {name: value if isinstance(value, int) else len(value) for name, value in report.items()}
    return {name: value for name, value in figures.items() if value}
