"""How does a key for a program come about, and stop?"""

import secrets
from datetime import datetime

from django.db import transaction

from civic.clocks.deadlines import SEOUL
from civic.ledger.record import record
from civic.people.bearer import digest, token_for
from civic.people.facts import (
    TokenIssued,
    TokenRevoked,
)
from civic.people.models import ApiToken, Person
from civic.people.rules import (
    why_not_issue_token,
    why_not_revoke_token,
)
from civic.refusals import insist
from civic.texts import clean_line

from .holding import lock


@transaction.atomic
def issue_token(*, by: Person, person: Person, label: str, at: datetime) -> str:
    """Make a key for a program that acts for the person, and return it: the only time it can be read."""
    label = clean_line(label)
    lock(person)
    insist(why_not_issue_token(by, person, label=label))
    raw = secrets.token_urlsafe(32)
    token = ApiToken.objects.create(person=person, digest=digest(raw), label=label, created_at=at)
    record(TokenIssued(key=f"token:{token.pk}"), state={}, concerns={person: {"as": "holder"}}, at=at)
    return raw


def act_by_token(*, raw: str) -> Person | None:
    """Let in the person whose key it is; the first use of a day is noted on it, so that its owner sees what is in use.

    No fact: a program that asks is nothing that became true.
    """
    token = token_for(raw)
    if token is None:
        return None
    today = token.now.astimezone(SEOUL).date()  # type: ignore[attr-defined]  # annotated
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
    return token.person


@transaction.atomic
def revoke_token(*, by: Person, token: ApiToken, at: datetime) -> None:
    """Stop a key from working, at once and for good."""
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    insist(why_not_revoke_token(by, token))
    stop_token(token, by, at)


@transaction.atomic
def stop_token(token: ApiToken, holder: Person, at: datetime) -> None:
    """Make a token worthless from now on; the rules were asked before, or its holder goes."""
    ApiToken.objects.filter(pk=token.pk).update(revoked_at=at)
    record(TokenRevoked(key=f"token:{token.pk}"), state={}, concerns={holder: {"as": "holder"}}, at=at)


@transaction.atomic
def stop_every_token(*, person: Person, at: datetime) -> int:
    """Stop all keys of an account that others may have had in hand; returns how many."""
    working = list(person.tokens.select_for_update().filter(revoked_at__isnull=True))
    for token in working:
        stop_token(token, person, at)
    return len(working)
