"""Do upgrades, purges and wipes go on where a request would be stopped?"""

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from civic.clocks.unhurried import unhurried
from civic.privacy.purging import purge
from civic.voting.traces import wipe_traces
from tests.making import NOON

pytestmark = pytest.mark.django_db(transaction=True)


def ask(question: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return str(cursor.fetchone()[0])


@pytest.fixture
def hurried():
    """A connection whose statements may take a millisecond."""
    ask("SELECT set_config('statement_timeout', '1', false)")
    yield
    connection.close()


def test_block_runs_whatever_the_database():
    with unhurried():
        assert ask("SELECT 1") == "1"


@pytest.mark.postgresql
def test_statement_takes_its_time_inside_and_is_stopped_outside(hurried):
    with unhurried(), unhurried():
        ask("SELECT pg_sleep(0.05)")
    assert ask("SELECT current_setting('statement_timeout')") == "1ms"
    with pytest.raises(OperationalError, match="statement timeout"):
        ask("SELECT pg_sleep(0.05)")


@pytest.mark.postgresql
def test_limit_is_back_after_an_error(hurried):
    with pytest.raises(OperationalError), unhurried():
        raise OperationalError
    assert ask("SELECT current_setting('statement_timeout')") == "1ms"


@pytest.mark.postgresql
def test_wipe_is_not_stopped(hurried):
    assert wipe_traces()


@pytest.mark.postgresql
def test_purge_is_not_stopped(hurried):
    assert [one.code for one in purge(at=NOON) if one.failed] == []


@pytest.mark.postgresql
def test_upgrade_is_not_stopped(hurried, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    call_command("prepare", verbosity=0)
    assert ask("SELECT current_setting('statement_timeout')") == "1ms"
