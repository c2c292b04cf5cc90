"""What was said, a page at a time? Three queries at most, however long the thread is."""

from dataclasses import dataclass, field
from math import ceil
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from civic.people.models import Person

from .models import Post, Thread
from .speakers import IN_OFFICE

ROOTS = 20  # a page
REPLIES = 20  # below a root, and a page of one branch
FRESH = 20  # posts that came while a page stood open


@dataclass
class Branch:
    """A root with those of its replies that this page shows; `more` of them are on the branch's own pages."""

    root: Post
    replies: list[Post] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True)
class Page:
    """One page of a thread, or of one branch of it. `fresh` are posts after `since` that the page does not hold."""

    number: int
    pages: int
    branches: list[Branch]
    fresh: list[Post]
    branch: Post | None = None

    @property
    def shown(self) -> int:
        return len(self.branches) + sum(len(branch.replies) for branch in self.branches)


def page_of(thread: Thread, *, number: int = 1, since: int = 0) -> Page:
    """Roots in the order they were written, each with its first replies. A number too large gives the last page."""
    pages = max(1, ceil(thread.roots / ROOTS))
    number = min(max(1, number), pages)
    if not thread.posts:
        return Page(number, pages, [], [])
    start = (number - 1) * ROOTS
    roots = _spoken(thread).filter(root=None)[start : start + ROOTS]
    branches = {post.pk: Branch(post) for post in roots}
    for reply in _first_replies(thread, list(branches)):
        assert reply.root_id is not None  # the question asked for replies
        branch = branches[reply.root_id]
        branch.replies.append(reply)
        branch.more = reply.of - len(branch.replies)  # type: ignore[attr-defined]  # counted by the window below
    shown = set(branches) | {reply.pk for branch in branches.values() for reply in branch.replies}
    return Page(number, pages, list(branches.values()), _fresh(thread, since, shown))


def branch_of(thread: Thread, root: Post, *, number: int = 1, since: int = 0) -> Page:
    """One root with a page of its replies."""
    rows = _spoken(thread).filter(root=root)
    count = rows.count()
    pages = max(1, ceil(count / REPLIES))
    number = min(max(1, number), pages)
    start = (number - 1) * REPLIES
    replies = list(rows[start : start + REPLIES])
    shown = {root.pk, *(reply.pk for reply in replies)}
    return Page(number, pages, [Branch(root, replies)], _fresh(thread, since, shown), root)


def find_post(thread: Thread, number: int | None) -> Post | None:
    """A post of this very thread; None for anything else."""
    if number is None or not 0 < number < 2**63:
        return None
    return _spoken(thread).filter(pk=number).first()


def place_of(post: Post) -> dict[str, int]:
    """The query by which a page holds the post: its page of the thread, or of a long branch."""
    if post.root_id:
        before = Post.objects.filter(root=post.root_id, pk__lt=post.pk).count()
        if before >= REPLIES:
            return {"branch": post.root_id, "page": before // REPLIES + 1}
    first = post.root_id or post.pk
    before = Post.objects.filter(thread=post.thread_id, root=None, pk__lt=first).count()
    return {"page": before // ROOTS + 1}


def posts_with_words_of(person: Person) -> list[Post]:
    """Posts that still hold this writer's words, without what was said in office."""
    return list(Post.objects.filter(author=person).exclude(text="").exclude(role__in=IN_OFFICE).order_by("pk"))


def writers_above(post: Post) -> set[UUID]:
    """Who wrote in the same branch before, the post's own writer left out."""
    if post.root_id is None:
        return set()
    rows = Post.objects.filter(Q(pk=post.root_id) | Q(root=post.root_id, pk__lt=post.pk))
    return set(rows.filter(author__isnull=False).values_list("author_id", flat=True)) - {post.author_id}


def _spoken(thread: Thread) -> QuerySet[Post]:
    return Post.objects.filter(thread=thread).select_related("author", "above__author").order_by("pk")


def _first_replies(thread: Thread, roots: list[int]) -> QuerySet[Post]:
    rows = _spoken(thread).filter(root__in=roots)
    place = Window(RowNumber(), partition_by=F("root"), order_by="pk")
    rows = rows.annotate(place=place, of=Window(Count("pk"), partition_by=F("root")))
    return rows.filter(place__lte=REPLIES)


def _fresh(thread: Thread, since: int, shown: set[int]) -> list[Post]:
    """The newest first in the question, the oldest first in the answer; no question where nothing is new."""
    if not 0 < since < thread.last_post:
        return []
    rows = _spoken(thread).filter(pk__gt=since).exclude(pk__in=shown)
    return list(rows.order_by("-pk")[:FRESH])[::-1]
