"""What do the chain and an open page show of a proposal in each state?"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from civic.policies.models import ParticipationPolicy
from civic.proposals.marks import live_state, marks, proposal_path
from civic.proposals.models import Proposal
from civic.threads.models import Thread
from tests.making import NOON

DUE = datetime(2026, 4, 2, tzinfo=ZoneInfo("Asia/Seoul"))


def proposal(state: str) -> Proposal:
    """In memory, as it is in that state."""
    found = Proposal(
        code="P-2026-000007",
        state=state,
        supports=12 if state in ("open", "expired") else 31,
        policy=ParticipationPolicy(support_needed=30),
        thread=Thread(posts=0),
        published_at=NOON,
        closes_at=DUE,
    )
    if state not in ("open", "expired"):
        found.reached_at, found.due_at = NOON, DUE
    if state in ("adopted", "declined"):
        found.decided_at = NOON + timedelta(days=10)
    return found


@pytest.mark.parametrize(
    ("state", "support", "answer"),
    [
        ("open", {"status": "lit", "fact": "supporters_of", "count": 12, "needed": 30}, None),
        ("expired", {"status": "lit", "fact": "ended"}, None),
        (
            "dept_review",
            {"status": "done", "fact": "supporters", "count": 31},
            {"status": "lit", "fact": "due", "at": "2026-04-01T23:59:59.999999+09:00"},
        ),
        (
            "adopted",
            {"status": "done", "fact": "supporters", "count": 31},
            {"status": "lit", "fact": "days_used", "days": 10},
        ),
        (
            "declined",
            {"status": "done", "fact": "supporters", "count": 31},
            {"status": "lit", "fact": "days_used", "days": 10},
        ),
    ],
)
def test_marks_light_one_place_and_lead_to_it(state, support, answer):
    expected = {
        "proposal": {"status": "done", "fact": "day", "at": NOON.isoformat()},
        "support": support,
        **({"answer": answer} if answer else {}),
        "thread": {"status": "to_come", "fact": "posts", "count": 0},
    }
    found = marks(proposal(state))
    assert {mark["place"]: mark for mark in found} == {
        place: {"place": place, "path": f"/proposals/P-2026-000007/#{place}"} | mark for place, mark in expected.items()
    }
    assert [mark["status"] for mark in found].count("lit") == 1


@pytest.mark.parametrize("state", ["open", "expired", "dept_review", "adopted", "declined"])
def test_live_state_is_the_whole_state(state):
    assert live_state(proposal(state)) == {
        "state": state,
        "supports": proposal(state).supports,
        "needed": 30,
        "closes_at": DUE.isoformat(),
        "due_at": None if state in ("open", "expired") else DUE.isoformat(),
        "decision": state if state in ("adopted", "declined") else None,
    }


def test_path_has_no_language():
    assert proposal_path(proposal("open")) == "/proposals/P-2026-000007/"
