"""What does every page's shell need? Each part is asked for only where a template prints it: three queries at most."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from civic.chain.line import Line
from civic.chain.queries import index_line_for
from civic.feed.numbering import head
from civic.notifications.queries import unread
from civic.people.queries import titles_in_english
from civic.places.models import District

# name of the address, label, names of the other addresses it stands for
MENU: Final[tuple[tuple[str, str | Promise, frozenset[str]], ...]] = (
    (
        "proposal-list",
        _("Proposals"),
        frozenset({"proposal", "proposal-new", "proposal-answer", "proposal-support", "proposal-post"}),
    ),
    ("vote-list", _("Votes"), frozenset({"vote", "vote-ballot", "vote-result"})),
    ("pilot-list", _("Pilots"), frozenset({"pilot"})),
    ("live-map", pgettext_lazy("page of the lamps", "Live"), frozenset({"device", "plate", "plate-search"})),
    ("fault-list", _("Faults"), frozenset({"fault", "fault-me-too", "fault-not-mended", "fault-work", "fault-mine"})),
)
TEXT_SIZES: Final[tuple[tuple[int, str | Promise], ...]] = (
    (1, _("Usual")),
    (2, _("A little larger")),
    (3, _("Larger")),
    (4, _("Much larger")),
    (5, _("Largest")),
)
LIT: Final = {"proposal-new": "proposal", "proposal-answer": "answer"}  # pages at a place, without a thing of their own
ENGLISH: Final = "/en"


@dataclass(frozen=True)
class MenuItem:
    """One word of the menu."""

    label: str | Promise
    href: str
    current: bool


@dataclass(frozen=True)
class LanguageLink:
    """The same page in a language."""

    code: str
    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Live:
    """Where the feed stood when the page was made: the client goes on from there."""

    epoch: str
    cursor: int


@dataclass(frozen=True)
class Help:
    """Whom residents call."""

    office: str
    phone: str
    hours: str


class Shell:
    """The frame of one page. Everything that costs a query is made when it is first printed."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def demo(self) -> bool:
        return bool(settings.DEMO)

    @property
    def at(self) -> str:
        """The word of the menu that this page belongs to; empty for none."""
        match = self._request.resolver_match
        name = match.url_name if match else None
        return next((target for target, _label, others in MENU if name in {target, *others}), "")

    @property
    def language_links(self) -> list[LanguageLink]:
        path = self._request.get_full_path()
        bare = path.removeprefix(ENGLISH) if path.startswith(f"{ENGLISH}/") else path
        bare = "/" + bare.lstrip("/\\")  # two slashes would be another host
        now = get_language()
        links = (("ko", "한국어", bare), ("en", "English", ENGLISH + bare))
        if getattr(self._request, "speaks_by_query", False):  # one address for both, such as a plate's
            links = (("ko", "한국어", "?lang=ko"), ("en", "English", "?lang=en"))
        return [LanguageLink(code, label, href, code == now) for code, label, href in links]

    @cached_property
    def line(self) -> Line:
        match = self._request.resolver_match
        return index_line_for(lit=LIT.get(match.url_name or "", "") if match else "")

    @cached_property
    def unread(self) -> int:
        return unread(self._request.user)

    @cached_property
    def live(self) -> Live:
        """`request.feed_head` where a view has read it before its queries; now, where it has not."""
        row = getattr(self._request, "feed_head", None) or head()
        return Live(row.epoch, row.seq)

    @property
    def help(self) -> Help | None:
        """Whom to call, in the language of the page; nobody where the installation names nobody."""
        if not settings.HELP_PHONE:
            return None
        code = get_language() or "ko"
        office, hours = (said.get(code) or said["ko"] for said in (settings.HELP_OFFICE, settings.HELP_HOURS))
        return Help(office, settings.HELP_PHONE, hours)

    @cached_property
    def offices(self) -> dict[str, str]:
        """What departments are called in the language of the page, by the name that stands in signatures."""
        return {} if get_language() == "ko" else titles_in_english()

    @property
    def source(self) -> str:
        """Where the source of this site is kept."""
        return str(settings.SOURCE_URL)

    @property
    def districts(self) -> QuerySet[District]:
        return District.objects.all()


def menu(at: str) -> list[MenuItem]:
    """The words of the menu, with the one that a page belongs to."""
    return [MenuItem(label, reverse(target), target == at) for target, label, _others in MENU]


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame of the page that answers this request."""
    return {"shell": Shell(request)}
