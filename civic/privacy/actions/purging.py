"""How does data go whose time is over? A batch of one kind, and its line in the destruction ledger."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from civic.ledger.record import record
from civic.privacy.facts import DataDestroyed
from civic.privacy.models import RetentionRule

from .destroying import BATCH, DESTROY, Gone, lapse_accounts
from .inactivity import erase_unused, tell_unused


def destroy_over(*, rule: RetentionRule, by: str, at: datetime) -> int:
    """Destroy a batch of what is over of one kind; returns how many. Fewer than BATCH: nothing is left.

    `by` is `clock`, `command` or `restore`. Rows go in one transaction with their line; accounts go one by one, each
    in a transaction of its own, and the line follows.
    """
    before = at - timedelta(days=rule.days)
    one_by_one: dict[str, Callable[[], Gone]] = {
        "unconfirmed": partial(lapse_accounts, before=before, days=rule.days, at=at),
        "inactive_notice": partial(tell_unused, before=before, at=at),
        "inactive": partial(erase_unused, rule=rule, before=before, at=at),
    }
    if rule.code in one_by_one:
        return _written(rule, by, at, one_by_one[rule.code]())
    with transaction.atomic():
        RetentionRule.objects.select_for_update().get(pk=rule.pk)  # of two workers one destroys
        return _written(rule, by, at, DESTROY[rule.code](before))


@transaction.atomic
def _written(rule: RetentionRule, by: str, at: datetime, gone: Gone) -> int:
    number, ids = gone
    if number < BATCH:
        RetentionRule.objects.filter(pk=rule.pk).update(purged_at=at)
    if number and rule.code != "inactive_notice":  # that one destroys nothing
        fact = DataDestroyed(key=f"retention:{rule.code}", number=number, days=rule.days, by=by, ids=ids)
        record(fact, state={"number": number}, concerns={}, at=at)
    return number
