"""Many hands at once: one voice a person, one transition a proposal, on either database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from civic.clocks.now import database_now
from civic.ledger.models import Entry
from civic.proposals.models import Proposal, Support
from tests.making import add_supports, make_person, make_proposal

pytestmark = pytest.mark.django_db(transaction=True)


def _at_once(calls):
    def run(call):
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def _press(person, proposal):
    client = Client()
    client.force_login(person)
    return lambda: client.post(f"/proposals/{proposal.code}/support/").status_code


def test_ac_1_1_fifty_parallel_presses_give_one_transition():
    now = database_now() - timedelta(minutes=1)
    proposal = add_supports(make_proposal(at=now), 5, at=now)
    statuses = _at_once([_press(make_person(), proposal) for _n in range(50)])
    assert set(statuses) == {302}
    proposal = Proposal.objects.get(pk=proposal.pk)
    assert (proposal.state, proposal.supports) == ("dept_review", 55)
    assert Support.objects.filter(proposal=proposal).count() == 55
    assert Entry.objects.filter(fact="ProposalReachedThreshold", key=proposal.key).count() == 1


def test_eight_equal_presses_count_once_and_none_fails():
    now = database_now() - timedelta(minutes=1)
    person, proposal = make_person(), make_proposal(at=now)
    statuses = _at_once([_press(person, proposal) for _n in range(8)])
    assert sorted(statuses) == [302] + [409] * 7
    assert Proposal.objects.get(pk=proposal.pk).supports == 1


def test_equal_forms_sent_at_once_publish_one_proposal():
    client = Client()
    client.force_login(make_person())
    form = {
        "title": "꺼진 보안등, 먼저 알려 주세요",
        "problem": "등 하나만 나가도 서른 걸음이 통째로 깜깜해집니다.",
        "proposal": "등이 스스로 고장을 알리게 해 주세요.",
        "category": "safety",
        "dong": "1120053500",
        "receipt": "the-same",
    }
    sent = _at_once([lambda: client.post("/proposals/new/", form).url] * 6)
    assert len(set(sent)) == 1
    assert Proposal.objects.count() == 1
