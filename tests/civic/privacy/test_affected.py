"""Whom does a breach concern: is everybody on the list who has to be told, and nobody else, and is it noted?"""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from civic.faults.actions import join_fault, report_fault
from civic.ledger.models import Entry, EntryPrivate
from civic.people.actions.access import Subject, note_looks
from civic.people.models import AccessLook, Person, Seen
from civic.privacy.actions import list_everybody, list_looked_at
from tests.making import NOON, make_lamp, make_official, make_person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def look(by: Person, *subjects: Subject) -> None:
    words = {"what": Seen.REPORTS, "task": "read_reports", "district": "11200", "address": ""}
    note_looks(by=by, subjects=subjects, **words, at=NOON)


def told(*words: str) -> dict[str, object]:
    out = StringIO()
    call_command("affected", "--json", *words, stdout=out)
    return json.loads(out.getvalue())  # type: ignore[no-any-return]  # what the command prints


def test_everybody_is_each_account_and_each_address_left_with_a_report() -> None:
    person = make_person()
    report_fault(device=make_lamp(), category="dark", email="guest@example.org", at=NOON)
    assert list_everybody(at=NOON).addresses == sorted([person.email, "guest@example.org"])
    assert Entry.objects.get(fact="AffectedListed").data == {"which": "everybody", "number": 2}
    assert not EntryPrivate.objects.filter(entry__fact="AffectedListed").exists()


def test_whoever_was_looked_at_is_told_by_whom_and_in_that_time_alone() -> None:
    thief, other = make_official(), make_official()
    seen, unseen, gone = make_person(), make_person(), make_person()
    fault, _key = report_fault(device=make_lamp(), category="dark", email="guest@example.org", at=NOON)
    silent, _key = report_fault(device=make_lamp(), category="dark", at=NOON)
    join_fault(by=unseen, fault=silent, email=unseen.email, at=NOON)
    look(thief, Subject("people", seen), Subject(fault.key), Subject(silent.key), Subject("people", gone))
    look(other, Subject("people", unseen))
    AccessLook.objects.filter(subject=gone).update(subject=None)  # as erasure leaves it

    found = list_looked_at(since=NOON, until=NOON + DAY, looker=thief.email.upper(), at=NOON)
    assert found.addresses == sorted([seen.email, "guest@example.org"])
    assert found.without == 2
    assert list_looked_at(since=NOON + DAY, until=NOON + 2 * DAY, at=NOON).addresses == []


def test_command_lists_whole_days_of_seoul() -> None:
    official, person = make_official(), make_person()
    look(official, Subject("people", person))
    assert told("--since", "2026-03-02", "--until", "2026-03-02")["addresses"] == [person.email]
    assert told("--since", "2026-03-03")["addresses"] == []
    assert told("--since", "2026-03-01", "--by", official.nickname)["number"] == 1
    assert told("--everybody")["number"] == 2


@pytest.mark.parametrize(
    "words", [[], ["--everybody", "--by", "a@example.org"], ["--everybody", "--since", "2026-03-02"]]
)
def test_command_says_what_does_not_go_together(words: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("affected", *words)
    assert not Entry.objects.filter(fact="AffectedListed").exists()
