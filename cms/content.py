"""How do the first pages come in? From fixtures/reference/pages.json, once; what editors did since then stays."""

import json
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Locale, Page, PageLogEntry, Site

from civic.places.queries import districts

from .models import DistrictPage, HomePage, StoryPage, TextPage
from .rights import give_rights

LANGUAGES = ("ko", "en")  # the first one carries the site's root

Texts = dict[str, Any]


@transaction.atomic
def load_pages() -> None:
    """Both languages, the site with its two homes, the doors of the districts, the text pages and the rights of the
    desk's groups. Idempotent.

    A page that was loaded once is never loaded again, so that an editor's change, move or deletion holds.
    """
    texts = json.loads((settings.FIXTURES / "reference" / "pages.json").read_text(encoding="utf-8"))
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
    _name_the_root()
    homes = _homes(texts["home"], locales)
    _point_site_to(homes[LANGUAGES[0]])
    for page in texts["pages"]:
        _load(TextPage, page["slug"], page, homes)
    for place in districts():
        _load(DistrictPage, place.slug, texts["districts"][place.slug], homes, district=place)
    give_rights(homes=homes.values(), doors=DistrictPage.objects.all())


@transaction.atomic
def load_story(texts: Texts, *, told_again: str) -> None:
    """The story in each language below its home, with the number of the proposal that tells it anew. Idempotent."""
    homes = {code: HomePage.objects.get(locale__language_code=code) for code in LANGUAGES}
    words = {code: texts[code] | {"moments": [_moment(one) for one in texts[code]["moments"]]} for code in LANGUAGES}
    _load(StoryPage, texts["slug"], words, homes, told_again=told_again)


def _moment(words: Texts) -> Texts:
    return {"type": "moment", "value": words}


def _name_the_root() -> None:
    """The desk's list of all pages is headed by the root's title; Wagtail's migrations call it "Root"."""
    Page.objects.filter(depth=1, title="Root").update(title="모든 글", draft_title="모든 글")


def _homes(texts: Texts, locales: dict[str, Locale]) -> dict[str, HomePage]:
    first, second = LANGUAGES
    korean = _home(texts[first], locales[first], slug=first)
    english = _home(texts[second], locales[second], slug=second, translation_of=korean)
    return {first: korean, second: english}


def _home(texts: Texts, locale: Locale, *, slug: str, translation_of: HomePage | None = None) -> HomePage:
    found = HomePage.objects.filter(locale=locale).first()
    if found:
        return found
    page = HomePage(slug=slug, locale=locale, **texts)
    if translation_of:
        page.translation_key = translation_of.translation_key
    Page.get_first_root_node().add_child(instance=page)
    _publish(page, loaded=f"home:{slug}")
    return page


def _point_site_to(home: HomePage) -> None:
    """The site Wagtail's migrations made gets our home; their welcome page goes, unless somebody built on it."""
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    if site.pk and site.root_page.specific_class is HomePage:
        return
    welcome = site.root_page if site.pk else None
    site.root_page, site.site_name = home, home.title
    site.save()
    if welcome and welcome.specific_class is Page and not welcome.get_children().exists():
        welcome.delete()


def _load(kind: type[Page], slug: str, texts: Texts, homes: dict[str, HomePage], **common: Any) -> None:
    """One page in each language, tied together as translations of each other; `common` is said in both."""
    first = kind.objects.filter(slug=slug, locale=homes[LANGUAGES[0]].locale).first()
    for code, home in homes.items():
        loaded = f"{slug}:{code}"
        if PageLogEntry.objects.filter(data__loaded=loaded).exists():
            continue
        page = kind(slug=slug, locale=home.locale, **common, **texts[code])
        if first:
            page.translation_key = first.translation_key
        home.add_child(instance=page)
        _publish(page, loaded=loaded)
        first = first or page


def _publish(page: Page, *, loaded: str) -> None:
    page.save_revision().publish()
    log(instance=page, action="wagtail.create", data={"loaded": loaded})
