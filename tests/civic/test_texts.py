"""Residents' words, made safe and kept whole."""

import time

import pytest
from django.utils.translation import override

from civic.texts import (
    MOST_BRACKETS,
    clean_html,
    clean_line,
    in_korean,
    length,
    paragraphs,
    plain,
    why_not_clean,
    with_unit,
)

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


def test_paragraphs_of_a_tag_over_a_blank_line_stay_valid():
    assert paragraphs(clean_html("<b>하나\n\n둘</b>")) == "<p><b>하나</b></p>\n<p>둘</p>"


def test_clean_html_tells_search_engines_not_to_follow():
    cleaned = clean_html('<a rel="follow" href="https://example.org/">여기</a>')
    assert cleaned == '<a rel="nofollow ugc" href="https://example.org/">여기</a>'
    assert paragraphs(f"{cleaned}\n\n둘").count('rel="nofollow ugc"') == 1


def test_clean_html_drops_what_is_no_character():
    assert clean_html("가\ud800나") == "가나"
    assert clean_line("가\udfff나") == "가나"


def test_most_nested_text_that_is_parsed_takes_no_time():
    text = "<blockquote>" * MOST_BRACKETS
    assert why_not_clean(text, "problem") is None
    began = time.process_time()
    clean_html(text)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("href", ["//evil.example", "/elsewhere", "ftp://x", "https:/x", "javascript:x"])
def test_link_that_is_not_whole_leads_nowhere(href):
    assert "href" not in clean_html(f'<a href="{href}">여기</a>')


def test_what_cannot_be_seen_is_dropped_and_piles_of_marks_are_cut():
    assert clean_line("\u200b\u3164\ufeff 보안등") == "보안등"
    assert len(clean_line("a" + "\u0301" * 99)) <= 3


@pytest.mark.parametrize(
    ("language", "words", "marked"),
    [
        ("en", "2027년 1월", '<span lang="ko">2027년 1월</span>'),
        ("en", "<b>가", '<span lang="ko">&lt;b&gt;가</span>'),
        ("en", "January 2027", "January 2027"),
        ("ko", "2027년 1월", "2027년 1월"),
    ],
)
def test_korean_words_say_so_on_a_page_in_another_language(language, words, marked):
    with override(language):
        assert in_korean(words) == marked


def test_unit_stands_as_its_language_writes_it():
    assert [with_unit("24", unit) for unit in ("시간", "hours", "%")] == ["24시간", "24 hours", "24 %"]
