"""What becomes of accounts that nobody uses? A mail, a month later the end; whoever comes back keeps theirs."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from civic.ledger.record import record
from civic.outbox.actions import queue_message
from civic.people.models import Person
from civic.privacy.choice import Texts
from civic.privacy.facts import InactivityTold
from civic.privacy.models import InactivityNotice, RetentionRule
from civic.privacy.queries import days_of, told_before
from civic.privacy.queries.over import to_be_erased, to_be_told
from civic.refusals import Refused

from .destroying import BATCH, Gone
from .erasing import erase_person


@transaction.atomic
def tell_unused(*, before: datetime, at: datetime) -> Gone:
    """Tell owners by mail that their account will go. No fact names them: it would count as a use."""
    RetentionRule.objects.select_for_update().filter(pk="inactive_notice").first()  # of two workers one writes
    people = list(to_be_told(before).select_for_update(of=("self",))[:BATCH])
    left = days_of("inactive") - days_of("inactive_notice")
    for person in people:
        InactivityNotice.objects.update_or_create(person=person, defaults={"at": at})
        queue_message(
            sender=settings.DEFAULT_FROM_EMAIL, recipient=person.email, subject=_subject(), body=_body(left), at=at
        )
    if people:
        fact = InactivityTold(key="retention:inactive_notice", number=len(people))
        record(fact, state={"number": len(people)}, concerns={}, at=at)
    return len(people), []


def erase_unused(*, rule: RetentionRule, before: datetime, at: datetime) -> Gone:
    """Erase accounts whose owners were told long enough ago; public texts stay without a name."""
    over = to_be_erased(before, told_before=told_before(rule, at=at))
    return sum(_erased_if_still(over, id, at) for id in list(over.values_list("pk", flat=True)[:BATCH])), []


@transaction.atomic
def _erased_if_still(over: QuerySet[Person], id: UUID, at: datetime) -> bool:
    """Whoever came back since the list was made keeps the account; one that another worker erased is not counted."""
    person = over.select_for_update(of=("self",), no_key=True).filter(pk=id).first()
    if person is None:
        return False
    try:
        erase_person(by=None, person=person, texts=Texts.KEPT, at=at)
    except Refused:
        return False
    return True


def _subject() -> str:
    with override("ko"):
        return _("Your account has not been used for a long time")


def _body(left: int) -> str:
    """In both languages: we do not know which one the owner reads."""
    said = []
    for language in ("ko", "en"):
        with override(language):
            words = {"days": left, "address": f"{settings.WAGTAILADMIN_BASE_URL}/accounts/login/"}
            said.append(
                _(
                    "Nobody has signed in to your account for a long time. In %(days)s days it will be erased, with "
                    "your address and nickname. Your public texts stay without a name.\n\n"
                    "To keep the account, sign in once:\n%(address)s\n\n"
                    "If you do not need it any more, there is nothing to do."
                )
                % words
            )
    return "\n\n----\n\n".join(said)
