"""Does a mailed code work once, in time, for whom it was made, and for nobody who guesses?"""

from datetime import timedelta

import pytest

from civic.people.actions import forget_letters, redeem_letter, send_letters
from civic.people.models import CodeTries, Letter, PersonKey, Tie, Verification
from civic.places.models import Dong
from civic.refusals import Refused
from tests.civic.people.test_levels import everything_stored_without, refused
from tests.level_examples import agree, check, make_card, make_unchecked, send_letter
from tests.making import DOSEON, NOON, make_official

pytestmark = pytest.mark.django_db


def redeem(person, code, at=NOON):
    return redeem_letter(by=person, code=code, at=at)


def test_code_of_a_letter_makes_level_two_and_shows_where_one_lives():
    person, code = agree(make_unchecked()), send_letter()
    assert redeem(person, f" {code.replace('-', '')} ").method == "letter"
    person.refresh_from_db()
    assert person.level == 2
    tie = Tie.objects.get(person=person)
    assert (tie.kind, tie.dong_id, tie.method) == ("lives", DOSEON, "letter")
    assert Letter.objects.count() == 0


def test_code_is_kept_as_a_keyed_hash_alone():
    code = send_letter(make_card("홍우편"))
    assert everything_stored_without(code, code.replace("-", ""), "홍우편")


def test_code_works_once_and_not_after_thirty_days_and_the_sentence_is_one():
    first, second = make_unchecked(), make_unchecked()
    code = send_letter()
    late = send_letter()
    redeem(first, code)
    used = refused(redeem_letter, by=second, code=code, at=NOON)
    over = refused(redeem_letter, by=second, code=late, at=NOON + timedelta(days=30))
    wrong = refused(redeem_letter, by=second, code="0000-0000-0000", at=NOON)
    assert {used.code, over.code, wrong.code} == {"code_unusable"}
    assert used == over == wrong


def test_code_for_somebody_who_has_a_checked_account_says_no_more_than_a_wrong_one():
    card = make_card("홍이미")
    check(make_unchecked(), card)
    code = send_letter(card)
    second = make_unchecked()
    assert refused(redeem_letter, by=second, code=code, at=NOON).code == "code_unusable"
    assert not Verification.objects.filter(person=second).exists()


def test_new_letter_replaces_the_one_before():
    card, person = make_card(), make_unchecked()
    old, new = send_letter(card), send_letter(card)
    assert refused(redeem_letter, by=person, code=old, at=NOON).code == "code_unusable"
    redeem(person, new)


def test_five_wrong_codes_stop_a_day_even_for_the_right_one():
    person, code = make_unchecked(), send_letter()
    for n in range(5):
        assert refused(redeem_letter, by=person, code=f"0000-0000-000{n}", at=NOON).code == "code_unusable"
    stopped = refused(redeem_letter, by=person, code=code, at=NOON + timedelta(hours=23))
    assert (stopped.code, stopped.status) == ("too_many_tries", 429)
    redeem(person, code, at=NOON + timedelta(days=1))


def test_letters_go_out_from_ones_own_district_up_to_a_hundred():
    dong = Dong.objects.get(code=DOSEON)
    words = {"dong": dong, "at": NOON}
    assert refused(send_letters, by=make_official("11530"), cards=[make_card()], **words).code == "role_elsewhere"
    assert refused(send_letters, by=make_official(), cards=[], **words).code == "letters_number"
    assert refused(send_letters, by=make_official(), cards=[make_card()] * 101, **words).code == "letters_number"
    assert len(send_letters(by=make_official(), cards=[make_card(), make_card()], **words).codes) == 2


def test_sheet_with_one_person_twice_is_refused_and_makes_no_letter():
    twice = [make_card("홍길동"), make_card(), make_card("홍 길동(洪吉童)")]
    words = {"by": make_official(), "dong": Dong.objects.get(code=DOSEON), "at": NOON}
    assert refused(send_letters, cards=twice, **words).code == "letters_twice"
    assert not Letter.objects.exists()
    assert len(send_letters(cards=twice[:2], **words).codes) == 2


def test_sheet_with_a_name_that_is_none_is_refused_by_its_line():
    words = {"by": make_official(), "dong": Dong.objects.get(code=DOSEON), "at": NOON}
    refusal = refused(send_letters, cards=[make_card(), make_card("洪吉童")], **words)
    assert (refusal.code, refusal.field) == ("card_script", "people")
    assert "2" in str(refusal.text)
    assert "洪" not in str(refusal.text)


def test_codes_and_tries_that_are_over_are_forgotten():
    person = make_unchecked()
    send_letter()
    with pytest.raises(Refused):
        redeem(person, "1")
    assert forget_letters(at=NOON + timedelta(days=29)) == 0
    assert not CodeTries.objects.exists()
    assert forget_letters(at=NOON + timedelta(days=30)) == 1
    assert not PersonKey.objects.exists()
