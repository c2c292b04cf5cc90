"""How do sign-ins end that nobody may use any more, and how are they found by then?"""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from civic.people.models import Person


def end_sessions_of(person: Person) -> None:
    """Sign an account out everywhere, also where a sign-in lies in the shared cache."""
    for session in UserSession.objects.filter(user=person):
        session.end()


def follow_key(*, before: str | None, after: str | None) -> None:
    """What is noted of a browser goes along when its session gets a new key; where nothing was noted nothing is."""
    UserSession.objects.filter(session_key=before).update(session_key=after)


@transaction.atomic
def end_every_session() -> int:
    """Sign everybody out of a database that was put back: it knows nothing of who signed out since. Returns how many.

    The shared cache was emptied before: what is in it could be of no use there.
    """
    UserSession.objects.all().delete()
    return Session.objects.all().delete()[0]
