"""What if something happens between two statements of whoever is at it? On the real database, at a chosen moment."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def right_after(words: str, deed: Callable[[], object]) -> Iterator[None]:
    """Do `deed` once, as soon as this connection has run a statement with these words."""
    waiting = [deed]

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        if waiting and words in sql:
            waiting.pop()()
        return answer

    with connection.execute_wrapper(watch):
        yield
    assert not waiting, f"nobody asked {words}"
