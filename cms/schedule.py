"""What goes online or offline by itself? Pages, at the times that their editors have set."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Page, Revision

logger = logging.getLogger(__name__)


def publish_scheduled(at: datetime) -> int:
    """Take pages offline and put them online whose time has come; returns how many."""
    over = Page.objects.filter(live=True, expire_at__lte=at).order_by("expire_at")
    due = Revision.objects.filter(approved_go_live_at__lte=at).order_by("approved_go_live_at")
    return _each(over, _take_offline) + _each(due, _put_online)


def _each(rows: QuerySet[Any], act: Callable[[Any], bool]) -> int:
    """One by one, each by one worker alone; one that cannot be shown holds up no other."""
    done = 0
    for pk in list(rows.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                row = rows.select_for_update(skip_locked=True).filter(pk=pk).first()
                done += row is not None and act(row)
        except ValidationError:
            logger.exception("Page or revision %s: what was scheduled cannot be done", pk)
    return done


def _take_offline(page: Page) -> bool:
    found = page.specific
    if getattr(found, "stays", False):  # it was set before such pages were not asked for a day
        return False
    found.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def _put_online(revision: Revision) -> bool:
    revision.publish(log_action="wagtail.publish.scheduled")
    return True
