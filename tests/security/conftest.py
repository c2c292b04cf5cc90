"""Who attacks, and whom? An administrator with the desk's pages, a resident, and a client that browsers' rules bind."""

import pytest
from django.test import Client

from cms.content import load_pages
from tests.civic.live.conftest import now_at, running_hub  # noqa: F401 - fixtures for the tests of lines
from tests.making import make_official
from tests.signing import signed_in


@pytest.fixture
def pages(db: None) -> None:
    load_pages()


@pytest.fixture
def admin(pages: None) -> Client:
    return signed_in(make_official(role="admin"))
