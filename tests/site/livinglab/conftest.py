"""A person with an account, and mails that go where they go in real life."""

from typing import Any

import pytest

from civic.clocks.now import database_now
from civic.people.actions import confirm_address, register_person
from civic.people.models import Person
from tests.mailed import PASSWORD


@pytest.fixture
def outbox(settings: Any, db: None) -> None:
    settings.EMAIL_BACKEND = "civic.outbox.backend.OutboxEmailBackend"  # Django's test runner puts its own in place


@pytest.fixture
def jimin(db: None) -> Person:
    person = register_person(email="jimin@example.org", nickname="지민", password=PASSWORD, at=database_now())
    confirm_address(person=person, at=database_now())
    return person
