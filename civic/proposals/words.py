"""What did a resident write? Cleaned once; the rule judges it, the preview shows it, the action keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass

from civic.refusals import insist
from civic.texts import clean_html, clean_line, why_not_clean

WORDS_GONE = "글쓴이가 지운 제안입니다"  # a title among titles, which are Korean


@dataclass(frozen=True)
class Words:
    """The words of a proposal: the title is plain text, the parts are safe HTML. Made by `words()` only."""

    title: str
    problem: str
    solution: str
    expected_effect: str
    tags: tuple[str, ...]


def words(*, title: str, problem: str, solution: str, expected_effect: str = "", tags: Sequence[str] = ()) -> Words:
    """Clean what was typed or sent; a tag said twice counts once. Raises Refused for what is not worth cleaning."""
    for field, text in (("problem", problem), ("proposal", solution), ("effect", expected_effect), ("title", title)):
        insist(why_not_clean(text, field))
    labels = {label.casefold(): label for tag in tags if (label := clean_line(tag).lstrip("#").strip())}
    return Words(
        title=clean_line(title),
        problem=clean_html(problem),
        solution=clean_html(solution),
        expected_effect=clean_html(expected_effect),
        tags=tuple(labels.values()),
    )
