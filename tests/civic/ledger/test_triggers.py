"""Does the ledger refuse to be changed, by whatever way?"""

import pytest
from django.db import DatabaseError, connection, transaction

from civic.ledger.models import Entry
from civic.ledger.triggers import SENTENCE, TABLE, install, missing
from tests.civic.feed.writing import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Entry:
    return Entry.objects.create(at=NOON, fact="ThingMoved", key="thing:1")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE civic_entry SET fact = 'Other'",
        "UPDATE civic_entry SET fact = fact WHERE id = (SELECT max(id) FROM civic_entry)",
        "DELETE FROM civic_entry",
        pytest.param("TRUNCATE civic_entry CASCADE", marks=pytest.mark.postgresql),
    ],
)
def test_a_changing_statement_is_refused_and_the_entry_stays(entry: Entry, statement: str):
    with pytest.raises(DatabaseError, match=SENTENCE), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get(pk=entry.pk).fact == "ThingMoved"


def test_the_orm_is_refused_too(entry: Entry):
    with pytest.raises(DatabaseError, match=SENTENCE), transaction.atomic():
        entry.delete()
    with pytest.raises(DatabaseError, match=SENTENCE), transaction.atomic():
        entry.save()
    assert Entry.objects.filter(pk=entry.pk).exists()


def test_all_triggers_stand_and_a_missing_one_is_named():
    assert missing(connection) == set()
    name = f"{TABLE}_no_change" if connection.vendor == "postgresql" else f"{TABLE}_no_delete"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + (f" ON {TABLE}" if connection.vendor == "postgresql" else ""))
    assert missing(connection) == {name}
    install(connection)
    assert missing(connection) == set()
