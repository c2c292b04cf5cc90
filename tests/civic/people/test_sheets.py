"""Is whatever the codes of one sheet did found again, and undone together?"""

from datetime import datetime, timedelta

import pytest

from civic.ledger.models import Entry, EntryPrivate
from civic.people.actions import (
    redeem_letter,
    send_letters,
    take_back_sheet,
    verify_at_office,
    verify_by_provider,
)
from civic.people.models import Letter, Person, PersonKey, Verification
from civic.people.queries.sheets import find_sheet, see_sheet
from civic.people.rules.sheets import why_not_undo
from civic.places.models import Dong
from civic.refusals import Refused
from tests.counting import cost
from tests.level_examples import check, make_card, make_unchecked, print_sheet, send_letter
from tests.making import DOSEON, NOON, make_official

pytestmark = pytest.mark.django_db
WHY = "아무도 살지 않는 곳입니다."


def redeemed(code: str, at: datetime = NOON) -> Person:
    person = make_unchecked()
    redeem_letter(by=person, code=code, at=at)
    return person


def test_sheet_is_sent_redeemed_found_and_undone_and_nothing_else_with_it() -> None:
    official, admin = make_official(), make_official(role="admin")
    sheet, codes = print_sheet(by=official, number=4)
    mine = [redeemed(code) for code in codes[:2]]
    others = [redeemed(send_letter()), check(make_unchecked())]
    waits = send_letter()

    seen = see_sheet(sheet)
    assert (seen.letters, seen.open) == (4, 2)
    assert set(seen.people) == set(mine)
    assert take_back_sheet(by=admin, sheet=sheet, reason=WHY, at=NOON) == 2
    assert {person.level for person in Person.objects.filter(pk__in=[one.pk for one in mine])} == {1}
    assert set(Verification.objects.values_list("person", flat=True)) == {one.pk for one in others}
    assert not PersonKey.objects.filter(person__in=mine).exists()
    with pytest.raises(Refused):
        redeemed(codes[2])
    redeemed(waits)

    entry = Entry.objects.get(fact="SheetTakenBack")
    assert entry.data == {"sheet": sheet.pk, "letters": 2, "checks": 2}
    parts = EntryPrivate.objects.filter(entry__fact="VerificationWithdrawn", person__in=mine)
    assert [part.fields for part in parts] == [{"as": "holder", "reason": WHY}] * 2
    left = why_not_undo(admin, sheet)
    assert left is not None
    assert left.code == "sheet_empty"


def test_sheet_is_found_when_the_official_who_printed_it_is_gone() -> None:
    official, admin = make_official(), make_official(role="admin")
    sheet, (code,) = print_sheet(by=official)
    person = redeemed(code)
    Person.objects.filter(pk=official.pk).delete()
    assert see_sheet(sheet).people == [person]
    assert take_back_sheet(by=admin, sheet=sheet, reason=WHY, at=NOON) == 1


def test_check_rests_on_its_sheet_whatever_a_provider_says_until_a_counter_has_seen_the_card() -> None:
    sheet, (code,) = print_sheet()
    person = redeemed(code)
    verify_by_provider(by=person, provider="simple", subject="di-1", at=NOON)
    assert Verification.objects.get(person=person).sheet == sheet.pk
    card = make_card()
    PersonKey.objects.filter(person=person, source="card").delete()
    verify_at_office(by=make_official(), person=person, card=card, district="11200", ties={}, at=NOON)
    assert Verification.objects.get(person=person).sheet is None


def test_check_of_a_counter_stands_when_the_sheet_of_a_letter_used_later_is_taken_back() -> None:
    official, person, card, dong = make_official(), make_unchecked(), make_card(), Dong.objects.get(code=DOSEON)
    verify_at_office(by=official, person=person, card=card, district="11200", ties={}, at=NOON)
    sent = send_letters(by=official, dong=dong, cards=[card, make_card()], at=NOON)
    redeem_letter(by=person, code=sent.codes[0], at=NOON + timedelta(days=1))
    admin, sheet = make_official(role="admin"), Entry.objects.get(pk=sent.number)
    assert take_back_sheet(by=admin, sheet=sheet, reason=WHY, at=NOON + timedelta(days=2)) == 0
    kept = Verification.objects.get(person=person)
    assert (kept.method, kept.district, kept.sheet, kept.at) == ("office", "11200", None, NOON)
    assert Person.objects.get(pk=person.pk).level == 2
    assert PersonKey.objects.filter(person=person).exists()


def test_sheet_is_undone_by_an_administrator_of_its_district_with_a_reason() -> None:
    sheet, _codes = print_sheet()
    refused = []
    for by in (make_official(), make_official(role="auditor"), make_official("11530", role="admin")):
        with pytest.raises(Refused) as caught:
            take_back_sheet(by=by, sheet=sheet, reason=WHY, at=NOON)
        refused.append(caught.value.refusal.code)
    with pytest.raises(Refused) as caught:
        take_back_sheet(by=make_official(role="admin"), sheet=sheet, reason=" 네 ", at=NOON)
    assert [*refused, caught.value.refusal.code] == ["role_missing", "role_missing", "role_elsewhere", "reason_length"]
    assert Letter.objects.count() == 1


def test_number_of_another_fact_is_no_sheet() -> None:
    sheet, _codes = print_sheet()
    assert find_sheet(sheet.pk) == sheet
    check(make_unchecked())
    assert find_sheet(Entry.objects.latest("pk").pk) is None
    assert find_sheet(10**9) is None


def test_sheet_costs_the_same_with_one_and_with_thirty_accounts() -> None:
    sheet, codes = print_sheet(number=31)
    redeemed(codes[0])
    one = cost(lambda: see_sheet(sheet))
    for code in codes[1:]:
        redeemed(code, at=NOON + timedelta(hours=1))
    assert cost(lambda: see_sheet(sheet)) == one
