"""A reader and the thing the news is about."""

from datetime import UTC, datetime

import pytest

from civic.chain.models import Node
from civic.people.actions import register_person
from civic.people.models import Person


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 9, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def reader(db: None, at: datetime) -> Person:
    return register_person(email="reader@example.org", nickname="읽는 이", password=None, old_enough=True, at=at)


@pytest.fixture
def node(db: None) -> Node:
    return Node.objects.create(
        key="proposal:P-2026-000001",
        kind="proposal",
        title="어두운 골목 100% 밝히기",
        state="review",
        path="/proposals/P-2026-000001/",
    )
