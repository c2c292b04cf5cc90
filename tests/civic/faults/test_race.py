"""Many telephones at one lamp at once: one fault, each counted once, on either database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from civic.faults.actions import join_fault, open_by_finding, reject_fault, report_fault
from civic.faults.models import Fault, Report
from civic.ledger.models import Entry
from civic.refusals import Refused
from tests.making import NOON, make_fault, make_lamp, make_official, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(calls):
    def run(call):
        try:
            return call()
        except Refused as refused:
            return refused.refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_ac_1_2_reports_and_a_finding_at_once_are_one_fault():
    lamp, people = make_lamp(), [make_person() for _n in range(6)]
    calls = [lambda p=p: report_fault(by=p, device=lamp, category="dark", at=NOON) for p in people]
    calls += [lambda: report_fault(device=lamp, category="too_dark", at=NOON) for _n in range(4)]
    calls += [lambda: open_by_finding(device=lamp, code="lampFailure", at=NOON) for _n in range(2)]
    at_once(calls)
    fault = Fault.objects.get()
    assert (fault.reports, fault.state, Report.objects.count()) == (10, "confirmed", 10)
    assert Entry.objects.filter(fact="FaultOpened").count() == 1


def test_reports_at_one_place_at_once_are_one_fault():
    here = (127.0277, 37.5615)
    at_once([lambda: report_fault(point=here, category="wire", at=NOON) for _n in range(6)])
    assert Fault.objects.get().reports == 6


def test_one_person_pressing_eight_times_counts_once():
    fault, person = make_fault(), make_person()
    answers = at_once([lambda: join_fault(by=person, fault=fault, at=NOON) for _n in range(8)])
    assert answers.count("already_reported") == 7
    assert Fault.objects.get().reports == 2


def test_two_faults_called_duplicates_of_each_other_at_once_leave_one_open():
    one, other, official = make_fault(), make_fault(), make_official()
    said = {"by": official, "reason": "duplicate_of", "at": NOON}
    pairs = [(one, other), (other, one)] * 2
    at_once([lambda a=a, b=b: reject_fault(fault=a, duplicate_of=b, **said) for a, b in pairs])
    assert Fault.objects.filter(state="rejected").count() == 1


def test_one_form_sent_eight_times_is_one_report():
    lamp, key = make_lamp(), "k" * 32
    answers = at_once([lambda: report_fault(device=lamp, category="dark", key=key, at=NOON) for _n in range(8)])
    assert {made for _fault, made in answers} == {key}
    assert Report.objects.count() == 1
