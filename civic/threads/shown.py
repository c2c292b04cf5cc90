"""How is a thread shown to a reader? Pure: rows in, what templates print out."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from civic.people.levels import badge_of
from civic.people.roles import ROLES, Resident
from civic.texts import in_korean, paragraphs

from .models import Post, Thread
from .queries import Branch, Page

# In the order in which a thread counts them; the rest follows by its own name.
_COUNTED: dict[str, str | Promise] = {
    "resident": pgettext_lazy("number of posts by", "Residents"),
    "official": pgettext_lazy("number of posts by", "Officials"),
    "expert": pgettext_lazy("number of posts by", "Experts"),
    "moderator": pgettext_lazy("number of posts by", "Moderators"),
}
_BADGES: dict[str, str | Promise] = {
    "resident": pgettext_lazy("role badge", "Resident"),
    "official": pgettext_lazy("role badge", "Official"),
    "expert": pgettext_lazy("role badge", "Expert"),
    "moderator": pgettext_lazy("role badge", "Moderator"),
}
_SQUARE = frozenset({"official", "expert"})  # they answer in office


@dataclass(frozen=True)
class Shown:
    """One post as a template prints it."""

    id: int
    name: str
    initial: str
    role: str
    badge: str
    level: str
    square: bool
    phone: str
    stance: str
    text: SafeString
    at: datetime
    above: int | None
    above_name: str
    replies: tuple["Shown", ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Region:
    """The part of a page that a thread fills, and that a browser fetches anew when somebody speaks."""

    key: str
    open: bool
    posts: int
    counts: str
    since: int
    rows: tuple[Shown, ...]
    fresh: tuple[Shown, ...]
    number: int
    pages: int
    branch: int
    remaining: int


def region(thread: Thread, page: Page, *, starter: object, since: int = 0) -> Region:
    """`starter` is the person whose thing is discussed, by id; `since` the newest post when the page was opened."""
    whole = page.branch is not None
    return Region(
        key=thread.key,
        open=thread.open,
        posts=thread.posts,
        counts=counts(thread),
        since=since or thread.last_post,
        rows=tuple(_branch(branch, starter, whole=whole) for branch in page.branches),
        fresh=tuple(shown(post, starter) for post in page.fresh),
        number=page.number,
        pages=page.pages,
        branch=page.branch.pk if page.branch else 0,
        remaining=thread.posts - page.shown if page.number == 1 and not whole else 0,
    )


def counts(thread: Thread) -> str:
    """How many posts by role, such as: Residents 29 · Officials 6."""
    known = [(role, label) for role, label in _COUNTED.items() if thread.spoken.get(role)]
    others = [(role, ROLES[role].name) for role in thread.spoken if role not in _COUNTED and role in ROLES]
    return " · ".join(f"{label} {thread.spoken[role]}" for role, label in known + others)


def shown(post: Post, starter: object) -> Shown:
    """A post by itself."""
    name = signed(post)
    return Shown(
        id=post.pk,
        name=name,
        initial=name[:1].upper(),
        role=post.role,
        badge=badge(post.role, post.office, mine=post.author_id is not None and post.author_id == starter),
        level=badge_of(post.author.level) if post.author and post.role == Resident.code else "",
        square=post.role in _SQUARE,
        phone=post.phone,
        stance=post.get_stance_display() if post.stance else "",
        text=paragraphs(post.text or _("The writer has left and taken these words along.")),
        at=post.at,
        above=post.above_id,
        above_name=_name_above(post),
    )


def signed(post: Post) -> str:
    """Under what name the words stand: in office that of then, otherwise what the account is called today."""
    return post.name or (post.author.nickname if post.author else _("a former member"))


def badge(role: str, office: str, *, mine: bool) -> str:
    """The words beside a name: an official's department, an expert's field, the author of the thing itself."""
    word = str(_BADGES.get(role) or ROLES[role].name)
    if role == "official":
        return office or word
    if role == "resident":
        author = pgettext("role badge", "author")  # outside the f-string: the catalogue's reader sees nothing in one
        return f"{word} · {author}" if mine else word
    return format_html("{} · {}", word, in_korean(office)) if office and ROLES[role].needs_office else word


def _branch(branch: Branch, starter: object, *, whole: bool) -> Shown:
    replies = tuple(_reply(post, starter) for post in branch.replies)
    return replace(shown(branch.root, starter), replies=replies, more=0 if whole else branch.more)


def _reply(post: Post, starter: object) -> Shown:
    """Below its root a reply names whom it answers only where that is not the root itself."""
    row = shown(post, starter)
    return row if post.above_id != post.root_id else replace(row, above_name="")


def _name_above(post: Post) -> str:
    return signed(post.above) if post.above else ""
