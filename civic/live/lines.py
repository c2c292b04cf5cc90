"""How many lines may one reader hold open in this process? A few a person; pages beyond that ask now and then."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from civic.refusals import Refusal, insist

from .viewers import Viewer

MOST_OF_A_PERSON = 6  # pages in view at the same time: a hidden one lets go of its line
MOST_OF_AN_ADDRESS = 1_000  # of people not signed in: a school, or a quarter's telephones, stand behind one address
_TOO_MANY = Refusal("too_many_lines", _("This is open in too many places. Close one, or ask /live/entries."), 429)
_open: Counter[str] = Counter()


def why_not_open(viewer: Viewer, address: str = "") -> Refusal | None:
    """`address` counts for whoever is not signed in; without one nothing is counted."""
    most = MOST_OF_A_PERSON if viewer.person else MOST_OF_AN_ADDRESS
    name = viewer.person or address
    return _TOO_MANY if name and _open[name] >= most else None


@contextmanager
def held(viewer: Viewer, address: str = "") -> Iterator[None]:
    """Count a line until the block ends. Raises Refused."""
    insist(why_not_open(viewer, address))
    name = viewer.person or address
    _open[name] += 1
    try:
        yield
    finally:
        _open[name] -= 1
        if not _open[name]:
            del _open[name]
