"""Does the clock close and remove what is over, and nothing else?"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from civic.clocks.now import database_now
from civic.ledger.models import Entry, Receipt
from civic.outbox.actions import queue_message
from civic.outbox.models import Message
from civic.outbox.queries import MOST_ATTEMPTS
from civic.people.actions import grant_role, register_person
from civic.people.models import Person
from civic.proposals.models import Proposal
from civic.reactions.sweeps import SWEEPS, expire_proposals, forget_answers, forget_mail, lapse_accounts
from tests.making import NOON, make_person, make_proposal, make_reviewed

pytestmark = pytest.mark.django_db


def _unconfirmed(number: int) -> Person:
    return register_person(email=f"u{number}@example.org", nickname=f"잠깐{number}", password=None, at=database_now())


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


def test_accounts_nobody_confirmed_go_after_seven_days_and_no_others() -> None:
    lapsed, granted, signed_in = (_unconfirmed(number) for number in range(3))
    confirmed = make_person()
    now = database_now()
    grant_role(by=None, person=granted, role="admin", scope="site", at=now)
    Person.objects.filter(pk=signed_in.pk).update(last_login=now)
    assert lapse_accounts(now + timedelta(days=6)) == 0
    assert lapse_accounts(now + timedelta(days=8)) == 1
    assert set(Person.objects.values_list("pk", flat=True)) == {granted.pk, signed_in.pk, confirmed.pk}
    assert lapsed.pk not in Person.objects.values_list("pk", flat=True)


def test_mail_is_forgotten_thirty_days_after_it_left_or_was_given_up() -> None:
    now = database_now()
    words = {"sender": "lab@example.org", "body": "b", "at": now}
    sent, lost, _waiting = (queue_message(recipient=f"{s}@example.org", subject=s, **words) for s in "abc")
    Message.objects.filter(pk=sent.pk).update(sent_at=now)
    Message.objects.filter(pk=lost.pk).update(attempts=MOST_ATTEMPTS, error="no such mailbox")
    assert forget_mail(now + timedelta(days=30)) == 0
    assert forget_mail(now + timedelta(days=30, seconds=1)) == 2
    assert list(Message.objects.values_list("subject", flat=True)) == ["c"]


def test_receipts_are_forgotten_after_seven_days() -> None:
    now = database_now()
    Receipt.objects.create(person=make_person(), key="k", fingerprint="p", at=now)
    assert forget_answers(now + timedelta(days=7)) == 0
    assert forget_answers(now + timedelta(days=7, seconds=1)) == 1


def test_every_sweep_runs_on_the_clock() -> None:
    assert {lapse_accounts, forget_mail, forget_answers} < {sweep for _seconds, sweep in SWEEPS}
