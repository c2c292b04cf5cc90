"""Who may see an item? Anybody what is public, staff what is for staff, a person what is for that person alone."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q

from civic.feed.models import Audience
from civic.people.models import Person
from civic.people.proof import was_shown
from civic.people.rules import may


@dataclass(frozen=True)
class Viewer:
    """What a connection may see. `person` is an id, empty for somebody not signed in."""

    staff: bool = False
    person: str = ""

    def sees(self, audience: str, recipient: str) -> bool:
        if audience == Audience.PUBLIC:
            return True
        return self.staff if audience == Audience.STAFF else recipient != "" and recipient == self.person

    def rows(self) -> Q:
        """The same for a query."""
        seen = Q(audience=Audience.PUBLIC)
        if self.staff:
            seen |= Q(audience=Audience.STAFF)
        if self.person:
            seen |= Q(audience=Audience.SELF, recipient=self.person)
        return seen

    def in_common(self) -> "Viewer":
        """The same without what is for this person alone: all such viewers can share one frame."""
        return Viewer(staff=self.staff) if self.person else self


STAFF_LINE = 600.0  # seconds after which a line that carries staff items is opened anew: the role may have ended


def viewer_of(user: Person | AnonymousUser | None, session: SessionBase) -> Viewer:
    """What this user of the site may see; nobody is a Viewer of public items.

    What is for the staff is heard where the desk would open: the session has shown a second step of late, and the role
    holds, which is one question of the database.
    """
    if not isinstance(user, Person) or not user.is_active:
        return Viewer()
    staff = user.is_staff and was_shown(session, user) and may(user, "enter_desk")
    return Viewer(staff=staff, person=str(user.pk))
