"""Whose key is it?"""

from datetime import datetime, timedelta
from typing import Any

from civic.clocks.deadlines import SEOUL
from civic.clocks.now import database_now
from civic.people.actions import act_by_token, issue_token, revoke_token
from civic.people.bearer import digest, person_for_token
from civic.people.models import ApiToken, Person


def test_key_finds_its_person_with_one_query(jimin: Person, at: datetime, django_assert_num_queries: object) -> None:
    raw = issue_token(by=jimin, person=jimin, label="달력", at=at)
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture without a public type
        assert person_for_token(raw) == jimin


def test_unknown_key_finds_nobody(db: None) -> None:
    assert [person_for_token(raw) for raw in ("", "x", "\u0000", "가")] == [None, None, None, None]


def test_revoked_key_finds_nobody(jimin: Person, at: datetime) -> None:
    raw = issue_token(by=jimin, person=jimin, label="달력", at=at)
    revoke_token(by=jimin, token=ApiToken.objects.get(digest=digest(raw)), at=at)
    assert person_for_token(raw) is None


def test_key_of_a_closed_account_finds_nobody(jimin: Person, at: datetime) -> None:
    raw = issue_token(by=jimin, person=jimin, label="달력", at=at)
    Person.objects.filter(pk=jimin.pk).update(is_active=False)
    assert person_for_token(raw) is None


def test_first_use_of_a_day_is_noted_and_costs_one_query_more(
    jimin: Person, at: datetime, settings: Any, django_assert_num_queries: Any
) -> None:
    raw = issue_token(by=jimin, person=jimin, label="달력", at=at)
    assert jimin.tokens.get().last_used_on is None
    today = database_now().astimezone(SEOUL).date()
    for queries in (2, 1):
        with django_assert_num_queries(queries):
            assert act_by_token(raw=raw) == jimin
    assert jimin.tokens.get().last_used_on == today
    settings.CLOCK_OFFSET = 24 * 3600
    act_by_token(raw=raw)
    assert jimin.tokens.get().last_used_on == today + timedelta(days=1)


def test_key_that_works_no_more_lets_nobody_in_and_notes_nothing(jimin: Person, at: datetime) -> None:
    raw = issue_token(by=jimin, person=jimin, label="달력", at=at)
    revoke_token(by=jimin, token=ApiToken.objects.get(digest=digest(raw)), at=at)
    assert act_by_token(raw=raw) is None
    assert jimin.tokens.get().last_used_on is None
