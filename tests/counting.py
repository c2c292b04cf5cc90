"""How many statements does it cost?"""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

LOOKS = 3


def cost(ask: Callable[[], object]) -> int:
    """Statements of one asking, the least of three: the first fills caches, and a cached minute may end in another."""
    return min(_asked(ask) for _look in range(LOOKS))


def _asked(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as seen:
        ask()
    return len(seen)
