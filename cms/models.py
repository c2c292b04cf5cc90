"""Pages that editors write."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageViewRestriction

from civic.chain.line import index_line
from civic.chain.models import Node
from civic.chain.queries import index_counts, index_facts, localised, paths
from civic.chain.way import way_of
from civic.clocks.now import database_now
from civic.feed.numbering import head
from civic.overview.district import shown_of
from civic.overview.queries import numbers, sections
from civic.pilots.queries import front_pilot
from civic.pilots.shown import row
from civic.places.models import District
from civic.places.queries import known_districts

from .staying import Staying, StayingWhereLinked
from .story import Moment, story_line


class OpenToAll:
    """Everybody may read these pages: nothing to ask the database, and no privacy setting at the desk."""

    private_page_options: ClassVar[list[str]] = []

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        return PageViewRestriction.objects.none()


class HomePage(OpenToAll, Staying, Page):
    """The front door: a headline and a promise by the editors, the rest counted from the records."""

    headline = models.TextField(_("headline"), max_length=80, help_text=_("Two short lines; a line break parts them."))
    promise = models.TextField(_("promise"), max_length=300)
    body = RichTextField(_("further text"), blank=True, features=["h2", "h3", "bold", "link", "ol", "ul"])

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("promise"), FieldPanel("body")]
    template = "cms/home_page.html"
    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.TextPage", "cms.StoryPage", "cms.DistrictPage"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The editors' words with the records beside them: at most sixteen queries, however many proposals."""
        request.feed_head = head()  # type: ignore[attr-defined]  # before the queries, so that the client catches up
        at = database_now()
        counts = index_counts()
        counted = numbers(at, counts)
        pilot = front_pilot()
        return super().get_context(request, *args, **kwargs) | {
            "now": at,
            "numbers": counted,
            "pilot": row(pilot, at=at) if pilot else None,
            "story": StoryPage.objects.child_of(self).live().first(),
            "districts": known_districts(),
            "sections": sections(at),
            "line": index_line(index_facts(counts), paths=paths(), lit="support"),
        }


class TextPage(OpenToAll, StayingWhereLinked, Page):
    """A page of running text: how it works, privacy, house rules."""

    lead = models.TextField(_("lead"), max_length=300, blank=True)
    body = RichTextField(_("text"), features=["h2", "h3", "bold", "link", "ol", "ul", "image"])

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    template = "cms/text_page.html"
    parent_page_types = ["cms.HomePage", "cms.DistrictPage", "cms.TextPage"]
    subpage_types = ["cms.TextPage"]

    class Meta:
        verbose_name = _("text page")
        verbose_name_plural = _("text pages")


class DistrictPage(OpenToAll, Staying, Page):
    """The door of one district: a headline and text by its editors, the rest counted from its records.

    `content.py` makes one for each district, which stays at its address; what its editors add stands below it.
    """

    district = models.ForeignKey(District, models.PROTECT, related_name="+", verbose_name=_("district"))
    headline = models.TextField(_("headline"), max_length=80, help_text=_("Two short lines; a line break parts them."))
    lead = models.TextField(_("lead"), max_length=300)
    body = RichTextField(_("further text"), blank=True, features=["h2", "h3", "bold", "link", "ol", "ul", "image"])

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("lead"), FieldPanel("body")]
    promote_panels = [FieldPanel("seo_title"), FieldPanel("search_description")]
    template = "cms/district_page.html"
    is_creatable = False
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.TextPage"]

    class Meta:
        verbose_name = _("page of a district")
        verbose_name_plural = _("pages of districts")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The editors' words with the records of the district beside them: as many queries however many there are."""
        request.feed_head = head()  # type: ignore[attr-defined]  # before the queries, so that the client catches up
        below = TextPage.objects.child_of(self).live()
        counted = shown_of(self.district, at=database_now())
        return super().get_context(request, *args, **kwargs) | counted | {"below": below}


class StoryPage(OpenToAll, Page):
    """A true story: moments with their sources, and the thing of this site that tells it anew."""

    lead = models.TextField(_("lead"), max_length=300)
    moments = StreamField([("moment", Moment())], verbose_name=_("moments"))
    body = RichTextField(_("further text"), blank=True, features=["h2", "h3", "bold", "link", "ol", "ul"])
    told_again = models.CharField(
        _("told again by"),
        max_length=80,
        blank=True,
        help_text=_("The number of a proposal here, such as P-2026-000001."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("moments"),
        FieldPanel("body"),
        FieldPanel("told_again"),
    ]
    template = "cms/story_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    @property
    def told(self) -> list[Any]:
        """The moments, without the block around them."""
        return [moment.value for moment in self.moments]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The story, and the way of the proposal that tells it anew as far as it has come."""
        request.feed_head = head()  # type: ignore[attr-defined]  # before the queries, so that the client catches up
        again = Node.objects.filter(key=f"proposal:{self.told_again}", public=True).first()
        return super().get_context(request, *args, **kwargs) | {
            "line": story_line(self.told),
            "again": again,
            "again_path": localised(again.path) if again else "",
            "way": way_of(again.key, again.marks) if again else None,
        }
