"""Who puts right what a reaction could not handle? An administrator, one item at a time.

No fact is recorded: this is about the machine, not about people or what they decided. The log says who did it.
"""

import logging
from datetime import datetime

from django.db import transaction

from civic.feed.consume import run_again
from civic.feed.models import Item, SetAside
from civic.people.models import Person
from civic.refusals import Refused, insist

from . import rules
from .run import handler_named

logger = logging.getLogger(__name__)


def retry_set_aside(*, by: Person, aside: SetAside, at: datetime) -> None:
    """Hand an item that was set aside to its reaction once more; where it fails again its error is the new one."""
    with transaction.atomic():
        _insist_mendable(by, aside)
        item, handle = Item.objects.filter(seq=aside.item_seq).first(), handler_named(aside.consumer)
        insist(rules.why_not_run_again(item, known=handle is not None))
        assert item is not None  # the rule has asked
        assert handle is not None  # as above
        handled = run_again(aside, item, handle, at=at)
    logger.info("%s ran item %s of %s again at %s: %s", by.pk, aside.item_seq, aside.consumer, at, handled)
    if not handled:
        raise Refused(rules.FAILED_AGAIN)  # after the transaction, which keeps the new error


@transaction.atomic
def dismiss_set_aside(*, by: Person, aside: SetAside, at: datetime) -> None:
    """Let go of an item that was set aside, without its reaction ever handling it."""
    _insist_mendable(by, aside)
    SetAside.objects.filter(pk=aside.pk).delete()
    logger.warning("%s dismissed item %s of %s at %s", by.pk, aside.item_seq, aside.consumer, at)


def _insist_mendable(by: Person, aside: SetAside) -> None:
    """Locked, so that of two who press the button one runs the reaction."""
    locked = SetAside.objects.select_for_update().filter(pk=aside.pk).first()
    insist(rules.why_not_mend(by, locked))
