"""What has been kept long enough? For each kind of data the rows that are over, the oldest first."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from civic.faults.models import Contact, Report
from civic.faults.states import CLOSED
from civic.feed.models import SetAside
from civic.ledger.models import EntryPrivate, Receipt
from civic.outbox.models import Message
from civic.outbox.queries import given_up
from civic.people.models import AccessLook, ConsentRecord, Person, RoleStep
from civic.people.queries import never_confirmed
from civic.photos.models import Photo
from civic.privacy.models import InactivityNotice
from civic.proposals.models import Proposal
from civic.proposals.states import ANSWERED, State
from civic.voting.models import Participation
from civic.voting.queries import GIVEN_UP

NOT_ADOPTED = (State.DECLINED, State.EXPIRED, State.WITHDRAWN)


def unused_since(before: datetime) -> QuerySet[Person]:
    """Accounts without a role whose owner neither signed in nor did anything since then, by browser or program.

    The newest act is looked up person by person: joined with the whole ledger it took PostgreSQL half a minute
    where it had no statistics yet.
    """
    acts = EntryPrivate.objects.filter(person=OuterRef("pk")).order_by("-entry__at")
    quiet = Q(last_login__isnull=True) | Q(last_login__lt=before)
    people = Person.objects.filter(quiet, date_joined__lt=before, is_staff=False, is_superuser=False)
    people = people.alias(newest=Subquery(acts.values("entry__at")[:1]))
    since = Q(newest__isnull=True) | Q(newest__lt=before)
    return people.filter(since, grants__isnull=True).order_by("date_joined")


def to_be_told(before: datetime) -> QuerySet[Person]:
    """Of these, who has not been told since that the account will go."""
    told = InactivityNotice.objects.filter(person=OuterRef("pk"), at__gte=before)
    return unused_since(before).filter(~Exists(told))


def to_be_erased(before: datetime, *, told_before: datetime) -> QuerySet[Person]:
    """Of these, who was told long enough ago."""
    told = InactivityNotice.objects.filter(person=OuterRef("pk"), at__gte=before, at__lte=told_before)
    return unused_since(before).filter(Exists(told))


def sessions_over(before: datetime) -> QuerySet[Any]:
    """Django keeps when a session ends, which is a fixed time after its last use."""
    return Session.objects.filter(expire_date__lt=before + _session_age()).order_by("expire_date")


def browsers_over(before: datetime) -> QuerySet[Any]:
    """What is noted about a browser (address, name) and belongs to no session any more."""
    running = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gte=before + _session_age())
    return UserSession.objects.filter(~Exists(running)).order_by("pk")


def guests_over(before: datetime) -> QuerySet[Report]:
    """Words of guests, and addresses of whoever left one, at faults repaired or closed before then.

    The form promises it from the repair on: one that nobody closes keeps no address for ever.
    """
    photos = Photo.objects.filter(key=Concat(Value("report:"), Cast(OuterRef("pk"), CharField())))
    contact = Contact.objects.filter(report=OuterRef("pk"))
    closed = Q(fault__state__in=CLOSED, fault__moved_at__lt=before) | Q(fault__repaired_at__lt=before)
    said = Q(person__isnull=True) & (~Q(text="") | Exists(photos))
    return Report.objects.filter(closed, said | Exists(contact)).select_related("fault").order_by("pk")


def authors_over(states: tuple[State, ...], before: datetime) -> QuerySet[Proposal]:
    """Proposals in these states, unmoved since then, whose author is still known."""
    return Proposal.objects.filter(state__in=states, moved_at__lt=before, author__isnull=False).order_by("pk")


def voters_over(before: datetime) -> QuerySet[Participation]:
    """Who took part in votes whose result was published before then, or that were given up."""
    none = Q(round__published_at__isnull=True, round__closed_at__lt=before - GIVEN_UP)
    rows = Participation.objects.filter(Q(round__published_at__lt=before) | none, person__isnull=False)
    return rows.select_related("round").order_by("pk")


def mails_over(before: datetime) -> QuerySet[Message]:
    """Mails that left, or were given up, before then."""
    lost = given_up().filter(due_at__lt=before).values("pk")
    return Message.objects.filter(Q(sent_at__lt=before) | Q(pk__in=lost)).order_by("queued_at")


OVER: dict[str, tuple[Callable[[datetime], QuerySet[Any]], ...]] = {
    "sessions": (sessions_over, browsers_over),
    "unconfirmed": (never_confirmed,),
    "guest_contact": (guests_over,),
    "proposals_adopted": (lambda before: authors_over(tuple(ANSWERED - {State.DECLINED}), before),),
    "proposals_declined": (lambda before: authors_over(NOT_ADOPTED, before),),
    "voters": (voters_over,),
    "consents": (lambda before: ConsentRecord.objects.filter(withdrawn_at__lt=before).order_by("pk"),),
    "access_log": (lambda before: AccessLook.objects.filter(at__lt=before).order_by("at"),),
    "role_history": (lambda before: RoleStep.objects.filter(left_at__lt=before).order_by("pk"),),
    "mails": (mails_over,),
    "set_aside": (lambda before: SetAside.objects.filter(at__lt=before).order_by("at"),),
    "receipts": (lambda before: Receipt.objects.filter(at__lt=before).order_by("pk"),),
}


def _session_age() -> timedelta:
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)
