"""Is every look at personal data written down, and a month signed off once, by whom it concerns?"""

from datetime import date, timedelta

import pytest

from civic.ledger.models import Entry
from civic.people.actions import Subject, note_looks, sign_off_access
from civic.people.models import AccessLook, AccessReview, Person, Seen
from civic.people.queries import lookers_in, looks_in, months_of, next_month, review_of
from civic.people.rules import why_not_read_access, why_not_review
from civic.refusals import Refused
from tests.counting import cost
from tests.making import NOON, make_official, make_person

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)
LATER = NOON + timedelta(days=40)
REMARK = "모든 열람이 담당 업무에 속했습니다."


def look(by: Person, *people: Person | None, at=NOON, district: str = "11200") -> int:
    subjects = [Subject(f"fault:F-2026-{n:06}", person) for n, person in enumerate(people)]
    return note_looks(
        by=by, subjects=subjects, what=Seen.REPORTS, task="read_reports", district=district, address="192.0.2.7", at=at
    )


def refusal_of(by: Person, **changed) -> str:
    words = {"district": "11200", "month": MARCH, "remark": REMARK, "at": LATER} | changed
    with pytest.raises(Refused) as caught:
        sign_off_access(by=by, **words)
    return caught.value.refusal.code


def test_look_says_who_when_from_where_whose_what_and_for_which_task():
    official, resident = make_official(), make_person()
    assert look(official, resident, None) == 2
    row = AccessLook.objects.get(subject=resident)
    assert (row.by, row.by_name, row.at, row.address) == (official, official.nickname, NOON, "192.0.2.7")
    assert (row.about, row.what, row.task, row.district) == ("fault:F-2026-000000", "reports", "read_reports", "11200")


def test_look_at_oneself_is_nobodys_business():
    official = make_official()
    assert look(official, official) == 0


def test_look_costs_one_statement_however_many_subjects():
    official, people = make_official(), [make_person() for _n in range(30)]
    assert cost(lambda: look(official, people[0])) == cost(lambda: look(official, *people)) == 1


def test_log_outlives_the_account_of_the_staff_and_that_of_the_subject():
    official, resident = make_official(), make_person()
    look(official, resident)
    name = official.nickname
    Person.objects.filter(pk__in=[official.pk, resident.pk]).delete()
    row = AccessLook.objects.get()
    assert (row.by, row.subject, row.by_name) == (None, None, name)


def test_month_is_counted_by_who_looked_and_what_lies_outside_office_hours_apart():
    one, two = make_official(), make_official()
    look(one, make_person(), make_person())
    look(one, make_person(), at=NOON + timedelta(hours=9))  # nine in the evening
    look(two, make_person(), at=NOON + timedelta(days=5))  # a Saturday
    look(two, make_person(), district="11530")
    look(two, make_person(), at=NOON + timedelta(days=40))
    rows = [(row.name, row.looks, row.subjects, row.outside) for row in lookers_in("11200", MARCH)]
    assert rows == [(one.nickname, 2, 2, 1), (two.nickname, 1, 1, 1)]
    assert looks_in("11200", MARCH).count() == 4
    found = [(row.district, row.month, row.looks, row.review) for row in months_of(["11200"])]
    assert found == [("11200", date(2026, 4, 1), 1, None), ("11200", MARCH, 3, None)]


def test_month_ends_with_the_year():
    assert [next_month(date(2026, 12, 1)), next_month(date(2026, 11, 1))] == [date(2027, 1, 1), date(2026, 12, 1)]


def test_month_is_signed_off_once_with_a_remark():
    admin, official = make_official(role="admin"), make_official()
    look(official, make_person(), make_person())
    review = sign_off_access(by=admin, district="11200", month=MARCH, remark=f" {REMARK} ", at=LATER)
    assert (review.remark, review.looks, review.by_name, review.by) == (REMARK, 1, admin.nickname, admin)
    assert review_of("11200", MARCH) == review
    entry = Entry.objects.get(fact="AccessReviewed")
    assert (entry.key, entry.district, entry.data) == ("access:2026-03", "11200", {"looks": 1})
    assert refusal_of(admin) == "signed_off"
    assert AccessReview.objects.count() == 1


def test_month_with_ones_own_looks_is_signed_off_by_another_administrator():
    admin, other = make_official(role="admin"), make_official(role="admin")
    site = make_official(role="admin", scope="site")
    look(admin, make_person())
    look(site, make_person(), at=LATER)
    refusal = why_not_review(admin, "11200", MARCH, at=LATER)
    assert refusal is not None
    assert (refusal.code, refusal.status) == ("own_looks", 403)
    assert refusal_of(admin) == "own_looks"
    assert [why_not_review(by, "11200", MARCH, at=LATER) for by in (other, site)] == [None, None]
    sign_off_access(by=other, district="11200", month=MARCH, remark=REMARK, at=LATER)
    assert refusal_of(admin) == "signed_off"


def test_month_that_runs_and_one_without_a_word_are_refused():
    admin = make_official(role="admin")
    assert refusal_of(admin, at=NOON) == "month_runs"
    assert refusal_of(admin, remark=" 네 ") == "remark_length"
    assert refusal_of(admin, remark="가" * 401) == "remark_length"


def test_month_is_signed_off_by_an_administrator_of_the_district_alone():
    elsewhere, official, auditor = make_official("11530", role="admin"), make_official(), make_official(role="auditor")
    codes = [refusal_of(by) for by in (elsewhere, official, auditor, make_person())]
    assert codes == ["role_elsewhere", "role_missing", "role_missing", "role_missing"]
    assert why_not_review(elsewhere, "11530", MARCH, at=LATER) is None


def test_log_is_read_by_administrators_and_auditors_of_the_district():
    admin, auditor = make_official(role="admin"), make_official(role="auditor")
    assert [why_not_read_access(person, "11200") for person in (admin, auditor)] == [None, None]
    refused = [
        why_not_read_access(admin, "11530"),
        why_not_read_access(admin, ""),
        why_not_read_access(make_official(), "11200"),
        why_not_read_access(make_person(), "11200"),
    ]
    assert [refusal.code for refusal in refused if refusal] == [
        "role_elsewhere",
        "role_elsewhere",
        "role_missing",
        "role_missing",
    ]
