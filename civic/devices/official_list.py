"""What does a district's list of security lights say? The national standard CSV (data.go.kr 15017320), as delivered.

Pure and total: bytes of any kind give rows and remarks, or NotALampList with one sentence. Row numbers are lines of
the file, its header being row 1.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

NAME, COUNT, ROAD, LOT, LAT, LON, YEAR, MOUNTING, PHONE, AGENCY, DATED = COLUMNS = (
    "보안등위치명", "설치개수", "소재지도로명주소", "소재지지번주소", "위도", "경도",
    "설치연도", "설치형태", "관리기관전화번호", "관리기관명", "데이터기준일자",
)  # fmt: skip  # the standard's order
OLDER = {"설치년도": YEAR}
LONGEST = {NAME: 80, ROAD: 200, LOT: 200, MOUNTING: 40, PHONE: 40, AGENCY: 80}
MOST_LAMPS = 100_000  # in one row
MOST_LINES_OF_A_ROW = 3  # an address may hold a line end; an unclosed quote must not swallow the list
_COUNT = re.compile(r"(\d{1,6}|\d{1,3}(?:,\d{3})+)(?:\.0+)?\s*[등개기대]?")  # as spreadsheets write it: 1,000 or 200.0
KOREA = ((33.0, 39.0), (124.0, 132.0))  # latitude, longitude


class NotALampList(Exception):
    """The file as a whole cannot be read; the sentence says why."""


@dataclass(frozen=True)
class Shape:
    """How the file is written: encoding, line end and header line, for giving it back alike."""

    encoding: str
    newline: str
    header: str


@dataclass(frozen=True)
class Remark:
    """What is odd about a row."""

    row: int
    reason: str


@dataclass(frozen=True)
class Lamp:
    """One row: `source` as delivered, `cells` by column, `point` as (lon, lat) where it is usable."""

    row: int
    source: str
    cells: dict[str, str]
    count: int
    point: tuple[float, float] | None
    year: int | None
    dated: date | None

    @property
    def content(self) -> tuple[str, ...]:
        return tuple(self.cells.values())


@dataclass
class Listed:
    """A whole list: `read` rows of it, those that can be taken, and what is odd. `unread` are the quarantined rows."""

    shape: Shape
    read: int = 0
    lamps: list[Lamp] = field(default_factory=list)
    flagged: list[Remark] = field(default_factory=list)
    quarantined: list[Remark] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read_list(data: bytes) -> Listed:
    """Read a file. Raises NotALampList where it is no such list."""
    encoding, text = _decoded(data)
    lines = list(io.StringIO(text, newline=""))
    columns = _columns(lines[0]) if lines else []
    newline = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    listed = Listed(Shape(encoding, newline, lines[0].rstrip("\r\n") if lines else ""))
    for row, source in _records(lines, len(columns)):
        listed.read += 1
        cells = cells_of(source)
        if reason := _unusable(cells, columns):
            listed.quarantined.append(Remark(row, reason))
            listed.unread.append(source)
        else:
            _take(listed, row, source, dict(zip(columns, cells, strict=True)))
    return listed


def cells_of(source: str) -> list[str]:
    """The cells of one row as delivered."""
    try:
        return [cell.strip() for cell in next(csv.reader(io.StringIO(source, newline="")), [])]
    except csv.Error:  # a cell longer than the reader takes
        return []


def _decoded(data: bytes) -> tuple[str, str]:
    if not data.strip():
        raise NotALampList("The file is empty.")
    if b"\0" in data:
        raise NotALampList("The file is not text: it is no CSV.")
    for encoding in ("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8", "cp949"):
        try:
            return encoding, data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotALampList("The text is neither UTF-8 nor CP949.")


def _columns(header: str) -> list[str]:
    names = [OLDER.get(cell, cell) for cell in cells_of(header.rstrip("\r\n"))]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise NotALampList(f"Row 1 lacks the columns {', '.join(missing)}.")
    if len(set(names)) < len(names):
        raise NotALampList("Row 1 names a column twice.")
    return names


def _records(lines: list[str], width: int) -> Iterator[tuple[int, str]]:
    """Rows below the header with their line numbers; empty lines are none."""
    at = 1
    while at < len(lines):
        spans = (lines[at : at + n] for n in range(2, MOST_LINES_OF_A_ROW + 1))
        whole = next((span for span in spans if _is_one_row(span, width)), lines[at : at + 1])
        source = "".join(whole).rstrip("\r\n")
        if source.strip():
            yield at + 1, source
        at += len(whole)


def _is_one_row(lines: list[str], width: int) -> bool:
    """Whether a quoted cell holds the line ends: not where the quotes are inch marks of rows that stand alone."""
    text = "".join(lines)
    if lines[0].count('"') % 2 == 0 or text.count('"') % 2:
        return False
    if all(line.count(",") >= width - 1 for line in (lines[0], lines[-1])):
        return False
    try:
        return [len(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)] == [width]
    except csv.Error:
        return False


def _unusable(cells: list[str], columns: list[str]) -> str:
    if len(cells) != len(columns):
        return f"{len(columns)} cells expected, {len(cells)} found"
    row = dict(zip(columns, cells, strict=True))
    long = [name for name, most in LONGEST.items() if len(row[name]) > most]
    if long:
        return f"{long[0]} is longer than {LONGEST[long[0]]} characters"
    if not any(row[name] for name in (NAME, ROAD, LOT)) and not _number(row[LAT]):
        return "neither a name nor an address nor a point"
    return ""


def _take(listed: Listed, row: int, source: str, cells: dict[str, str]) -> None:
    point, odd = _point(cells[LAT], cells[LON])
    count, odd_count = _count(cells[COUNT])
    lamp = Lamp(row, source, cells, count, point, _year(cells[YEAR]), _date(cells[DATED]))
    listed.lamps.append(lamp)
    listed.flagged += [Remark(row, reason) for reason in (odd, odd_count) if reason]


def _point(lat: str, lon: str) -> tuple[tuple[float, float] | None, str]:
    """(lon, lat) and what is odd about it."""
    if not lat or not lon:
        return None, "no coordinates" if lat == lon else f"no {'latitude' if lon else 'longitude'}"
    y, x = _number(lat), _number(lon)
    if y is None or x is None:
        return None, "coordinates are not numbers"
    if _in_korea(y, x):
        return (x, y), ""
    if _in_korea(x, y):
        return (y, x), "swapped: latitude and longitude turned round"
    return None, "coordinates outside Korea, not used"


def _in_korea(lat: float, lon: float) -> bool:
    return KOREA[0][0] <= lat <= KOREA[0][1] and KOREA[1][0] <= lon <= KOREA[1][1]


def _number(text: str) -> float | None:
    try:
        return None if "_" in text else float(text)  # Python's own digit groups are nobody's coordinates
    except ValueError:
        return None


def _count(text: str) -> tuple[int, str]:
    found = _COUNT.fullmatch(text)
    count = int(found[1].replace(",", "")) if found else 0
    if 1 <= count <= MOST_LAMPS:
        return count, ""
    return 1, f"{COUNT} is no number of lamps: taken as one" if text else f"no {COUNT}: taken as one"


def _year(text: str) -> int | None:
    return int(text[:4]) if text[:4].isdecimal() and 1900 <= int(text[:4]) <= 2100 else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
