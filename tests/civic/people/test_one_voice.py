"""Does one person have one voice, in whichever order counter, letter and provider came? Asked at the ballot box."""

from datetime import date

import pytest

from civic.people.actions import redeem_letter, send_letters, verify_by_provider
from civic.people.models import Letter, Person, PersonKey
from civic.people.person_key import Card
from civic.places.models import Dong
from civic.refusals import Refused
from civic.voting.rules import why_not_vote
from tests.level_examples import check, make_card, make_unchecked, send_letter
from tests.making import DOSEON, NOON, make_official
from tests.voting import make_open, vote

pytestmark = pytest.mark.django_db
CARD = Card("홍목소리", date(1990, 1, 2))
SECOND = Card("홍목소리", date(1990, 1, 2), namesake=2)


def by_provider(person, card=None, subject="di-1"):
    """What became of it: `verified`, or the code of the refusal."""
    try:
        verify_by_provider(by=person, provider="simple", subject=subject, card=card, at=NOON)
    except Refused as refused:
        return refused.refusal.code
    return "verified"


def voters(*people):
    """Who of them gets a ballot into the same vote."""
    round_ = make_open()
    may = [person for person in map(fresh, people) if why_not_vote(person, round_, at=NOON) is None]
    for person in may:
        vote(round_, 1, by=person)
    return may


def fresh(person):
    return Person.objects.get(pk=person.pk)


def test_ac_3_4_account_checked_at_the_counter_leaves_no_voice_to_one_that_a_provider_knows_without_a_card():
    first, second = check(make_unchecked(), CARD), make_unchecked()
    assert by_provider(second) == "told_too_little"
    assert voters(first, second) == [first]
    assert not PersonKey.objects.filter(person=second).exists()


def test_ac_3_4_account_that_a_provider_knows_without_a_card_has_no_voice_before_the_counter():
    first, second = make_unchecked(), make_unchecked()
    assert by_provider(first) == "told_too_little"
    check(second, CARD)
    assert voters(first, second) == [second]
    assert by_provider(second) == "verified"  # with the card known a provider need not tell it


def test_ac_3_4_namesakes_second_account_through_the_provider_has_no_voice():
    """The first namesake has no account, so that number one is free; the counter knows this person as number two."""
    first, second = check(make_unchecked(), SECOND), make_unchecked()
    assert by_provider(second, CARD) == "not_verified"
    assert voters(first, second) == [first]


def test_person_known_by_the_provider_first_is_no_second_person_at_the_counter_or_by_a_letter():
    first, counter, letter = make_unchecked(), make_unchecked(), make_unchecked()
    assert by_provider(first, CARD) == "verified"
    with pytest.raises(Refused):
        check(counter, CARD)
    with pytest.raises(Refused):
        redeem_letter(by=letter, code=send_letter(CARD), at=NOON)
    assert voters(first, counter, letter) == [first]


def test_namesakes_first_and_second_have_a_voice_each_after_the_counter():
    first, second = check(make_unchecked(), CARD), check(make_unchecked(), SECOND)
    assert [by_provider(person, CARD, f"di-{n}") for n, person in enumerate((first, second))] == ["verified"] * 2
    assert voters(first, second) == [first, second]


def test_letter_to_somebody_whom_a_counter_told_from_a_namesake_is_refused_by_its_line():
    check(make_unchecked(), SECOND)
    words = {"by": make_official(), "dong": Dong.objects.get(code=DOSEON), "at": NOON}
    with pytest.raises(Refused) as caught:
        send_letters(cards=[make_card(), CARD], **words)
    assert caught.value.refusal.code == "letters_namesake"
    assert "2" in str(caught.value.refusal.text)
    assert CARD.name not in str(caught.value.refusal.text)
    assert not Letter.objects.exists()


def test_code_under_way_is_over_when_the_counter_tells_its_addressee_from_a_namesake():
    code, first, second = send_letter(CARD), make_unchecked(), make_unchecked()
    check(first, SECOND)
    with pytest.raises(Refused):
        redeem_letter(by=second, code=code, at=NOON)
    assert voters(first, second) == [first]
