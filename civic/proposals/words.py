"""What did a resident write? Cleaned once; the rule judges it, the preview shows it, the action keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass

from civic.texts import clean_html, clean_line


@dataclass(frozen=True)
class Words:
    """The words of a proposal: the title is plain text, the parts are safe HTML. Made by `words()` only."""

    title: str
    problem: str
    solution: str
    expected_effect: str
    tags: tuple[str, ...]


def words(*, title: str, problem: str, solution: str, expected_effect: str = "", tags: Sequence[str] = ()) -> Words:
    """Clean what was typed or sent; a tag said twice counts once."""
    labels = dict.fromkeys(label for tag in tags if (label := clean_line(tag).lstrip("#").strip()))
    return Words(
        title=clean_line(title),
        problem=clean_html(problem),
        solution=clean_html(solution),
        expected_effect=clean_html(expected_effect),
        tags=tuple(labels),
    )
