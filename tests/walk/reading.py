"""What does the matrix say? Text files, a line a route: methods, route, and who may, parted by two spaces or more."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.walk.visitors import WORDS

FOLDER = Path(__file__).parent / "matrix"
METHODS = ("GET", "POST")
_LINE = re.compile(r"(?P<methods>[A-Z ]+?) {2,}(?P<route>\S.*?) {2,}(?P<who>[a-z_ -]+)")


@dataclass(frozen=True)
class Row:
    """One route: for each of its methods who may."""

    route: str
    open_to: dict[str, frozenset[str]]


def files() -> list[str]:
    """The parts of the matrix by name."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


@cache
def matrix(name: str) -> tuple[Row, ...]:
    """The rows of one part; a route may have a line for each method."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            methods, route, who = _parsed(line)
            mine = found.setdefault(route, {})
            assert not mine.keys() & set(methods), f"{name}.txt has {route} twice"
            mine.update(dict.fromkeys(methods, who))
    return tuple(Row(route, open_to) for route, open_to in found.items())


def _parsed(line: str) -> tuple[list[str], str, frozenset[str]]:
    parts = _LINE.fullmatch(line.rstrip())
    assert parts, f"no line of a matrix: {line}"
    words = parts["who"].split()
    assert set(words) <= WORDS.keys(), f"nobody is called so: {line}"
    return parts["methods"].split(), parts["route"], frozenset().union(*(WORDS[word] for word in words))
