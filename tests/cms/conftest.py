"""The site's pages, and people who come to the desk."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from civic.clocks.now import database_now
from cms.content import load_pages
from tests.making import make_official, make_person
from tests.signing import signed_in


@pytest.fixture
def pages(db: None) -> None:
    """Homes and text pages in both languages, and the rights of the desk's groups."""
    load_pages()


@pytest.fixture
def now(db: None) -> datetime:
    """A minute ago: what was made then is there now."""
    return database_now() - timedelta(minutes=1)


@pytest.fixture
def admin(pages: None) -> Client:
    return signed_in(make_official(role="admin"))


@pytest.fixture
def keeper(pages: None) -> Client:
    """An administrator of the whole site."""
    return signed_in(make_official(role="admin", scope="site"))


@pytest.fixture
def official(pages: None) -> Client:
    return signed_in(make_official())


@pytest.fixture
def resident(pages: None) -> Client:
    return signed_in(make_person())
