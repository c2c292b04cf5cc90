"""How does a stream ask the database without keeping a connection? It hangs up after each question.

Django gives each HTTP request a thread of its own, and each thread has its own connection: a stream that stays open
for hours would hold one for hours, and PostgreSQL has about a hundred.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.db import connection

P = ParamSpec("P")
R = TypeVar("R")


async def ask(question: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Ask in the request's thread and close its connection there."""

    def ask_and_hang_up() -> R:
        try:
            return question(*args, **kwargs)
        finally:
            connection.close()

    return await sync_to_async(ask_and_hang_up)()
