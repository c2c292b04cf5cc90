"""By which accounts of others may a person sign in?"""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from civic.ledger.record import record
from civic.people.facts import AccountLinked, AccountUnlinked
from civic.people.models import Person
from civic.people.queries import linked_accounts
from civic.people.rules import why_not_link, why_not_unlink
from civic.refusals import Refused, insist

from .holding import lock


@transaction.atomic
def link_account(*, person: Person, provider: str, subject: str, at: datetime) -> SocialAccount:
    """Let a person sign in with an account elsewhere. Kept is the provider's number for it and nothing else."""
    lock(person)
    insist(why_not_link(provider, subject))
    try:
        with transaction.atomic():
            account = SocialAccount.objects.create(user=person, provider=provider, uid=subject)
    except IntegrityError as lost_race:
        refusal = why_not_link(provider, subject)
        if refusal is None:
            raise
        raise Refused(refusal) from lost_race
    record(AccountLinked(key="people", provider=provider), state={}, concerns={person: {"as": "holder"}}, at=at)
    return account


@transaction.atomic
def unlink_account(*, by: Person, account: SocialAccount, at: datetime) -> None:
    """Sign in with that account no more. The code by mail is always left."""
    lock(by)
    insist(why_not_unlink(by, account))
    _unlink(by, account, at)


@transaction.atomic
def distrust_links(*, person: Person, at: datetime) -> int:
    """Unlink what was linked before anybody confirmed the address; returns how many.

    A stranger may have signed up by a provider and typed an address that is not theirs. No rule is asked: whoever
    reads the mail of the address comes in by that.
    """
    lock(person)
    accounts = list(linked_accounts(person))
    for account in accounts:
        _unlink(person, account, at)
    return len(accounts)


def _unlink(holder: Person, account: SocialAccount, at: datetime) -> None:
    fact = AccountUnlinked(key="people", provider=account.provider)
    account.delete()
    record(fact, state={}, concerns={holder: {"as": "holder"}}, at=at)
