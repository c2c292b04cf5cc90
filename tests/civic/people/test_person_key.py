"""Does a keyed hash name one person, whatever is typed around the name, and does nothing lead back?"""

import re
import sys
from datetime import date

import pytest
from django.views.debug import ExceptionReporter

from civic.people.person_key import Card, card_digests, code_digests, name_alone, new_code, subject_digests

BORN = date(1990, 1, 2)
KIM = Card(name="김새벽", born=BORN)


JISOO = Card(name="KIM JISOO", born=BORN)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        *(
            (typed, KIM)
            for typed in (
                "김새벽",
                " 김 새벽 ",
                "\u1100\u1175\u11b7새벽",
                "\u200b김새벽",
                "\ufeff김새벽",
                "김\u00ad새벽",
            )
        ),
        *(
            (typed, KIM)
            for typed in (
                "김새벽(金새벽)",
                "김새벽 (金曙壁)",
                "김새벽（金曙壁）",
                "김새벽[金曙一",
                "김\u3164새벽",
                "김·새벽",
            )
        ),
        *(
            (typed, JISOO)
            for typed in (
                "Kim Jisoo",
                "KIM, JI-SOO",
                "JISOO KIM",
                "ＫＩＭ ＪＩＳＯＯ",
                "Kim Jisoó",
                "KIM JISOO(김지수)",
            )
        ),
    ],
)
def test_card_of_one_person_gives_one_key_however_the_name_is_typed(typed, known):
    assert card_digests(Card(name=typed, born=BORN))[0] == card_digests(known)[0]


def test_name_as_it_is_read_out_has_neither_brackets_nor_marks_that_nobody_sees():
    assert [name_alone(typed) for typed in ("\ufeff홍길동(洪吉童)", " Kim  Jisoo ")] == ["홍길동", "Kim  Jisoo"]


@pytest.mark.parametrize(
    "other",
    [
        *(Card(name=name, born=BORN) for name in ("김새별", "새김벽", "Kim Saebyeok")),
        Card(name="김새벽", born=date(1990, 1, 3)),
        Card("김새벽", BORN, namesake=2),
    ],
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
