"""Does the bench ask a real site, count what it spends, and stay out of production?"""

import shutil

import pytest
from django.test import Client

from livinglab.bench import asking
from tests.conftest import ORIGINAL
from tests.databases import SqliteOriginal


@pytest.fixture(scope="module")
def running(request: pytest.FixtureRequest, django_db_setup: None, tmp_path_factory: pytest.TempPathFactory):
    """A scratch site with few proposals, on a copy of the migrated database."""
    folder = tmp_path_factory.mktemp("bench")
    original = request.config.stash[ORIGINAL]
    if isinstance(original, SqliteOriginal):
        shutil.copy(original.path, folder / "bench.sqlite3")
    with asking.running(f"sqlite:///{folder}/bench.sqlite3", folder, number=40) as site:
        yield site


def test_bench_costs_a_page_and_a_write(running: asking.Bench) -> None:
    codes = iter(running.known["codes"])
    trivial = asking._cost(running, "trivial view", "GET", lambda: "/bench/trivial/", False, "", requests=1_000)
    support = asking._cost(
        running, "support, JSON", "POST", lambda: f"/api/v1/proposals/{next(codes)}/support", True, "", requests=20
    )
    assert (trivial.requests, support.requests) == (1_000, 20)
    assert 0 < trivial.total < support.total
    assert trivial.database is None  # SQLite works inside the server


def test_bench_of_a_page_that_fails_says_what_it_answered(running: asking.Bench) -> None:
    with pytest.raises(RuntimeError, match="GET for nowhere answered 404"):
        asking._cost(running, "nowhere", "GET", lambda: "/nowhere-at-all/", False, "", requests=1)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/bench/trivial/", "/bench/one-insert/"])
def test_bench_views_are_no_addresses_of_the_site(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
