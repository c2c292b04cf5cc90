"""Who sets how long what is kept, between which bounds, and who reads it?"""

from datetime import timedelta

import pytest
from django.utils.translation import override

from civic.clocks.deadlines import SEOUL
from civic.ledger.models import Entry
from civic.privacy.actions import load_retention, set_retention
from civic.privacy.models import RetentionRule
from civic.privacy.queries import days_of, retention_rules
from civic.privacy.queries.retention import last_night
from civic.privacy.retained import KINDS
from civic.refusals import Refused
from livinglab.reference import read
from tests.counting import cost
from tests.making import NOON, make_official, make_person
from tests.privacy_examples import site_admin

pytestmark = pytest.mark.django_db
BASIS = {"basis_ko": "내부 관리계획", "basis_en": "Our own plan"}


def refusal_of(by, code: str = "guest_contact", days: int = 14, **changed) -> str:
    rule = RetentionRule.objects.get(code=code)
    with pytest.raises(Refused) as caught:
        set_retention(by=by, rule=rule, days=days, **(BASIS | changed), at=NOON)
    return caught.value.refusal.code


def test_times_of_the_reference_table_are_loaded_once_and_what_was_set_stays():
    rows = read("reference/retention.json")["rules"]
    assert {row["code"]: row["days"] for row in rows} == dict(RetentionRule.objects.values_list("code", "days"))
    figures = {"sessions": 14, "unconfirmed": 7, "guest_contact": 30, "proposals_adopted": 3 * 365}
    figures |= {"proposals_declined": 2 * 365, "voters": 30, "access_log": 2 * 365, "inactive": 730}
    assert figures.items() <= {row["code"]: row["days"] for row in rows}.items()
    RetentionRule.objects.filter(code="guest_contact").update(days=14)
    load_retention(rows=rows)
    assert days_of("guest_contact") == 14


def test_administrator_of_the_site_sets_a_time_and_the_ledger_says_what_was_before():
    admin, rule = site_admin(), RetentionRule.objects.get(code="guest_contact")
    changed = set_retention(by=admin, rule=rule, days=14, **BASIS, at=NOON)
    assert (changed.days, changed.basis_ko) == (14, "내부 관리계획")
    entry = Entry.objects.get(fact="RetentionSet")
    assert (entry.key, entry.data) == ("retention:guest_contact", {"days": 14, "before": 30})


def test_nobody_else_sets_it():
    people = [make_official(role="admin"), make_official(), make_official(role="auditor"), make_person()]
    codes = [refusal_of(person) for person in people]
    assert codes == ["not_site_admin", "role_missing", "role_missing", "role_missing"]


@pytest.mark.parametrize(
    ("code", "days"),
    [("guest_contact", 31), ("guest_contact", 0), ("access_log", 729), ("proposals_adopted", 1094), ("sessions", 15)],
)
def test_time_beyond_what_the_law_leaves_is_refused(code, days):
    assert refusal_of(site_admin(), code, days) == "days_out_of_bounds"


def test_time_without_a_ground_is_refused():
    admin = site_admin()
    assert refusal_of(admin, basis_ko="") == "basis_length"
    assert refusal_of(admin, basis_en="x" * 201) == "basis_length"


def test_notice_and_end_of_an_unused_account_keep_a_month_between_them():
    admin = site_admin()
    assert refusal_of(admin, "inactive", 720) == "no_warning"
    rule = RetentionRule.objects.get(code="inactive_notice")
    set_retention(by=admin, rule=rule, days=600, **BASIS, at=NOON)
    assert set_retention(by=admin, rule=RetentionRule.objects.get(code="inactive"), days=630, **BASIS, at=NOON)


def test_table_is_shown_in_both_languages_by_one_query():
    with override("en"):
        english = [(row.code, row.basis) for row in retention_rules()]
    assert [code for code, _basis in english] == list(KINDS)
    assert all(basis.isascii() for _code, basis in english)
    assert cost(lambda: retention_rules()) == 1


def test_night_is_half_past_three_in_seoul():
    night = last_night(NOON).astimezone(SEOUL)
    assert (night.hour, night.minute, night.date()) == (3, 30, NOON.astimezone(SEOUL).date())
    assert last_night(night - timedelta(seconds=1)) == night - timedelta(days=1)
