"""What the front door and the desk count."""

from datetime import UTC, datetime, timedelta

import pytest

from civic.chain.queries import index_counts
from civic.overview.queries import arriving_in, clocks, numbers, sections, waiting_in
from tests.making import GURO4, NOON, add_supports, make_adopted, make_declined, make_proposal, make_reviewed

pytestmark = pytest.mark.django_db
SEONGDONG = frozenset({"11200"})


def codes(part):
    return [told.row.code for told in part]


def test_sections_nearly_sorts_by_what_is_missing_then_by_the_end():
    late, early = make_proposal(at=NOON + timedelta(days=1)), make_proposal(at=NOON)
    ahead = add_supports(make_proposal(at=NOON), 2)
    assert codes(sections(NOON + timedelta(days=2)).nearly) == [ahead.code, early.code, late.code]


def test_sections_nearly_leaves_out_windows_that_have_closed():
    make_proposal(at=NOON)
    assert sections(NOON + timedelta(days=40)).nearly == []


def test_sections_turn_shows_late_and_waiting_before_answered():
    adopted = make_adopted(at=NOON)
    waiting, late = make_reviewed(at=NOON + timedelta(days=30)), make_reviewed(at=NOON)
    shown = sections(NOON + timedelta(days=35))
    assert codes(shown.turn) == [late.code, waiting.code, adopted.code]
    assert [told.row.state for told in shown.turn] == ["late", "dept_review", "adopted"]
    assert shown.turn[2].office == "도로시설과"
    assert shown.decided == []


def test_sections_decided_continues_where_turn_ends():
    answered = [make_adopted(at=NOON, days=n) for n in range(1, 5)]
    shown = sections(NOON + timedelta(days=20))
    assert codes(shown.turn) == [proposal.code for proposal in answered[:0:-1]]
    assert codes(shown.decided) == [answered[0].code]


def test_numbers_count_open_waiting_late_and_the_average_of_this_year():
    make_adopted(at=NOON, days=10)
    make_declined(at=NOON, days=20)
    make_reviewed(at=NOON)
    make_proposal(at=NOON + timedelta(days=30))
    found = numbers(NOON + timedelta(days=35), index_counts())
    assert (found.open, found.waiting, found.late, found.average_days) == (1, 1, 1, 15.0)


def test_numbers_nothing_answered_this_year_has_no_average():
    make_adopted(at=datetime(2025, 11, 3, tzinfo=UTC), days=10)
    assert numbers(NOON, {}).average_days is None


def test_clocks_day_and_week_are_local_and_per_district():
    make_reviewed(at=NOON)  # due when 1 April ends in Seoul, a Wednesday
    make_reviewed(at=NOON, dong=GURO4)
    last_evening = datetime(2026, 4, 1, 14, 59, tzinfo=UTC)
    found = [
        clocks(at, SEONGDONG)
        for at in (last_evening - timedelta(days=1), last_evening, last_evening + timedelta(minutes=1))
    ]
    assert [(c.late, c.today, c.week, c.waiting) for c in found] == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 0, 1)]


def test_waiting_in_and_arriving_in_stay_inside_the_districts():
    first = make_reviewed(at=NOON)
    second = make_reviewed(at=NOON + timedelta(days=1))
    make_reviewed(at=NOON, dong=GURO4)
    near = add_supports(make_proposal(at=NOON), 24)
    add_supports(make_proposal(at=NOON), 23)
    assert list(waiting_in(SEONGDONG, 5)) == [first, second]
    assert list(waiting_in(SEONGDONG, 1)) == [first]
    assert list(arriving_in(SEONGDONG, NOON, 5)) == [near]
