"""Does whoever reviews a month see which official checked how many residents?"""

from datetime import date, timedelta

import pytest

from civic.people.actions import redeem_letter, send_letters, verify_by_provider
from civic.people.queries.checkers import Checker, checkers_in
from civic.places.models import Dong
from tests.level_examples import at_counter_of, make_card, make_unchecked, send_letter
from tests.making import DOSEON, NOON, make_official

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


def test_checks_and_letters_are_counted_by_official_and_month() -> None:
    one, two = make_official(), make_official()
    for _n in range(2):
        at_counter_of(one, make_unchecked())
    doseon = Dong.objects.get(code=DOSEON)
    send_letters(by=two, dong=doseon, cards=[make_card(), make_card(), make_card()], at=NOON)
    send_letters(by=two, dong=doseon, cards=[make_card()], at=NOON + timedelta(days=40))
    found = {row.name: row for row in checkers_in("11200", MARCH)}
    assert found == {one.nickname: Checker(one.nickname, 2, 0), two.nickname: Checker(two.nickname, 0, 3)}
    assert checkers_in("11530", MARCH) == []


def test_what_a_resident_did_alone_is_no_officials_check() -> None:
    redeem_letter(by=make_unchecked(), code=send_letter(), at=NOON)
    verify_by_provider(by=make_unchecked(), provider="simple", subject="di", card=make_card(), at=NOON)
    assert [(row.checks, row.letters) for row in checkers_in("11200", MARCH)] == [(0, 1)]  # of who sent the letter
