"""What does the bench look at? Proposals and people made by the actions, in a database that holds nothing else.

`python -m livinglab.bench.data NUMBER` prints, as JSON, what a client needs to ask for them.
"""

import json
import sys
from datetime import timedelta

import django

NUMBER = 300  # proposals without being told
PASSWORD = "bench-lamp-in-the-alley"  # noqa: S105 - of people in a scratch database
_FILLED_AT = timedelta(days=3)  # ago


def fill(number: int) -> dict[str, object]:
    """Reference data and `number` proposals; returns codes, a session and a sign-in."""
    from civic.clocks.now import database_now
    from civic.people.models import Person
    from civic.places.models import Dong
    from civic.proposals.actions import publish_proposal, support_proposal

    at = database_now()
    dong = Dong.objects.order_by("code").first()
    assert dong is not None
    people = [_person(n, at - _FILLED_AT * 2) for n in range(40)]
    author = people[0]
    codes = []
    for n in range(number):
        moment = at - _FILLED_AT + timedelta(seconds=n)
        proposal = publish_proposal(by=author, dong=dong, category="safety", words=_words(n), at=moment)
        codes.append(proposal.code)
    shown = codes[-1]  # the page that is measured has supporters
    for person in people[1:25]:
        support_proposal(by=person, proposal=proposal, at=at)
    _scratch_table()
    visitor = Person.objects.get(pk=people[-1].pk)
    return {"codes": codes[:-1], "shown": shown, "session": session_of(visitor), "email": visitor.email}


def _person(n: int, at):  # type: ignore[no-untyped-def]  # django must be set up before its types can be named
    from civic.people.actions import confirm_address, register_person

    password = PASSWORD if n == 39 else None
    person = register_person(
        email=f"bench{n}@example.org", nickname=f"이웃{n}", password=password, old_enough=True, at=at
    )
    confirm_address(person=person, at=at)
    return person


def _words(n: int):  # type: ignore[no-untyped-def]  # models come late
    from civic.proposals.words import words

    return words(
        title=f"골목 {n}번 보안등을 살펴 주세요",
        problem="등 하나만 나가도 서른 걸음이 통째로 깜깜해집니다. " * 8,
        solution="등이 스스로 고장을 알리게 해 주세요. " * 8,
        expected_effect="밤길을 안심하고 걸을 수 있습니다. " * 4,
        tags=("보안등", "밤길"),
    )


def session_of(person) -> str:  # type: ignore[no-untyped-def]  # models come late
    """The key of a new session in which this person is signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def _scratch_table() -> None:
    from django.db import connection

    from livinglab.bench.urls import TABLE

    number = "bigserial PRIMARY KEY" if connection.vendor == "postgresql" else "integer PRIMARY KEY"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (id {number}, word varchar(10) NOT NULL)")


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(fill(int(sys.argv[1]) if sys.argv[1:] else NUMBER)))
