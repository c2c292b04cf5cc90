"""Do many writers and one reader agree? Writers commit late and out of order; the reader follows two cursors.

By number, as the product does, and by id, as it must not: `id > cursor` is here to show what it loses.
"""

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from civic.feed.models import Item
from civic.feed.numbering import head, look, number_items
from civic.feed.reading import items_after
from tests.civic.feed.writing import write


@dataclass
class Crowd:
    """What was written, and what a reader saw on either way, in its order."""

    first_number: int
    first_id: int
    written: list[str] = field(default_factory=list)
    by_number: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    by_id: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def missed(self, seen: list[str]) -> set[str]:
        return set(self.written) - set(seen)


def gather(*, writers: int, each: int, delay: float, numberers: int = 2) -> Crowd:
    """`writers` threads write `each` items, each committed up to `delay` seconds after its id was taken."""
    number_items()
    crowd, done = Crowd(head().seq, Item.objects.aggregate(last=Max("id"))["last"] or 0), threading.Event()
    began = time.monotonic()
    with ThreadPoolExecutor(writers + numberers + 2) as pool:
        following = [pool.submit(_closing(task), done) for task in [number_until] * numberers]
        following += [pool.submit(_closing(task), crowd, done) for task in (follow_numbers, follow_ids)]
        writing = [pool.submit(_closing(_write_late), place, each, delay) for place in range(writers)]
        for task in writing:
            crowd.written += task.result()
        crowd.seconds = time.monotonic() - began
        done.set()
        for other in following:
            other.result()
    return crowd


def number_until(done: threading.Event) -> None:
    """Number what waits, again and again, beside others that do the same."""
    while not done.is_set():
        number_items()
        time.sleep(0.001)


def follow_numbers(crowd: Crowd, done: threading.Event) -> None:
    """Read by number until the writers are done and nothing is left."""
    cursor = crowd.first_number
    while True:
        last_round = done.is_set()
        while last_round and look().waiting:  # another numberer may hold the lock just now
            number_items()
        batch = list(items_after(cursor, 1_000))
        for item in batch:
            assert item.seq is not None
            crowd.by_number.append(item.key)
            crowd.numbers.append(item.seq - crowd.first_number)
            cursor = item.seq
        if last_round and not batch:
            return
        if not batch:
            time.sleep(0.001)  # a loop without a breath keeps the interpreter from the thread that holds the lock


def follow_ids(crowd: Crowd, done: threading.Event) -> None:
    """Read by id, as one would at first think of."""
    cursor = crowd.first_id
    while True:
        last_round = done.is_set()
        for pk, key in Item.objects.filter(id__gt=cursor).order_by("id").values_list("id", "key"):
            crowd.by_id.append(key)
            cursor = pk
        if last_round:
            return
        time.sleep(0.001)


def _write_late(place: int, each: int, delay: float) -> list[str]:
    chance = random.Random(place)
    keys = [f"thing:{place}-{number}" for number in range(each)]
    for key in keys:
        with transaction.atomic():
            write(key)
            if delay:
                time.sleep(chance.random() * delay)
    return keys


def _closing(task: Callable[..., Any]) -> Callable[..., Any]:
    """The task with its thread's own connection, closed at the end."""

    def closing(*args: Any) -> Any:
        try:
            return task(*args)
        finally:
            connection.close()

    return closing
