"""Does a keyed hash name one person, whatever is typed around the name, and does nothing lead back?"""

import re
import sys
from datetime import date

import pytest
from django.views.debug import ExceptionReporter

from civic.people.person_key import Card, card_digests, code_digests, new_code, subject_digests

BORN = date(1990, 1, 2)
KIM = Card(name="김새벽", born=BORN)


@pytest.mark.parametrize("typed", ["김새벽", " 김 새벽 ", "\u1100\u1175\u11b7새벽"])
def test_card_of_one_person_gives_one_key_however_the_name_is_typed(typed):
    assert card_digests(Card(name=typed, born=BORN)) == card_digests(KIM)


@pytest.mark.parametrize(
    "other",
    [Card(name="김새별", born=BORN), Card(name="김새벽", born=date(1990, 1, 3)), Card("김새벽", BORN, namesake=2)],
)
def test_card_of_another_person_or_namesake_gives_another_key(other):
    assert card_digests(other) != card_digests(KIM)


def test_keys_depend_on_the_secret_and_stay_known_while_an_earlier_one_is_honoured(settings):
    (before,) = card_digests(KIM)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    today, earlier = card_digests(KIM)
    assert (today != before, earlier) == (True, before)


def test_keys_of_a_card_a_provider_and_a_code_never_meet():
    assert len({card_digests(KIM), subject_digests("simple", "김새벽"), code_digests("1990-0102-0000")}) == 3
    assert subject_digests("simple", "1") != subject_digests("other", "1")


def test_card_tells_nothing_when_it_is_printed():
    assert "김" not in repr(KIM)
    assert "1990" not in f"{KIM} {KIM!r}"


def test_error_page_shows_nothing_of_a_card(settings):
    settings.SECRET_KEY_FALLBACKS = None  # so that hashing fails, the card in its hands
    try:
        card_digests(KIM)
    except TypeError:
        page = ExceptionReporter(None, *sys.exc_info()).get_traceback_html()
    assert "message" in page
    assert not any(said in page for said in (KIM.name, BORN.isoformat()))


def test_code_has_twelve_digits_in_groups_and_is_found_without_them():
    code = new_code()
    assert re.fullmatch(r"\d{4}-\d{4}-\d{4}", code)
    assert code_digests(code.replace("-", " ")) == code_digests(code)
    assert len({new_code() for _n in range(50)}) == 50
