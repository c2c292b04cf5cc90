"""Does one person stay one voice when two accounts ask in the same moment?"""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from civic.people.actions import redeem_letter, verify_at_office, verify_by_provider
from civic.people.models import PersonKey, Verification
from civic.refusals import Refused
from tests.level_examples import make_card, make_unchecked, send_letter
from tests.making import NOON, make_official

pytestmark = pytest.mark.django_db(transaction=True)


def both(act, people) -> list[str]:
    """What becomes of the act of each, done at once."""

    def one(person) -> str:
        try:
            act(person)
        except Refused as refused:
            return refused.refusal.code
        finally:
            connection.close()
        return "checked"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(one, people))


def test_card_shown_for_two_accounts_at_once_checks_one():
    card, people = make_card(), [make_unchecked(), make_unchecked()]
    officials = {person.pk: make_official() for person in people}

    def counter(person):
        by = officials[person.pk]
        verify_at_office(by=by, person=person, card=card, district="11200", ties={}, at=NOON)

    assert both(counter, people) == ["checked", "not_verified"]
    assert (PersonKey.objects.count(), Verification.objects.count()) == (1, 1)


def test_person_known_by_the_provider_under_two_accounts_at_once_is_verified_in_one():
    card = make_card()

    def verify(person):
        verify_by_provider(by=person, provider="simple", subject="di-9", card=card, at=NOON)

    assert both(verify, [make_unchecked(), make_unchecked()]) == ["checked", "not_verified"]
    assert (PersonKey.objects.count(), Verification.objects.count()) == (2, 1)


def test_code_typed_into_two_accounts_at_once_works_in_one():
    code = send_letter()

    def use(person):
        redeem_letter(by=person, code=code, at=NOON)

    assert both(use, [make_unchecked(), make_unchecked()]) == ["checked", "code_unusable"]
    assert Verification.objects.count() == 1
