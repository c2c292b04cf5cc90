"""How does a person say where they live, work or study?"""

from datetime import datetime

from django.db import transaction

from civic.ledger.record import record
from civic.people.level_facts import TieDeclared, TieWithdrawn
from civic.people.models import Person, Tie
from civic.people.rules.levels import why_not_tie, why_not_untie
from civic.places.models import Dong
from civic.refusals import insist

from .holding import lock


@transaction.atomic
def declare_tie(*, by: Person, kind: str, dong: Dong, at: datetime) -> Tie:
    """Say what ties oneself to a dong. Another dong than the confirmed one has to be confirmed anew."""
    lock(by)
    insist(why_not_tie(by, kind))
    tie = Tie.objects.filter(person=by, kind=kind).first()
    if tie is not None and tie.dong_id == dong.pk:
        return tie
    said = {"dong": dong, "declared_at": at, "confirmed_at": None, "method": ""}
    tie, _made = Tie.objects.update_or_create(person=by, kind=kind, defaults=said)
    fact = TieDeclared(key="people", district=dong.district_id, kind=kind)
    record(fact, state={}, concerns={by: {"as": "holder"}}, at=at)
    return tie


@transaction.atomic
def withdraw_tie(*, by: Person, kind: str, at: datetime) -> None:
    """Take back what one said; nothing of it is kept."""
    lock(by)
    tie = Tie.objects.filter(person=by, kind=kind).select_related("dong").first()
    insist(why_not_untie(tie))
    assert tie is not None  # the rule has asked
    tie.delete()
    fact = TieWithdrawn(key="people", district=tie.dong.district_id, kind=kind)
    record(fact, state={}, concerns={by: {"as": "holder"}}, at=at)
