"""Does every sentence of ours speak both languages? The catalogue against the sources, templates without bare words."""

import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

pytestmark = pytest.mark.sqlite  # no database decides anything here

ROOT = settings.ROOT
CATALOGUE = ROOT / "site/livinglab/locale/ko/LC_MESSAGES/django.po"
SOURCES = ("civic", "cms", "site/livinglab")
KOREAN_ALONE = {"letters.html"}  # paper for a resident's letter box: in the language of the office
SPOKEN = {"alt", "title", "aria-label", "placeholder", "content", "label"}
# The same in every language.
SAME = re.compile(r"&\w+;|Authorization: Bearer")


@pytest.fixture(scope="module")
def gathered(tmp_path_factory):
    """What `makemessages` finds in a copy of the sources."""
    copy = tmp_path_factory.mktemp("sources")
    for folder in SOURCES:
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "static"))
    (copy / "site/livinglab/locale/ko/LC_MESSAGES/django.po").unlink()
    command = [sys.executable, "-m", "django", "makemessages", "-l", "ko", "--no-location", "--no-obsolete"]
    of_the_copy = {**os.environ, "PYTHONPATH": f"{copy / 'site'}{os.pathsep}{copy}"}  # its settings say where it writes
    subprocess.run(
        [*command, "--settings", "livinglab.settings.test"], cwd=copy, env=of_the_copy, check=True, capture_output=True
    )
    return polib.pofile(str(copy / "site/livinglab/locale/ko/LC_MESSAGES/django.po"))


def _key(entry):
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def test_catalogue_holds_each_sentence_of_the_sources_and_no_other(gathered):
    known = {_key(entry) for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete}
    found = {_key(entry) for entry in gathered}
    assert sorted(map(str, found - known)) == []
    assert sorted(map(str, known - found)) == []


def test_every_sentence_of_the_catalogue_is_translated():
    book = polib.pofile(str(CATALOGUE))
    assert [entry.msgid for entry in [*book.untranslated_entries(), *book.fuzzy_entries()]] == []
    assert [entry.msgid for entry in book if entry.msgid_plural and not entry.msgstr_plural.get(0)] == []


def test_translations_name_no_figure_that_their_sentence_lacks():
    named = re.compile(r"%\((\w+)\)")
    for entry in polib.pofile(str(CATALOGUE)):
        theirs = named.findall(entry.msgstr or entry.msgstr_plural.get(0, ""))
        assert set(theirs) <= set(named.findall(entry.msgid + entry.msgid_plural)), entry.msgid


def test_korean_never_leaves_the_particle_to_the_reader():
    """“안부 플러그”을(를): a sentence goes round the particle, since it cannot know the last letter of a title."""
    both = re.compile(r"[을를이가은는과와]\s?\([을를이가은는과와]\)|\(으\)로|\(이\)|을/를|이/가|은/는|과/와|와/과")
    book = polib.pofile(str(CATALOGUE))
    said = [entry.msgstr or entry.msgstr_plural.get(0, "") for entry in book if not entry.obsolete]
    assert [words for words in said if both.search(words)] == []


def test_korean_quotes_titles_with_one_kind_of_marks():
    for entry in polib.pofile(str(CATALOGUE)):
        words = entry.msgstr or entry.msgstr_plural.get(0, "")
        assert not re.search(r"[‘「『《〈'\"]%\((title|label|name|q)\)", words), words


def test_compiled_catalogue_says_what_the_written_one_says():
    written = polib.pofile(str(CATALOGUE))
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    said = {_key(entry): entry.msgstr or entry.msgstr_plural for entry in compiled}
    assert {_key(entry): entry.msgstr or entry.msgstr_plural for entry in written} == said


class Words(HTMLParser):
    """Collects what a reader sees or hears of a page's markup."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.heard: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in ("script", "style", "svg")
        self.heard += [value or "" for name, value in attrs if name in SPOKEN and tag != "meta"]

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style", "svg")

    def handle_data(self, data):
        if self.silent <= 0:
            self.heard.append(data)


def _bare_words(template):
    text = template.read_text(encoding="utf-8")
    text = re.sub(r"{% comment.*?endcomment %}|{#.*?#}", "", text, flags=re.DOTALL)
    text = re.sub(r"{% block ground %}[a-z -]+{% endblock %}", "", text)  # classes, not words
    text = re.sub(r"{% blocktrans(?:late)?\b.*?endblocktrans(?:late)? %}", "", text, flags=re.DOTALL)
    text = re.sub(r"<{{.*?}}", "<p", text)
    text = re.sub(r"{{.*?}}", "1", re.sub(r"{%.*?%}", "", text, flags=re.DOTALL), flags=re.DOTALL)
    words = Words()
    words.feed(text)
    return [word for heard in words.heard for word in re.findall(r"[A-Za-z가-힣]{2,}", SAME.sub("", heard))]


def test_templates_hold_no_word_outside_the_catalogue():
    pages = [page for folder in SOURCES for page in (ROOT / folder).rglob("templates/**/*.html")]
    pages = [page for page in pages if page.name not in KOREAN_ALONE]
    assert len(pages) > 100
    bare = {str(page.relative_to(ROOT)): words for page in pages if (words := _bare_words(page))}
    assert bare == {}


PAGES = """/ /proposals/ /overdue/ /policy/ /policy/roles/ /departments/ /votes/ /pilots/ /faults/ /live/ /seongdong/
    /accounts/login/ /accounts/signup/ /privacy/ /how-it-works/ /house-rules/ /accessibility/ /search-nothing/"""
# Names stay as they are: of the other language, and of laws behind their translation.
NAMED = re.compile(r'<(\w+)[^>]* lang="ko"[^>]*>.*?</\1>|\([가-힣][^()]*\)', re.DOTALL)


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES.split())
def test_english_page_without_residents_words_holds_no_korean_letter(path):
    with override("en"):  # what a page leaves spoken ends here: the next test speaks Korean again
        page = Client().get(f"/en{path}")
    assert page.headers["Content-Language"] == "en"
    words = Words()
    words.feed(NAMED.sub("", page.content.decode()))
    assert [said for said in words.heard if re.search("[가-힣ㄱ-ㅎㅏ-ㅣ]", said)] == []
