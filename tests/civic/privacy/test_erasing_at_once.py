"""Is a voice given in the very moment in which its person leaves taken back with the others?"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from civic.faults.actions import report_fault
from civic.faults.models import Report
from civic.people.models import Person
from civic.privacy.actions import erase_person
from civic.privacy.choice import Texts
from civic.proposals.actions import support_proposal
from civic.proposals.models import Proposal, Support
from civic.threads.actions import write_post
from civic.threads.models import Post
from civic.voting.actions import cast_ballot
from civic.voting.models import Participation, Round
from tests.making import NOON, make_lamp, make_person, make_proposal
from tests.voting import make_open

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


def leave_while(person: Person, act: Callable[[], object]) -> None:
    """The act commits after the voices and words were taken back, and before the account goes.

    What the person once reported is held until then: erasing comes to it between both.
    """
    report_fault(by=person, device=make_lamp(), category="dark", text="우리 집 앞 등입니다.", at=NOON)

    def erase() -> None:
        erase_person(by=person, person=Person.objects.get(pk=person.pk), texts=Texts.GONE, at=NOON)

    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            Report.objects.select_for_update().get(person=person)
            leaving = pool.submit(_closing, erase)
            _until_somebody_waits()
            pool.submit(_closing, act).result(20)
        leaving.result(20)
    assert not Person.objects.filter(pk=person.pk).exists()


def _closing(do: Callable[[], object]) -> None:
    try:
        do()
    finally:
        connection.close()


def _until_somebody_waits() -> None:
    for _n in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits for a lock")


def test_ballot_cast_while_its_voter_leaves_is_not_counted():
    person, round = make_person(), make_open()
    option = round.options.order_by("number")[0].pk
    leave_while(person, lambda: cast_ballot(by=person, round=round, choices=[option], at=NOON))
    assert Round.objects.get(pk=round.pk).turnout == 0
    assert not Participation.objects.filter(round=round).exists()


def test_support_given_while_its_person_leaves_is_not_counted():
    person, proposal = make_person(), make_proposal()
    leave_while(person, lambda: support_proposal(by=person, proposal=proposal, at=NOON))
    assert Proposal.objects.get(pk=proposal.pk).supports == 0
    assert not Support.objects.filter(proposal=proposal).exists()


def test_words_written_while_their_author_takes_all_away_go_too():
    person, proposal = make_person(), make_proposal()
    words = "밤마다 무섭습니다."
    leave_while(person, lambda: write_post(by=person, thread=proposal.thread, stance="for", text=words, at=NOON))
    assert not Post.objects.filter(text=words).exists()
