"""Does one person have one voice, in whichever order counter, letter and provider came? Asked at the ballot box."""

from contextlib import suppress
from datetime import date
from itertools import permutations

import pytest

from civic.people.actions import redeem_letter, send_letters, verify_by_provider
from civic.people.models import Letter, Person, PersonKey
from civic.people.person_key import Card, card_digests
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


def by_counter(person, card):
    with suppress(Refused):
        check(person, card)


def by_letter(person, card):
    with suppress(Refused):
        redeem_letter(by=person, code=send_letter(card), at=NOON)


@pytest.mark.parametrize("ways", permutations((by_counter, by_letter, by_provider), 2))
@pytest.mark.parametrize(
    "names", [("홍목소리(洪目聲)", "홍목소리"), ("KIM, JISOO", "Jisoo Kim"), ("\ufeff홍목소리", "홍 목소리")]
)
@pytest.mark.parametrize("turned", [False, True])
def test_ac_3_4_second_spelling_of_a_name_is_no_second_voice(ways, names, turned):
    people = make_unchecked(), make_unchecked()
    for person, way, name in zip(people, ways, reversed(names) if turned else names, strict=True):
        way(person, Card(name, date(1990, 1, 2)))
    assert voters(*people) == [people[0]]


def test_key_of_before_names_were_reduced_to_letters_is_found_and_becomes_todays():
    card, first, second = Card("KIM JISOO", date(1990, 1, 2)), make_unchecked(), make_unchecked()
    today, before = card_digests(card)
    PersonKey.objects.create(person=first, source="card", digest=before)
    assert by_provider(second, card) == "not_verified"
    check(first, card)
    assert PersonKey.objects.get().digest == today


def test_letter_of_before_names_were_reduced_to_letters_is_over_once_its_addressee_was_seen():
    card, first, second = Card("KIM JISOO", date(1990, 1, 2)), make_unchecked(), make_unchecked()
    code = send_letter(card)
    Letter.objects.update(person_key=card_digests(card)[1])
    check(first, card)
    with pytest.raises(Refused):
        redeem_letter(by=second, code=code, at=NOON)
    assert voters(first, second) == [first]


def test_two_voices_of_before_stop_no_letters():
    """Both spellings were checked while they gave two keys."""
    card = Card("홍목소리(洪目聲)", CARD.born)
    for digest in card_digests(card):
        PersonKey.objects.create(person=make_unchecked(), source="card", digest=digest)
    assert send_letter(card)


def test_provider_whose_names_no_counter_can_type_gives_no_voice_and_takes_further_whom_a_counter_saw():
    person, told = make_unchecked(), Card("Ким Жи Су", date(1990, 1, 2))
    assert by_provider(person, told) == "told_too_little"
    check(person, CARD)
    assert by_provider(person, told) == "verified"


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
