"""Does whoever reviews a month see which official checked how many residents, whatever became of the official?"""

from datetime import date, datetime, timedelta

import pytest

from civic.people.actions import Subject, note_looks
from civic.people.models import Person, Seen
from civic.people.queries.checkers import CHECKED, Checker, about_sheet, checkers_in
from tests.counting import cost
from tests.making import DOSEON, NOON, make_official, make_person

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


def look(by: Person, what: Seen, *abouts: str, at: datetime = NOON) -> None:
    person = None if what == Seen.LETTERS else make_person()
    subjects = [Subject(about, person) for about in abouts]
    note_looks(by=by, subjects=subjects, what=what, task="check_identity", district="11200", address="192.0.2.7", at=at)


def test_checks_and_letters_are_counted_by_official_and_month() -> None:
    one, two, none = make_official(), make_official(), make_official()
    look(one, Seen.CHECK, CHECKED, CHECKED)
    look(one, Seen.ACCOUNT, "people")
    look(two, Seen.LETTERS, about_sheet(DOSEON, 3, 17), f"letters:{DOSEON}:2")
    look(two, Seen.LETTERS, about_sheet(DOSEON, 1, 18), at=NOON + timedelta(days=40))
    look(none, Seen.CHECK, "people", "people:nobody")
    look(none, Seen.LETTERS, about_sheet(DOSEON, 100, None))
    found = {row.name: row for row in checkers_in("11200", MARCH)}
    assert found == {one.nickname: Checker(one.nickname, 2, 0), two.nickname: Checker(two.nickname, 0, 5)}
    assert checkers_in("11530", MARCH) == []


def test_official_whose_account_is_gone_is_counted_under_the_name_of_that_day() -> None:
    gone = make_official()
    look(gone, Seen.CHECK, CHECKED)
    name = gone.nickname
    Person.objects.filter(pk=gone.pk).delete()
    assert checkers_in("11200", MARCH) == [Checker(name, 1, 0)]


def test_month_of_checkers_is_one_query() -> None:
    for _n in range(30):
        look(make_official(), Seen.CHECK, CHECKED)
    assert cost(lambda: checkers_in("11200", MARCH)) == 1
