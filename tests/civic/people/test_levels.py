"""Who counts as checked, by whom, and is one person one voice?"""

from datetime import date, timedelta

import pytest
from django.db import connection

from civic.ledger.models import EntryPrivate
from civic.people.actions import (
    declare_tie,
    redeem_letter,
    register_person,
    send_letters,
    take_back_check,
    verify_at_office,
    verify_by_provider,
    withdraw_tie,
)
from civic.people.models import Person, PersonKey, Tie, Verification
from civic.people.person_key import Card
from civic.people.queries import holder_of, level_of
from civic.people.rules import why_below, why_unchecked
from civic.places.models import Dong
from civic.refusals import Refused
from tests.level_examples import agree, check, make_card, make_unchecked, send_letter
from tests.making import DOSEON, GURO4, NOON, make_official, make_person

pytestmark = pytest.mark.django_db


def refused(action, **words):
    with pytest.raises(Refused) as caught:
        action(**words)
    return caught.value.refusal


def at_counter(person, *, by=None, card=None, district="11200", **ties):
    ties = {kind: Dong.objects.get(code=code) for kind, code in ties.items()}
    return {
        "by": by or make_official(), "person": person, "card": card or make_card(), "district": district, "ties": ties,
        "at": NOON,
    }  # fmt: skip  # the words of one action


# --- levels ---------------------------------------------------------------------------------


def test_level_goes_from_nobody_over_the_mail_and_the_counter_to_a_provider():
    person = register_person(email="new@example.org", nickname="새이웃", password=None, old_enough=True, at=NOON)
    assert level_of(person) == 0
    confirmed = make_unchecked()
    assert level_of(confirmed) == 1
    assert level_of(check(confirmed)) == 2
    verify_by_provider(by=confirmed, provider="simple", subject="di", at=NOON)
    confirmed.refresh_from_db()
    assert level_of(confirmed) == 3
    check_again = Verification.objects.get(person=confirmed)
    assert (check_again.level, check_again.method) == (3, "provider")


def test_level_that_is_missing_is_refused_with_what_to_do_next(django_assert_num_queries):
    person = make_unchecked()
    with django_assert_num_queries(0):
        refusal = why_unchecked(person, 2)
        assert why_below(Person(level=2), 2) is None
    assert (refusal.code, refusal.status) == ("level_too_low", 403)
    assert why_below(person, 1) is None
    assert why_below(person, 3).code == "level_too_low"


def test_ac_3_4_visit_check_keeps_the_way_and_the_day_and_nothing_of_the_card():
    person = agree(make_unchecked())
    verify_at_office(**at_counter(person, card=Card("홍잊힌", date(1971, 2, 13)), lives=DOSEON))
    kept = Verification.objects.get(person=person)
    assert (kept.level, kept.method, kept.district, kept.at) == (2, "office", "11200", NOON)
    tie = Tie.objects.get(person=person)
    assert (tie.kind, tie.dong_id, tie.confirmed_at, tie.method) == ("lives", DOSEON, NOON, "office")
    parts = EntryPrivate.objects.filter(entry__fact="PersonVerified").values_list("fields", flat=True)
    assert sorted(part["as"] for part in parts) == ["holder", "officer"]
    assert everything_stored_without("홍잊힌", "1971-02-13", "19710213")


def test_ac_3_4_same_person_key_on_a_second_account_is_refused_neutrally():
    card = make_card("홍두번")
    check(make_unchecked(), card)
    second = make_unchecked()
    refusal = refused(verify_at_office, **at_counter(second, card=card))
    assert refusal.code == "not_verified"
    assert refusal.text == refused(verify_by_provider, by=second, provider="s", subject="1", card=card, at=NOON).text
    second.refresh_from_db()
    assert (second.level, PersonKey.objects.filter(person=second).count()) == (1, 0)


def test_second_card_for_one_account_is_refused_until_the_check_is_taken_back():
    person, official = check(make_unchecked()), make_official()
    assert refused(verify_at_office, **at_counter(person)).code == "not_verified"
    take_back_check(by=official, person=person, reason="다른 사람의 계정이었습니다.", at=NOON)
    person.refresh_from_db()
    assert (person.level, PersonKey.objects.count(), Verification.objects.count()) == (1, 0, 0)
    verify_at_office(**at_counter(person))


def test_namesake_is_another_person():
    card = make_card("홍같은")
    check(make_unchecked(), card)
    check(make_unchecked(), Card(card.name, card.born, namesake=2))
    assert PersonKey.objects.count() == 2


def test_namesake_known_at_the_counter_is_verified_by_a_provider_that_knows_of_none():
    card = make_card("홍같은")
    first, second = check(make_unchecked(), card), make_unchecked()
    check(second, Card(card.name, card.born, namesake=2))
    for person, subject in ((second, "di-2"), (first, "di-1")):
        verify_by_provider(by=person, provider="simple", subject=subject, card=card, at=NOON)
        assert level_of(Person.objects.get(pk=person.pk)) == 3
    assert PersonKey.objects.count() == 4
    for subject in ("di-1", "di-2", "di-3"):  # none of both has a second account
        words = {"by": make_unchecked(), "provider": "simple", "subject": subject, "card": card, "at": NOON}
        assert refused(verify_by_provider, **words).code == "not_verified"


def test_other_persons_card_is_refused_whatever_number_the_counter_gave():
    person = make_unchecked()
    check(person, Card("홍같은", date(1990, 1, 2), namesake=2))
    words = {"by": person, "provider": "simple", "subject": "di-1", "card": make_card(), "at": NOON}
    assert refused(verify_by_provider, **words).code == "not_verified"


def test_provider_knows_one_person_by_its_own_name_for_them():
    first, second = make_unchecked(), make_unchecked()
    for person in (first, second):
        check(person)
    verify_by_provider(by=first, provider="simple", subject="di-7", at=NOON)
    assert refused(verify_by_provider, by=second, provider="simple", subject="di-7", at=NOON).code == "not_verified"
    verify_by_provider(by=second, provider="simple", subject="di-8", at=NOON)
    verify_by_provider(by=first, provider="simple", subject="di-7", at=NOON + timedelta(days=1))


def test_person_checked_before_the_secret_changed_is_still_known(settings):
    card = make_card("홍옛날")
    check(make_unchecked(), card)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert refused(verify_at_office, **at_counter(make_unchecked(), card=card)).code == "not_verified"
    code = send_letter(card)
    assert refused(redeem_letter, by=make_unchecked(), code=code, at=NOON).code == "code_unusable"


def test_code_made_before_the_secret_changed_is_over(settings):
    card = make_card("홍새날")
    code = send_letter(card)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    check(make_unchecked(), card)
    assert refused(redeem_letter, by=make_unchecked(), code=code, at=NOON).code == "code_unusable"


# --- who checks -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ({"district": "11530"}, "role_elsewhere"),
        ({"role": "admin"}, "role_missing"),
        ({"role": "expert"}, "role_missing"),
    ],
)
def test_check_is_for_officials_of_that_district(who, code):
    assert refused(verify_at_office, **at_counter(make_unchecked(), by=make_official(**who))).code == code


def test_check_is_for_whichever_department_of_the_district():
    """A dong's centre is a department like others."""
    team = make_official(scope="department:11200.safety.roads.lights")
    verify_at_office(**at_counter(make_unchecked(), by=team))
    assert refused(verify_at_office, **at_counter(make_unchecked(), by=team, district="11530")).code == "role_elsewhere"
    assert len(send_letters(by=team, dong=Dong.objects.get(code=DOSEON), cards=[make_card()], at=NOON).codes) == 1


def test_check_of_ones_own_account_or_an_unconfirmed_one_is_refused():
    official = make_official()
    assert refused(verify_at_office, **at_counter(official, by=official)).code == "own_check"
    waiting = register_person(email="waits@example.org", nickname="기다림", password=None, old_enough=True, at=NOON)
    assert refused(verify_at_office, **at_counter(waiting)).code == "not_open"


def test_tie_of_another_district_cannot_be_confirmed():
    assert refused(verify_at_office, **at_counter(make_unchecked(), lives=GURO4)).code == "tie_elsewhere"


def test_tie_of_somebody_who_did_not_agree_to_that_is_kept_nowhere():
    person, doseon = make_unchecked(), Dong.objects.get(code=DOSEON)
    assert refused(declare_tie, by=person, kind="lives", dong=doseon, at=NOON).code == "place_not_agreed"
    refusal = refused(verify_at_office, **at_counter(person, lives=DOSEON))
    assert (refusal.code, refusal.field) == ("place_not_agreed", "lives")
    redeem_letter(by=person, code=send_letter(), at=NOON)
    assert level_of(Person.objects.get(pk=person.pk)) == 2
    assert not Tie.objects.filter(person=person).exists()


SCRIPTS = ("김", "洪吉童", "홍吉동", "홍길동 Hong", "Кim Jisoo", "KΙM", "()", "(洪吉童) 홍길동", "...", "ㄱㅣㅁ새벽")


@pytest.mark.parametrize(
    ("card", "code"),
    [
        (Card("가" * 61, date(1990, 1, 2)), "card_name"),
        (Card("900102-1234567", date(1990, 1, 2)), "card_name"),
        (Card("홍길동 900102", date(1990, 1, 2)), "card_name"),
        *((Card(name, date(1990, 1, 2)), "card_script") for name in SCRIPTS),
        (Card("홍길동", date(1890, 1, 2)), "card_born"),
        (Card("홍길동", date(2030, 1, 2)), "card_born"),
        (Card("홍길동", date(1990, 1, 2), namesake=0), "card_namesake"),
    ],
)
def test_card_that_cannot_be_one_is_refused_without_repeating_it(card, code):
    refusal = refused(verify_at_office, **at_counter(make_unchecked(), card=card))
    assert refusal.code == code
    assert card.name not in str(refusal.text)


def test_taking_back_needs_ones_own_district_and_a_reason():
    person = check(make_unchecked())
    elsewhere = make_official("11530")
    words = {"person": person, "at": NOON}
    assert refused(take_back_check, by=elsewhere, reason="잘못된 계정입니다.", **words).code == "role_elsewhere"
    assert refused(take_back_check, by=make_official(), reason="음", **words).code == "reason_length"
    assert refused(take_back_check, by=make_official(), reason="기록 없음", person=make_person(), at=NOON).code == (
        "not_checked"
    )


@pytest.mark.parametrize("provider_first", [False, True])
def test_district_that_saw_the_card_takes_the_check_back_whatever_a_provider_said(provider_first):
    person, card = make_unchecked(), make_card()
    acts = [
        lambda: check(person, card),
        lambda: verify_by_provider(by=person, provider="simple", subject="di-1", card=card, at=NOON),
    ]
    for act in reversed(acts) if provider_first else acts:
        act()
    kept = Verification.objects.get(person=person)
    assert (kept.level, kept.method, kept.district) == (3, "provider", "11200")
    assert [holder_of(card, [district]) for district in ("11200", "11530")] == [person, None]
    person = Person.objects.get(pk=person.pk)
    take_back_check(by=make_official(), person=person, reason="계정을 잃어버렸습니다.", at=NOON)
    check(make_unchecked(), card)


def test_check_by_a_provider_alone_is_no_districts():
    person = make_unchecked()
    verify_by_provider(by=person, provider="simple", subject="di-1", card=make_card(), at=NOON)
    words = {"by": make_official(), "person": person, "reason": "계정을 잃어버렸습니다.", "at": NOON}
    assert refused(take_back_check, **words).code in {"role_elsewhere", "role_missing"}


# --- ties -----------------------------------------------------------------------------------


def test_tie_is_declared_then_confirmed_and_another_dong_has_to_be_confirmed_anew():
    person = agree(make_unchecked())
    doseon, next_door = Dong.objects.get(code=DOSEON), Dong.objects.filter(district="11200").exclude(code=DOSEON)[0]
    assert declare_tie(by=person, kind="lives", dong=doseon, at=NOON).confirmed_at is None
    check(person, lives=doseon)
    assert declare_tie(by=person, kind="lives", dong=doseon, at=NOON).confirmed_at == NOON
    assert declare_tie(by=person, kind="lives", dong=next_door, at=NOON).confirmed_at is None
    withdraw_tie(by=person, kind="lives", at=NOON)
    assert not Tie.objects.filter(person=person).exists()
    assert refused(withdraw_tie, by=person, kind="lives", at=NOON).code == "no_tie"
    assert refused(declare_tie, by=person, kind="prays", dong=doseon, at=NOON).code == "unknown_tie"


def everything_stored_without(*words):
    """Nothing in any table holds any of the words."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of our own tables
            rows = repr(cursor.fetchall())
            if any(word in rows for word in words):
                return False
    return True
