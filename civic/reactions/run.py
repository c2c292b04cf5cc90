"""Who runs the reactions, and in which order do they see facts? Each function is a consumer of the feed by itself.

So one that fails or is slow holds up no other, and one added later begins by itself.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from civic.feed.consume import drop_consumers, enlist, run_consumer
from civic.feed.models import Item
from civic.ledger.facts import Fact, all_facts

from .table import REACTIONS

Reaction = Callable[[Fact, Item], None]


def enlist_all() -> None:
    """Give every reaction that has none its cursor. Before anything serves: `livinglab prepare` does it."""
    enlist(_names())


def drop_gone() -> int:
    """Forget cursors of reactions that are gone; returns how many rows.

    `livinglab prepare` alone does it: a worker of the version before, still at work while a new one is brought in,
    would take the new reactions for gone ones.
    """
    return drop_consumers(not_in=_names())


def run_all(*, at: datetime) -> int:
    """Let every reaction handle what it has not seen; returns how many items were handled."""
    return sum(
        run_consumer(name_of(function), _handler(function), kinds, at=at) for function, kinds in _kinds().items()
    )


def handler_named(name: str) -> Callable[[Item], None] | None:
    """What hands an item to the reaction of this name; None where there is no such reaction any more."""
    return next((_handler(function) for function in _kinds() if name_of(function) == name), None)


def name_of(function: Reaction) -> str:
    """The dotted name of a reaction, which is its consumer's name."""
    return f"{function.__module__}.{function.__qualname__}"


def _names() -> list[str]:
    return [name_of(function) for function in _kinds()]


def _kinds() -> dict[Reaction, set[str]]:
    """The table the other way round: function -> names of the facts it reacts to."""
    kinds: dict[Reaction, set[str]] = defaultdict(set)
    for fact, functions in REACTIONS.items():
        for function in functions:
            kinds[function].add(fact.name())
    return kinds


def _handler(function: Reaction) -> Callable[[Item], None]:
    def handle(item: Item) -> None:
        codes = dict(item.fact)
        district = codes.pop("district", "")
        function(all_facts()[item.kind].of(item.key, district, codes), item)

    return handle
