"""Where does a round stand in the chain, and what does a page show of it live? Pure: a round in, plain data out."""

from typing import Any

from civic.clocks.deadlines import last_day

from .models import Round
from .states import State


def round_path(round: Round) -> str:
    """Without a language prefix: Korean; pages translate it."""
    return f"/votes/{round.slug}/"


def receipt_prefix(round: Round) -> str:
    """Answers to programs that cast a ballot in this round are kept under keys that begin so, until it closes."""
    return f"ballot:{round.slug}:"


def marks(round: Round) -> list[dict[str, Any]]:
    """The mark of the one place a round has: the vote."""
    return [{"place": "vote", "path": round_path(round), **_mark(round)}]


def _mark(round: Round) -> dict[str, Any]:
    if round.state == State.DRAFT:
        return {"status": "to_come", "fact": "opens", "at": round.opens_at.isoformat()}
    if round.state == State.OPEN:
        return {"status": "lit", "fact": "closes", "at": last_day(round.closes_at).isoformat()}
    if round.state == State.PUBLISHED:
        return {"status": "lit", "fact": "voters", "count": round.turnout, "path": f"{round_path(round)}result/"}
    return {"status": "lit", "fact": "vote_closed"}


def live_state(round: Round) -> dict[str, Any]:
    """The whole state of a round as pages show it live: how many took part, never what they chose."""
    return {
        "state": str(round.state),
        "turnout": round.turnout,
        "opens": round.opens_at.isoformat(),
        "closes": round.closes_at.isoformat(),
    }
