"""One answer a key."""

import pytest
from django.db import transaction

from civic.ledger.models import Receipt
from civic.ledger.receipts import answer_once, fingerprint
from civic.refusals import Refused
from tests.making import NOON, make_person

pytestmark = pytest.mark.django_db


def test_write_runs_once_and_its_answer_is_kept():
    person, runs = make_person(), []

    def write():
        runs.append(1)
        return 201, {"id": len(runs)}

    first = answer_once(person=person, key="k", print_="p", at=NOON, write=write)
    second = answer_once(person=person, key="k", print_="p", at=NOON, write=write)
    assert (first, second) == (((201, {"id": 1}), False), ((201, {"id": 1}), True))


def test_key_of_another_request_is_refused():
    person = make_person()
    answer_once(person=person, key="k", print_="p", at=NOON, write=lambda: (200, {}))
    with pytest.raises(Refused) as refused:
        answer_once(person=person, key="k", print_="other", at=NOON, write=lambda: (200, {}))
    assert refused.value.refusal.code == "idempotency_mismatch"


def test_write_that_breaks_leaves_no_receipt():
    person = make_person()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        answer_once(person=person, key="k", print_="p", at=NOON, write=lambda: 1 / 0)
    assert Receipt.objects.count() == 0


def test_fingerprint_parts_do_not_run_into_each_other():
    assert fingerprint("ab", "c") != fingerprint("a", "bc")


def test_key_that_is_too_long_is_refused_and_not_cut():
    person, runs = make_person(), []
    with pytest.raises(Refused) as refused:
        answer_once(person=person, key="k" * 121, print_="p", at=NOON, write=lambda: runs.append(1) or (200, {}))
    assert (refused.value.refusal.code, refused.value.refusal.status) == ("idempotency_key_length", 422)
    assert (runs, Receipt.objects.count()) == ([], 0)
    assert answer_once(person=person, key="k" * 120, print_="p", at=NOON, write=lambda: (200, {})) == ((200, {}), False)
