"""Which nicknames are let in?"""

import pytest
from django.utils.translation import gettext, override

from civic.people.names import tidy, why_not_named


@pytest.mark.parametrize(
    "nickname",
    [
        "지민",
        "Jimin Park",
        "행당동 고양이",
        "구청뒤골목",
        "Grassroots",
        "O'Brien",
        "Nguyễn Thị Hà",
        "李明",
        "빛-3",
        "조니 2",
    ],
)
def test_nickname_of_a_neighbour_is_welcome(nickname: str) -> None:
    assert why_not_named(tidy(nickname)) is None


@pytest.mark.parametrize(
    "nickname",
    [
        "관리자",
        "관 리 자",
        "성동구청",
        "구청 직원",
        "성수1가1동 주민센터",
        "Admin",
        "admin_2",
        "ＡＤＭＩＮ",
        "The Official",
        "moderators",
        "도로과 주무관",
        "성동구청장",
        "구의회",
    ],
)
def test_nickname_of_an_office_is_refused(nickname: str) -> None:
    assert why_not_named(tidy(nickname)).code == "nickname_posing"


@pytest.mark.parametrize(
    "nickname", ["탈퇴한 이용자", "탈퇴한이용자 2", "탈퇴 회원", "A former member", "Former-Member"]
)
def test_nickname_of_whoever_has_left_is_refused(nickname: str) -> None:
    assert why_not_named(tidy(nickname)).code == "nickname_nobody"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_the_site_calls_whoever_has_left_is_nobodys_nickname(language: str) -> None:
    with override(language):
        assert why_not_named(gettext("a former member")).code == "nickname_nobody"


@pytest.mark.parametrize("nickname", ["가", "", "  ", "a" * 31, "\u202e\u202e가", "\u3164\u3164"])
def test_nickname_too_short_or_long_is_refused(nickname: str) -> None:
    assert why_not_named(tidy(nickname)).code == "nickname_length"


@pytest.mark.parametrize("nickname", ["<b>지민</b>", "지민@동네", "...", "аlice", "지민\U0001f4a1", "123"])
def test_nickname_with_signs_or_mixed_scripts_is_refused(nickname: str) -> None:
    assert why_not_named(tidy(nickname)).code == "nickname_signs"


def test_tidy_drops_direction_characters_and_composes() -> None:
    assert tidy("  \u202e지\u0000민\u2066   박 ") == "지민 박"
    assert tidy("지\u200b민\u3164") == "지민"
    assert tidy("\u1112\u1161\u11ab") == "한"
