"""What does every test stand on? A migrated database with reference data, put back exactly after each commit."""

import os
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import TransactionTestCase
from django.utils import translation

from civic.clocks.now import database_now
from civic.live import street
from civic.policies.queries import forget_promises
from livinglab.reference import load_reference
from tests.databases import Original, SqliteOriginal, copy_of_test_database
from tests.live import Site, chromium, running_site
from tests.services import free_port
from tests.town import ASKING, environment

ORIGINAL = pytest.StashKey[Original]()
MIGRATED = os.environ.get("MIGRATED", "")  # where the part on SQLite leaves its migrated file for the browsers' parts


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--browsers", choices=("none", "only"), help="leave out, or run only, what drives a browser")
    parser.addoption("--share", type=int, choices=(1, 2), help="of these, every other module by size")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`postgresql` tests are for PostgreSQL, `sqlite` and `browser` tests for SQLite; so is what asks no database."""
    first = "sqlite3" in settings.DATABASES["default"]["ENGINE"]
    kept = [item for item in items if (_for_sqlite(item) if first else _for_postgresql(item))]
    if browsers := config.getoption("--browsers"):
        kept = [item for item in kept if bool(item.get_closest_marker("browser")) is (browsers == "only")]
    if share := config.getoption("--share"):
        sizes = Counter(item.path for item in kept)
        half = sorted(sizes, key=lambda path: (-sizes[path], path))[1::2]
        kept = [item for item in kept if (item.path in half) is (share == 2)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def _for_sqlite(item: pytest.Item) -> bool:
    return not item.get_closest_marker("postgresql")


def _for_postgresql(item: pytest.Item) -> bool:
    if item.get_closest_marker("postgresql"):
        return True
    return _needs_database(item) and not any(map(item.get_closest_marker, ("sqlite", "browser")))


def pytest_sessionfinish() -> None:
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    settings.DESTROYED_LOG.unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def _clear_of_the_hour() -> None:
    """Limits count within an hour of the clock: a test that fills one does not begin in the hour's last seconds."""
    left = 3600 - time.time() % 3600
    if left < 15:
        time.sleep(left)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, request: pytest.FixtureRequest
) -> Iterator[None]:
    """The migrated test database with the reference data in it, and a copy to return to.

    Where only browsers' tests are chosen nobody made a test database: then there is nothing to fill.
    """
    if not any(map(_needs_database, request.session.items)):
        yield
        return
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django exports no type for it
        load_reference_data()
        original = request.config.stash[ORIGINAL] = copy_of_test_database()
        if MIGRATED and isinstance(original, SqliteOriginal):
            shutil.copy(original.path, f"{MIGRATED}.part")
            os.replace(f"{MIGRATED}.part", MIGRATED)
    # A flush would need the ledger's triggers lifted, and would take the rows that migrations made. The copy
    # needs neither: after a test that committed, the database is what it was, triggers and all.
    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda _: original.put_back()  # type: ignore[method-assign]  # see above
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[method-assign]  # as it was
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django exports no type
        original.drop()


def _needs_database(item: pytest.Item) -> bool:
    """As pytest-django sees it: by its mark or by a fixture that grants access."""
    granted = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(granted or item.get_closest_marker("django_db"))


def load_reference_data() -> None:
    """Districts, dongs and policies, as every installation has them; departments, as each one enters its own."""
    load_reference()
    call_command("load_departments", str(settings.FIXTURES / "demo" / "departments.json"), verbosity=0)


@pytest.fixture
def now() -> datetime:
    """A moment ago: what is done then lies before what the site does by its own clock."""
    return database_now() - timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _in_korean() -> None:
    """A page leaves its language spoken in the thread that answered: the next test speaks the site's own again."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Limits and cached pages of one test are nothing to the next."""
    yield
    cache.clear()
    street.forget()
    forget_promises()


@pytest.fixture(scope="session")
def live_site(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, request: pytest.FixtureRequest
) -> Iterator[Site]:
    """`livinglab serve` with the demonstration loaded, on a port and in a folder of its own, once a session."""
    folder = tmp_path_factory.mktemp("live-site")
    original = request.config.stash.get(ORIGINAL, None)
    migrated = original.path if isinstance(original, SqliteOriginal) else MIGRATED
    if migrated and os.path.exists(migrated):  # migrated already: 15 s of processor time less
        shutil.copy(migrated, folder / "livinglab.sqlite3")
    town = f"http://127.0.0.1:{free_port()}"  # set up, and served only where a journey goes there
    with running_site(folder, **environment(town, ASKING)) as site:
        yield site


@pytest.fixture(scope="session")
def chromium_process() -> Iterator[object]:
    """One Chromium for the session; each test gets a context of its own from it."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def browser(chromium_process: object) -> Iterator[object]:
    """A fresh browser context at 1280 px in Korean: no cookies, nothing cached."""
    context = chromium_process.new_context(locale="ko-KR", viewport={"width": 1280, "height": 800})  # type: ignore[attr-defined]  # playwright's type would load it for every test
    yield context
    context.close()


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder that holds README.md."""
    return Path(os.path.dirname(__file__)).parent
