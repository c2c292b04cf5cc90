"""The Korean desk speaks Korean: what Wagtail's catalogue leaves in English, ours says."""

import html
import re

import pytest
from django.utils.translation import gettext, override

from cms.desk.wagtail_words import COUNTED, WORDS
from cms.models import HomePage

pytestmark = pytest.mark.django_db
SHOWN = re.compile(r"(?<=>)[^<>{}]+(?=<)|(?<=aria-label=\")[^\"]+|(?<=title=\")[^\"]+|(?<=placeholder=\")[^\"]+")


def test_words_of_wagtail_are_all_said_in_korean():
    with override("ko"):
        assert [word for word in WORDS if gettext(word) == word] == []
        assert [str(word % 2) for word in COUNTED if re.match(r"[A-Z]", str(word % 2))] == []


@pytest.mark.parametrize("path", ["", "pages/", "pages/{}/", "pages/{}/edit/", "images/", "proposals/", "policies/"])
def test_desk_page_in_korean_shows_none_of_the_english_words(admin, path):
    home = HomePage.objects.get(locale__language_code="ko")
    page = admin.get("/desk/" + path.format(home.pk)).content.decode()
    said = {html.unescape(" ".join(words.split())) for words in SHOWN.findall(page)}
    assert said & {*WORDS, "Root", "Exploring: Root"} == set()
