"""What is so now? The cursor first and the state after it, so that whoever goes on from the cursor misses nothing."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Count

from civic.chain.models import Node
from civic.feed.numbering import head
from civic.proposals.marks import live_state
from civic.proposals.models import Proposal
from civic.threads.models import Thread
from civic.threads.state import thread_state

MOST_KEYS = 200


def snapshot(keys: Iterable[str]) -> dict[str, Any]:
    """`{"epoch", "cursor", "state": {key: state}, "counts": {district: {"kind:state": number}}}` of public things."""
    last = head()
    return {"epoch": last.epoch, "cursor": last.seq, "state": _states(keys), "counts": _counts()}


def _states(keys: Iterable[str]) -> dict[str, Any]:
    public = Node.objects.filter(key__in=list(keys), public=True).values_list("key", "kind")
    by_kind: dict[str, list[str]] = {}
    for key, kind in public:
        by_kind.setdefault(kind, []).append(key)
    states: dict[str, Any] = {}
    for kind, found in by_kind.items():
        if kind in _SOURCES:
            states |= _SOURCES[kind](found)
    return states


def _counts() -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    rows = Node.objects.filter(public=True).values_list("district", "kind", "state")
    for district, kind, state, number in rows.annotate(number=Count("key")):
        counts.setdefault(district, {})[f"{kind}:{state}"] = number
    return counts


def _proposals(keys: Iterable[str]) -> Mapping[str, Any]:
    rows = Proposal.objects.filter(code__in=[key.partition(":")[2] for key in keys]).select_related("policy")
    return {proposal.key: live_state(proposal) for proposal in rows}


def _threads(keys: Iterable[str]) -> Mapping[str, Any]:
    return {thread.key: thread_state(thread) for thread in Thread.objects.filter(key__in=list(keys))}


_SOURCES: dict[str, Callable[[Iterable[str]], Mapping[str, Any]]] = {"proposal": _proposals, "thread": _threads}
