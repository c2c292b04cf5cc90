"""Who of the staff checked how many residents in a month, and sent codes to how many?"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from civic.people.models import Seen

from .access import looks_in

CHECKED = "people:checked"  # where it was read: at a check that was recorded


@dataclass(frozen=True)
class Checker:
    """One official in one month."""

    name: str
    checks: int
    letters: int


def checkers_in(district: str, month: date) -> list[Checker]:
    """By name: one query of the log of looks, which outlives the role and the account of whoever looked."""
    checks, letters = Counter[tuple[UUID | None, str]](), Counter[tuple[UUID | None, str]]()
    rows = looks_in(district, month).filter(what__in=[Seen.CHECK, Seen.LETTERS]).order_by()
    for by, name, what, about in rows.values_list("by_id", "by_name", "what", "about"):
        checks[by, name] += about == CHECKED
        letters[by, name] += letters_of(about) if what == Seen.LETTERS else 0
    who = sorted((key for key in checks if checks[key] or letters[key]), key=lambda key: (key[1], str(key[0])))
    return [Checker(key[1], checks[key], letters[key]) for key in who]


def about_sheet(dong: str, number: int, sheet: int | None) -> str:
    """Where the names of a sheet were read: `sheet` is the ledger's number, none for one that was refused."""
    return f"letters:{dong}:{number}:{sheet}" if sheet else f"letters:{dong}:0"


def letters_of(about: str) -> int:
    """How many letters that sheet had."""
    number = about.split(":")[2:3]
    return int(number[0]) if number and number[0].isdecimal() else 0
