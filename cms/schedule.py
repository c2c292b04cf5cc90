"""What goes online or offline by itself? Pages, at the times that their editors have set."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from wagtail.models import Page, Revision

logger = logging.getLogger(__name__)


def publish_scheduled(at: datetime) -> int:
    """Take pages offline and put them online whose time has come; returns how many."""
    over = Page.objects.filter(live=True, expire_at__lte=at).order_by("expire_at")
    due = Revision.objects.filter(approved_go_live_at__lte=at).order_by("approved_go_live_at")
    return _each(over, _take_offline) + _each(due, _put_online, approved_go_live_at=None)


def _each(rows: QuerySet[Any], act: Callable[[Any], bool], **given_up: None) -> int:
    """One by one, each by one worker alone; one that fails holds up no other, and becomes what `given_up` says."""
    done = 0
    for due in list(rows):
        try:
            with transaction.atomic():
                row = rows.select_for_update(skip_locked=True).filter(pk=due.pk).first()
                done += row is not None and act(row)
        except (OperationalError, InterfaceError):  # the database is gone, and the page may be well
            raise
        except Exception:
            logger.exception("Page %s: what was scheduled cannot be done", getattr(due, "object_id", due.pk))
            if given_up:  # once and for all: its editor reads a draft again
                rows.filter(pk=due.pk).update(**given_up)
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
