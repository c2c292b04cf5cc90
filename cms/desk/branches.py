"""Whose pages are they? Administrators of a district edit its branch; all else is for those who keep the whole site."""

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Q, QuerySet
from django.urls import ResolverMatch
from wagtail.models import Page
from wagtail.query import PageQuerySet

from civic.people.models import Person
from civic.people.roles import EVERYWHERE, district_of
from civic.people.rules import may, scopes_for
from cms.models import DistrictPage

# What one edits a branch with: its pages, pictures and links. Wagtail's reports, workflows, files and settings are of
# the whole site.
WITH: Final = (
    "simple_translation:submit_page_translation",
    "wagtail_bulk_action",  # asks for the right to each page itself, as do the lists and the choice of pictures
    "wagtailadmin_api:images:",
    "wagtailadmin_api:pages:",
    "wagtailadmin_block_preview",
    "wagtailadmin_choose_page",
    "wagtailadmin_editing_sessions:",
    "wagtailadmin_explore",
    "wagtailadmin_pages:",
    "wagtailadmin_tag_",
    "wagtailembeds:",
    "wagtailimages",
)
OF_ALL_PAGES: Final = ("wagtailadmin_pages:type_use",)
LINKED: Final = "wagtailadmin_choose_page_child"  # a link may lead to every page
WALKED: Final = "wagtailadmin_explore"  # the way down to a branch may be walked
PAGES: Final = frozenset({"page_id", "page_to_move_id", "parent_page_id", "destination_id"})  # in an address


def edits_at(person: Person, match: ResolverMatch) -> bool:
    """May the person open this address of Wagtail's? Asked of the roles themselves, so that no ended one counts."""
    if keeps_the_site(person):
        return True
    name = match.view_name
    if not name.startswith(WITH) or name.startswith(OF_ALL_PAGES):
        return False
    own = list(own_doors(person).values_list("path", flat=True))
    return bool(own) and (name == LINKED or _inside(own, _asked(match), walked=name.startswith(WALKED)))


def keeps_the_site(person: Person) -> bool:
    return person.is_superuser or may(person, "edit_pages", EVERYWHERE)


def linkable(person: Person, pages: PageQuerySet) -> PageQuerySet:
    """Those of these pages to which the person may set a link: what is there for everybody, and drafts of their own."""
    if keeps_the_site(person):
        return pages
    branches = [Q(path__startswith=path) for path in own_doors(person).values_list("path", flat=True)]
    return pages.filter(reduce(or_, branches, Q(live=True)))


def own_doors(person: Person) -> QuerySet[DistrictPage]:
    """The pages of the person's districts, in each language: what is theirs lies below them."""
    return DistrictPage.objects.filter(district__in={district_of(scope) for scope in scopes_for(person, "edit_pages")})


def _asked(match: ResolverMatch) -> QuerySet[Page]:
    """The pages that an address names."""
    names = PAGES | {"pk"} if "pages" in match.view_name else PAGES
    return Page.objects.filter(pk__in=[value for name, value in match.kwargs.items() if name in names])


def _inside(own: Collection[str], pages: QuerySet[Page], *, walked: bool) -> bool:
    """Does each lie in a branch, or, where it is only walked, above one?"""
    return all(
        any(path.startswith(door) or (walked and door.startswith(path)) for door in own)
        for path in pages.values_list("path", flat=True)
    )
