"""The first pages come in once; an editor's work stays."""

import pytest
from wagtail.models import Locale, Page, PageLogEntry, Site

from cms.content import load_pages
from cms.models import HomePage, TextPage

pytestmark = pytest.mark.django_db
SLUGS = {"how-it-works", "privacy", "house-rules", "accessibility"}


@pytest.fixture
def welcome(db):
    """A site as Wagtail's migrations leave it: one welcome page, one language, nothing of ours."""
    root = Page.get_first_root_node()
    welcome = root.add_child(instance=Page(title="Welcome to your new Wagtail site!", slug="home"))
    Site.objects.update(root_page=welcome)
    for page in root.get_children().exclude(pk=welcome.pk):
        page.delete()
    PageLogEntry.objects.all().delete()
    Locale.objects.exclude(language_code="ko").delete()
    return Page.objects.get(pk=welcome.pk)


def test_load_pages_new_site_gets_two_homes_tied_together(welcome):
    load_pages()
    assert not Page.objects.filter(pk=welcome.pk).exists()
    korean, english = HomePage.objects.get(locale__language_code="ko"), HomePage.objects.get(locale__language_code="en")
    assert korean.translation_key == english.translation_key
    assert Site.objects.get(is_default_site=True).root_page.specific == korean
    assert [locale.language_code for locale in Locale.objects.order_by("-language_code")] == ["ko", "en"]


def test_load_pages_text_pages_are_live_in_both_languages(pages):
    for code in ("ko", "en"):
        found = TextPage.objects.live().filter(locale__language_code=code)
        assert {page.slug for page in found} == SLUGS
    for page in TextPage.objects.filter(locale__language_code="ko"):
        assert page.get_translations().get().slug == page.slug


def test_load_pages_twice_adds_nothing(pages):
    before = list(Page.objects.order_by("path").values_list("path", "title", "latest_revision"))
    entries = PageLogEntry.objects.count()
    load_pages()
    assert list(Page.objects.order_by("path").values_list("path", "title", "latest_revision")) == before
    assert PageLogEntry.objects.count() == entries


def test_load_pages_edited_page_keeps_the_editors_words(pages):
    home = HomePage.objects.get(locale__language_code="ko")
    home.headline = "편집자가 고친 표제"
    home.save_revision().publish()
    load_pages()
    assert HomePage.objects.get(pk=home.pk).headline == "편집자가 고친 표제"


def test_load_pages_deleted_or_moved_page_does_not_come_back(pages):
    TextPage.objects.get(slug="accessibility", locale__language_code="ko").delete()
    moved = TextPage.objects.get(slug="house-rules", locale__language_code="en")
    moved.slug = "rules"
    moved.save()
    load_pages()
    assert not TextPage.objects.filter(slug="accessibility", locale__language_code="ko").exists()
    assert not TextPage.objects.filter(slug="house-rules", locale__language_code="en").exists()


def test_load_pages_somebody_built_on_the_welcome_page_it_stays(welcome):
    welcome.add_child(instance=Page(title="Mine", slug="mine"))
    load_pages()
    assert Page.objects.filter(pk=welcome.pk).exists()
    assert Site.objects.get(is_default_site=True).root_page.specific_class is HomePage
