"""What does the desk put to the vote? A round and its options before anybody sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from civic.texts import clean_html, clean_line


@dataclass(frozen=True, kw_only=True)
class OptionDraft:
    """One option as it will stand on the ballot: a snapshot, whatever becomes of what it came of.

    `cost` in won, `dong` a 10-digit code, `point` longitude and latitude, `about` a key such as proposal:P-2026-000123.
    """

    title: str
    text: str = ""
    cost: int | None = None
    category: str = ""
    dong: str = ""
    point: tuple[float, float] | None = None
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class RoundDraft:
    """A vote to be. `seats` is how many options are chosen, `quorum` how many ballots the result needs."""

    slug: str
    title: str
    lead: str = ""
    min_picks: int = 1
    max_picks: int
    seats: int = 1
    quorum: int | None = None
    opens_at: datetime
    closes_at: datetime
    options: tuple[OptionDraft, ...]


def option(
    *,
    title: str,
    text: str = "",
    cost: int | None = None,
    category: str = "",
    dong: str = "",
    point: Sequence[float] | None = None,
    about: str = "",
) -> OptionDraft:
    """An option with its words cleaned."""
    where = (float(point[0]), float(point[1])) if point else None
    words = {"title": clean_line(title), "text": clean_html(text)}
    return OptionDraft(**words, cost=cost, category=category, dong=dong, point=where, about=about)
