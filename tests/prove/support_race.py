"""What happens when many support at the same moment? One transition, one row a person, never a server error."""

from collections import Counter
from functools import partial
from typing import Any

from livinglab.bench.asking import served
from tests.prove.crowd import at_once, scratch, sessions, support

ROUNDS, TOGETHER = 10, 50  # proposals; people who support each at the same moment
ITEMS, EQUAL = 30, 8  # proposals; equal supports of one person for each, at the same moment


def run() -> list[dict[str, Any]]:
    """Two races over HTTP against two processes with four threads each."""
    site = scratch()
    from civic.clocks.now import database_now
    from civic.ledger.models import Entry
    from civic.proposals.models import Support
    from tests.making import make_proposal

    crowd = sessions(TOGETHER)
    contested = [make_proposal(at=database_now()) for _n in range(ROUNDS)]
    repeated = [make_proposal(at=database_now()) for _n in range(ITEMS)]
    race: Counter[int] = Counter()
    equal: Counter[int] = Counter()
    with served(site.environment, site.folder, site.port, workers=2, threads=4):
        for proposal in contested:
            race.update(at_once(partial(support, site.port, proposal.code, session) for session in crowd))
        for proposal in repeated:
            equal.update(at_once(partial(support, site.port, proposal.code, crowd[0]) for _n in range(EQUAL)))
    moved = Counter(Entry.objects.filter(fact="ProposalReachedThreshold").values_list("key", flat=True))
    truthful = 0
    for proposal in contested:
        proposal.refresh_from_db()
        truthful += proposal.supports == Support.objects.filter(proposal=proposal).count()
    once = sum(Support.objects.filter(proposal=proposal).count() == 1 for proposal in repeated)
    transitions = [moved[proposal.key] for proposal in contested]
    errors = sum(count for status, count in (race + equal).items() if status >= 500)
    return [
        _row(f"{TOGETHER} supports at once, {ROUNDS} times: transitions each", sorted(set(transitions)), [1]),
        _row("answers of that race", dict(race), "none of 500 or more", not any(s >= 500 for s in race)),
        _row("counts that equal their rows", truthful, ROUNDS),
        _row(f"{EQUAL} equal supports at once, {ITEMS} times: proposals with one row", once, ITEMS),
        _row("answers of that race", dict(equal), "none of 500 or more", not any(s >= 500 for s in equal)),
        _row("server errors in all", errors, 0),
    ]


def _row(promise: str, figure: Any, bound: Any, met: bool | None = None) -> dict[str, Any]:
    return {
        "promise": promise,
        "figure": str(figure),
        "bound": str(bound),
        "met": figure == bound if met is None else met,
    }
