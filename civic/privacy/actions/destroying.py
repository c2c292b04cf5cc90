"""How does each kind of data go? A batch at a time; what stays standing is told in the public numbers of things."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from civic.faults.models import Contact, Report
from civic.ledger.models import EntryPrivate
from civic.notifications.models import Notice
from civic.people.actions import lapse_account
from civic.people.models import Person
from civic.photos.actions import drop_photos
from civic.privacy.queries.over import OVER, browsers_over, sessions_over
from civic.proposals.models import Proposal
from civic.refusals import Refused
from civic.voting.models import Participation

BATCH = 200
Gone = tuple[int, list[str]]  # how many, and the public numbers of what they belonged to


@transaction.atomic
def drop_rows(code: str, before: datetime) -> Gone:
    """Rows of which nothing stays."""
    (over,) = OVER[code]
    rows = over(before)
    return rows.model.objects.filter(pk__in=_first(rows)).delete()[0], []


@transaction.atomic
def end_sessions(before: datetime) -> Gone:
    """Sign-ins, also where they lie in the shared cache, and then what is noted of the browsers."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    ended = _first(sessions_over(before))
    for key in ended:
        store(key).delete()
    browsers = browsers_over(before)
    return len(ended) + browsers.model.objects.filter(pk__in=_first(browsers)).delete()[0], []


@transaction.atomic
def forget_guests(before: datetime) -> Gone:
    """Addresses of reporters, and a guest's words and pictures. That somebody reported it stays, without who."""
    (over,) = OVER["guest_contact"]
    reports: list[Report] = list(over(before)[:BATCH])
    Contact.objects.filter(report__in=[report.pk for report in reports]).delete()
    guests = [report for report in reports if report.person_id is None]
    Report.objects.filter(pk__in=[report.pk for report in guests]).update(text="")
    drop_photos(keys=[report.key for report in guests])
    return len(reports), sorted({report.fault.code for report in reports})


@transaction.atomic
def forget_authors(code: str, before: datetime) -> Gone:
    """Whose proposal it was: in its row, and in the private part of the ledger."""
    (over,) = OVER[code]
    proposals: list[Proposal] = list(over(before)[:BATCH])
    keys = [proposal.key for proposal in proposals]
    EntryPrivate.objects.filter(entry__key__in=keys, fields__as="author").delete()
    told = Notice.objects.filter(key__in=keys, person__in=[proposal.author_id for proposal in proposals])
    told.filter(Q(data__as="author") | ~Q(data__has_key="as")).delete()  # the author's first notices say no part
    Proposal.objects.filter(pk__in=[proposal.pk for proposal in proposals]).update(author=None)
    return len(proposals), [proposal.code for proposal in proposals]


@transaction.atomic
def forget_voters(before: datetime) -> Gone:
    """Who took part: in the roll, and in the notice of the result."""
    (over,) = OVER["voters"]
    rows: list[Participation] = list(over(before)[:BATCH])
    told = Notice.objects.filter(key__in={row.round.key for row in rows}, data__as="voter")
    told.filter(person__in=[row.person_id for row in rows]).delete()
    Participation.objects.filter(pk__in=[row.pk for row in rows]).update(person=None)
    return len(rows), sorted({row.round.slug for row in rows})


def lapse_accounts(*, before: datetime, days: int, at: datetime) -> Gone:
    """Accounts nobody confirmed, one by one. One confirmed meanwhile is left alone."""
    (over,) = OVER["unconfirmed"]
    gone = 0
    for person in over(before)[:BATCH]:
        try:
            lapse_account(person=person, days=days, at=at)
        except (Refused, Person.DoesNotExist):  # another worker was quicker
            continue
        gone += 1
    return gone, []


DESTROY: dict[str, Callable[[datetime], Gone]] = {
    "sessions": end_sessions,
    "guest_contact": forget_guests,
    "proposals_adopted": partial(forget_authors, "proposals_adopted"),
    "proposals_declined": partial(forget_authors, "proposals_declined"),
    "voters": forget_voters,
    "consents": partial(drop_rows, "consents"),
    "access_log": partial(drop_rows, "access_log"),
    "role_history": partial(drop_rows, "role_history"),
    "mails": partial(drop_rows, "mails"),
    "set_aside": partial(drop_rows, "set_aside"),
    "receipts": partial(drop_rows, "receipts"),
}


def _first(rows: Any) -> list[Any]:
    return list(rows.values_list("pk", flat=True)[:BATCH])
