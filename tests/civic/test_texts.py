"""Residents' words, made safe and kept whole."""

import pytest

from civic.texts import clean_html, clean_line, length, paragraphs, plain

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<style>@import 'x'</style>",
    "<math><mtext></p><script>alert(1)</script>",
    "<p onclick=alert(1)>x</p>",
    "<scr<script>ipt>alert(1)</script>",
    "<template><script>alert(1)</script></template>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_clean_html_of_an_attack_holds_no_script(attack):
    cleaned = clean_html(attack).lower()
    for sign in ("<script", "onerror", "onload", "onclick", "javascript:", "<iframe", "<style", "<svg", "data:"):
        assert sign not in cleaned


def test_clean_html_of_plain_words_keeps_every_character():
    assert plain(clean_html("3 < 5 & 5 > 3, “따옴표” 그대로")) == "3 < 5 & 5 > 3, “따옴표” 그대로"


def test_clean_html_composes_hangul_and_drops_direction_marks():
    assert clean_html("보안등\u202e") == "보안등"


def test_clean_line_is_one_line():
    assert clean_line("  두\n줄 \x00 제목 ") == "두 줄 제목"


def test_paragraphs_part_at_blank_lines_and_keep_line_ends():
    assert paragraphs(clean_html("하나\n둘\n\n셋")) == "<p>하나<br>둘</p>\n<p>셋</p>"


def test_length_counts_what_a_reader_sees():
    assert length(clean_html("<strong>다섯글자임</strong>")) == 5
