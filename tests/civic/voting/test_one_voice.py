"""Has one person one voice, however many accounts they open?"""

import pytest

from civic.clocks.now import database_now
from civic.people.actions import redeem_letter, verify_at_office
from civic.refusals import Refused
from civic.voting.actions import cast_ballot
from civic.voting.models import Participation
from tests.level_examples import check, make_card, make_unchecked, send_letter
from tests.making import NOON, make_official
from tests.voting import WEEK, ids, make_open

pytestmark = pytest.mark.django_db


def refused(action, **words):
    with pytest.raises(Refused) as caught:
        action(**words)
    return caught.value.refusal


def test_ac_3_4_second_account_of_one_person_is_refused_a_second_ballot_with_a_neutral_sentence():
    round, card = make_open(), make_card("홍한표")
    first, second = check(make_unchecked(), card), make_unchecked()
    cast_ballot(by=first, round=round, choices=ids(round, 1), at=NOON)
    by_counter = refused(
        verify_at_office, by=make_official(), person=second, card=card, district="11200", ties={}, at=NOON
    )
    by_letter = refused(redeem_letter, by=second, code=send_letter(card), at=NOON)
    ballot = refused(cast_ballot, by=second, round=round, choices=ids(round, 2), at=NOON)
    assert (by_counter.code, by_letter.code) == ("not_verified", "code_unusable")
    assert (ballot.code, ballot.status) == ("level_too_low", 403)
    for refusal in (by_counter, by_letter, ballot):
        assert first.nickname not in str(refusal.text)
        assert first.email not in str(refusal.text)
    assert list(Participation.objects.filter(round=round).values_list("person", flat=True)) == [first.pk]


def test_account_with_a_confirmed_address_alone_is_told_how_to_come_to_vote(client):
    now = database_now()
    round, person = make_open(at=now, opens_at=now, closes_at=now + WEEK), make_unchecked()
    client.force_login(person)
    page = client.get(f"/en/votes/{round.slug}/").content.decode()
    assert "the district must have checked who you are" in page
    assert 'href="/en/me/verification/"' in page
    assert "Look at my ballot" not in page


def test_district_that_asks_for_the_address_alone_lets_it_vote():
    round, person = make_open(), make_unchecked()
    round.policy.vote_level = 1
    round.policy.save()
    cast_ballot(by=person, round=round, choices=ids(round, 1), at=NOON)
