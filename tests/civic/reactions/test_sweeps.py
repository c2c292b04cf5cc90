"""Does the clock close and remove what is over, and nothing else?"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from civic.ledger.models import Entry
from civic.privacy.purging import purge_by_night
from civic.proposals.models import Proposal
from civic.reactions.sweeps import SWEEPS, expire_proposals
from tests.making import NOON, make_proposal, make_reviewed

pytestmark = pytest.mark.django_db


def test_windows_that_ran_out_are_closed_and_the_rest_is_left() -> None:
    over, reviewed = make_proposal(), make_reviewed()
    running = make_proposal(at=NOON + timedelta(days=1))
    assert expire_proposals(over.closes_at - timedelta(seconds=1)) == 0
    assert expire_proposals(over.closes_at) == 1
    assert expire_proposals(over.closes_at) == 0
    states = dict(Proposal.objects.values_list("code", "state"))
    assert states == {over.code: "expired", reviewed.code: "dept_review", running.code: "open"}


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_close_each_window_once() -> None:
    proposals = [make_proposal() for _n in range(8)]
    gate = Barrier(2)

    def sweep(_n: int) -> int:
        gate.wait()
        try:
            return expire_proposals(proposals[0].closes_at)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        closed = list(workers.map(sweep, range(2)))
    assert sum(closed) == len(proposals)
    assert Entry.objects.filter(fact="ProposalExpired").count() == len(proposals)


def test_every_sweep_runs_on_the_clock() -> None:
    assert {expire_proposals, purge_by_night} < {sweep for _seconds, sweep in SWEEPS}
