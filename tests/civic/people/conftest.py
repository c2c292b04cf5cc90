"""People to grant roles to."""

from datetime import UTC, datetime

import pytest

from civic.people.actions import grant_role, register_person
from civic.people.models import Person


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 9, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def jimin(db: None, at: datetime) -> Person:
    return register_person(
        email="jimin@example.org", nickname="지민", password="golmok-bulbit-7", old_enough=True, at=at
    )


@pytest.fixture
def keeper(db: None, at: datetime) -> Person:
    person = register_person(
        email="keeper@example.org", nickname="열쇠지기", password="golmok-bulbit-7", old_enough=True, at=at
    )
    grant_role(by=None, person=person, role="admin", scope="site", at=at)
    return person
