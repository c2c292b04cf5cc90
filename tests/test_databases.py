"""Is the database what it was after a test that committed? Two tests in a row, whichever runs first."""

import pytest
from django.db import connection
from django.utils import timezone

from civic.ledger import triggers
from civic.ledger.models import Entry


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_put_back_after_a_commit_leaves_no_row_and_the_triggers(turn: int) -> None:
    assert Entry.objects.count() == 0
    assert triggers.missing(connection) == set()
    Entry.objects.create(at=timezone.now(), fact="Something", key=f"thing:{turn}")


@pytest.mark.django_db
def test_put_back_keeps_what_migrations_and_reference_data_made() -> None:
    from wagtail.models import Locale  # the root of every Wagtail test

    assert list(Locale.objects.order_by("language_code").values_list("language_code", flat=True)) == ["en", "ko"]
