"""Which lamps may a row mean that cannot be read? By its plate, or by all of it but the place where it is broken.

A comma too many or an address too long takes no lamp down: where a row may mean one, that one stays as it was.
"""

from collections.abc import Iterable, Iterator, Sequence

from .models import Streetlight
from .official_list import NAME, Listed, cells_of

FIRST = 4  # cells: name, number and both addresses, in the standard's order

Sign = tuple[object, ...]


def without_meant(gone: Iterable[Streetlight], listed: Listed) -> list[Streetlight]:
    """Of lamps that the list does not name, those that none of its unread rows may mean."""
    columns = cells_of(listed.shape.header)
    told = {sign for source in listed.unread for cells in _readings(source) for sign in _signs_of_row(cells, columns)}
    return [light for light in gone if told.isdisjoint(_signs_of(light, len(columns)))]


def _readings(source: str) -> tuple[list[str], list[str]]:
    """As the list is read, and by commas alone: a quote that nobody closed swallows the rest of a row."""
    return cells_of(source), [cell.strip(' "') for cell in source.split(",")]


def _signs_of_row(cells: Sequence[str], columns: Sequence[str]) -> Iterator[Sign]:
    if len(cells) > columns.index(NAME):
        yield (cells[columns.index(NAME)],)
    yield from _signs(cells, len(columns))


def _signs_of(light: Streetlight, width: int) -> Iterator[Sign]:
    """A name is a sign where it identifies the lamp: a place stands before the colon of the others' identity."""
    if ":" not in light.identity:
        yield (light.device.name,)
    yield from _signs(cells_of(light.source), width)


def _signs(cells: Sequence[str], width: int) -> Iterator[Sign]:
    """The first cells; and all but two neighbours among those, counted from both ends."""
    if len(cells) > FIRST:
        yield "first", *cells[:FIRST]
    if len(cells) >= width - 2:
        yield from ((k, *cells[:k], *cells[len(cells) - (width - 2 - k) :]) for k in range(FIRST))
