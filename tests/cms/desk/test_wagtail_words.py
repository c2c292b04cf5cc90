"""The Korean desk speaks Korean: what Wagtail's catalogue leaves in English, ours says."""

import gettext as catalogues
import html
import re
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.utils.translation import gettext, override

from cms.desk.wagtail_words import COUNTED, MENDED, WORDS
from cms.models import HomePage

pytestmark = pytest.mark.django_db
SHOWN = re.compile(r"(?<=>)[^<>{}]+(?=<)|(?<=aria-label=\")[^\"]+|(?<=title=\")[^\"]+|(?<=placeholder=\")[^\"]+")

OURS = {"civic", "cms", "livinglab"}
# Words that our pages and those of others say both, in Korean that differs; each is read well on their pages too.
SAID_ALIKE = {
    "Back",  # Wagtail: the way back
    "Choose",  # Wagtail: the button of its choosers
    "Code",  # allauth: the field of a code, which its catalogue calls 코드
    "Fields",  # Wagtail: of a form
    "Order",  # Django: the field of a list that one sorts by hand; no page of ours has one
    "Primary",  # allauth: the address that mail goes to
    "Publish",  # Wagtail: the button at the foot of a page
    "Show",  # Wagtail: of passwords and comments
    "Text",  # Django: a kind of database column
}


def catalogue(place: str) -> dict[object, str]:
    """What {message: words} stands in the Korean catalogue below a folder, if there is one."""
    found = Path(place) / "locale/ko/LC_MESSAGES/django.mo"
    if not found.exists():
        return {}
    with found.open("rb") as file:
        return catalogues.GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # there is no other way to list


def test_words_of_ours_do_not_speak_over_those_of_wagtail_and_allauth_unless_meant():
    ours = catalogue(apps.get_app_config("livinglab").path)
    others = [app.path for app in apps.get_app_configs() if app.label not in OURS]
    spoken_over = {
        message
        for place in [str(Path(django.__file__).parent / "conf"), *others]
        for message, words in catalogue(place).items()
        if message and ours.get(message, words) != words
    }
    assert spoken_over - {*WORDS, *MENDED} <= SAID_ALIKE


def test_words_of_wagtail_are_all_said_in_korean():
    with override("ko"):
        assert [word for word in WORDS if gettext(word) == word] == []
        assert [str(word % 2) for word in COUNTED if re.match(r"[A-Z]", str(word % 2))] == []


@pytest.mark.parametrize("path", ["", "pages/", "pages/{}/", "pages/{}/edit/", "images/", "proposals/", "policies/"])
def test_desk_page_in_korean_shows_none_of_the_english_words(admin, path):
    home = HomePage.objects.get(locale__language_code="ko")
    page = admin.get("/desk/" + path.format(home.pk)).content.decode()
    said = {html.unescape(" ".join(words.split())) for words in SHOWN.findall(page)}
    assert said & {*WORDS, *MENDED, "Root", "Exploring: Root"} == set()
