"""A person with an account, and mails that go where they go in real life."""

from collections.abc import Iterator
from typing import Any

import pytest

from civic.clocks.now import database_now
from civic.people.actions import confirm_address, register_person
from civic.people.models import Person
from livinglab.settings.signing_in import sign_in_providers
from tests.mailed import PASSWORD
from tests.services import free_port
from tests.town import environment, town


@pytest.fixture
def outbox(settings: Any, db: None) -> None:
    settings.EMAIL_BACKEND = "civic.outbox.backend.OutboxEmailBackend"  # Django's test runner puts its own in place


@pytest.fixture
def jimin(db: None) -> Person:
    person = register_person(
        email="jimin@example.org", nickname="지민", password=PASSWORD, old_enough=True, at=database_now()
    )
    confirm_address(person=person, at=database_now())
    return person


@pytest.fixture(scope="session")
def town_address() -> Iterator[str]:
    with town(free_port()) as address:
        yield address


@pytest.fixture
def with_town(settings: Any, town_address: str) -> None:
    """The town is set up as a provider to sign in with, and as one that says who somebody is."""
    settings.SOCIALACCOUNT_PROVIDERS = sign_in_providers(environment(town_address))
