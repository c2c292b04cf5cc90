"""Where does a proposal stand in the chain, and what does a page show of it? Pure: a proposal in, plain data out."""

from collections.abc import Mapping, Sequence
from typing import Any

from civic.clocks.deadlines import days_between, last_day

from .models import Proposal
from .states import ANSWERED, TRIED, State


def marks(proposal: Proposal) -> list[dict[str, Any]]:
    """The marks of a proposal's own four places (proposal, support, answer, thread), and of what came of it."""
    done = {"place": "proposal", "status": "done", "fact": "day", "at": proposal.published_at.isoformat()}
    path = proposal_path(proposal)
    own = (done, _support(proposal), *_answer(proposal), _thread(proposal))
    return [mark | {"path": f"{path}#{mark['place']}"} for mark in own] + [dict(mark) for mark in proposal.after]


def told_after(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """One mark a place, the newer winning; but what happened is not skipped by somebody who knows of nothing."""
    known = {mark["place"]: mark for mark in before}
    for mark in after:
        if mark["status"] != "skipped" or mark["place"] not in known:
            known[mark["place"]] = mark
    return list(known.values())


def proposal_path(proposal: Proposal) -> str:
    """Without a language prefix: Korean; pages translate it."""
    return f"/proposals/{proposal.code}/"


def live_state(proposal: Proposal) -> dict[str, Any]:
    """The whole state of a proposal as pages show it live."""
    return {
        "state": str(proposal.state),
        "supports": proposal.supports,
        "needed": proposal.policy.support_needed,
        "closes_at": proposal.closes_at.isoformat(),
        "due_at": proposal.due_at.isoformat() if proposal.due_at else None,
        "decision": _decision(proposal),
    }


def _decision(proposal: Proposal) -> str | None:
    if proposal.state not in ANSWERED:
        return None
    return str(State.ADOPTED if proposal.state in TRIED else proposal.state)


def _support(proposal: Proposal) -> dict[str, Any]:
    if proposal.state == State.OPEN:
        needed = proposal.policy.support_needed
        return {
            "place": "support",
            "status": "lit",
            "fact": "supporters_of",
            "count": proposal.supports,
            "needed": needed,
        }
    if proposal.state == State.EXPIRED:
        return {"place": "support", "status": "lit", "fact": "ended"}
    if proposal.state == State.WITHDRAWN:
        return {"place": "support", "status": "lit", "fact": "withdrawn"}
    return {"place": "support", "status": "done", "fact": "supporters", "count": proposal.supports}


def _answer(proposal: Proposal) -> list[dict[str, Any]]:
    if proposal.state == State.DEPT_REVIEW and proposal.due_at:
        return [{"place": "answer", "status": "lit", "fact": "due", "at": last_day(proposal.due_at).isoformat()}]
    if proposal.state in ANSWERED and proposal.reached_at and proposal.decided_at:
        days = days_between(proposal.reached_at, proposal.decided_at)
        status = "done" if proposal.state in TRIED or _is_talked_of(proposal) else "lit"
        return [{"place": "answer", "status": status, "fact": "days_used", "days": days}]
    return []


def _thread(proposal: Proposal) -> dict[str, Any]:
    """Neighbours may speak from the first day; it is the proposal's place once the district has said yes."""
    if proposal.state in TRIED:
        status = "done" if proposal.thread.posts else "skipped"
    else:
        status = "lit" if _is_talked_of(proposal) else "to_come"
    return {"place": "thread", "status": status, "fact": "posts", "count": proposal.thread.posts}


def _is_talked_of(proposal: Proposal) -> bool:
    return proposal.state == State.ADOPTED and proposal.thread.posts > 0
