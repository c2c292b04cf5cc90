"""Does this session prove who it is: by a key of the site that counts, by a second step, and where is one shown?"""

import time
from typing import Final
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from civic.limits.figures import MINUTE, STEP_HOLDS

from .models import Person

_AT_DESK: Final = "at_desk"  # in the session: when the desk was used last


def is_proof_of(person: Person, word: str | None) -> bool:
    """Does this word of a session open the account? It changes with the password; earlier SECRET_KEYs count too."""
    return word in {person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()}


def was_shown(session: SessionBase, person: Person) -> bool:
    """Was a passkey, a code of the app or a recovery code part of this session, and not too long ago?"""
    age = age_of_step(session, person)
    return age is not None and age <= STEP_HOLDS


def age_of_step(session: SessionBase, person: Person | AnonymousUser) -> float | None:
    """Seconds since this session showed its last second step, by the clock that allauth wrote it with; None: never."""
    shown = _shown_at(session, person)
    return None if shown is None else time.time() - shown


def idle_at_desk(session: SessionBase, person: Person | AnonymousUser) -> float:
    """Seconds since somebody used the desk in this session, or showed the step that opened it."""
    return time.time() - max(_shown_at(session, person) or 0.0, session.get(_AT_DESK, 0.0))


def note_at_desk(session: SessionBase, person: Person | AnonymousUser) -> None:
    """Somebody is there; written once a minute at most."""
    if idle_at_desk(session, person) > MINUTE:
        session[_AT_DESK] = time.time()


def where_to_show(request: HttpRequest, then: str) -> str:
    """The page for a code, or the one for a passkey where there is no app: of who has a step no other way counts."""
    page = get_adapter(request).get_reauthentication_methods(request.user)[0]["url"]
    return f"{page}?{urlencode({'next': then})}"


def _shown_at(session: SessionBase, person: Person | AnonymousUser) -> float | None:
    asked = HttpRequest()  # allauth asks for one, and reads its session: a socket has a session and no request
    asked.session = session
    records = get_authentication_records(asked, person)
    return max((float(record["at"]) for record in records if record["method"] == "mfa"), default=None)
