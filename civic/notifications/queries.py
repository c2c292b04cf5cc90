"""What stands in a person's inbox?"""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import F
from django.db.models.lookups import IsNull

from civic.chain.models import Node
from civic.chain.queries import localised
from civic.people.models import Person

from .models import Notice
from .sentences import sentence


@dataclass(frozen=True)
class Line:
    """One line of an inbox, in the reader's language. `path` is empty where the thing is hidden or gone."""

    notice: Notice
    text: str
    path: str


def unread(person: Person | AnonymousUser) -> int:
    """How many notices the person has not read: one query, none for somebody not signed in."""
    return person.notices.filter(read_at__isnull=True).count() if isinstance(person, Person) else 0


def inbox(person: Person, limit: int = 50) -> list[Line]:
    """Unread notices first, then the read ones, the newest first in each: two queries."""
    notices = list(person.notices.order_by(IsNull(F("read_at"), False), "-at", "-id")[:limit])
    nodes = Node.objects.filter(public=True).in_bulk({notice.key for notice in notices})
    return [_line(notice, nodes.get(notice.key)) for notice in notices]


def path_of(notice: Notice) -> str:
    """Where a notice leads, in the reader's language; empty where the thing is hidden or gone."""
    return localised(Node.objects.filter(pk=notice.key, public=True).values_list("path", flat=True).first() or "")


def _line(notice: Notice, node: Node | None) -> Line:
    return Line(notice, sentence(notice, node.title if node else ""), localised(node.path) if node else "")
