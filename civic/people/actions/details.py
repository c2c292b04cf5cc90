"""How does a person put right what the account says of them?"""

from datetime import datetime

from django.db import IntegrityError, transaction

from civic.ledger.record import record
from civic.people.facts import PersonCorrected
from civic.people.models import Person
from civic.people.names import tidy
from civic.people.rules import why_not_correct
from civic.places.models import Dong
from civic.refusals import Refused, insist

from .holding import lock


def correct_person(*, by: Person, nickname: str, dong: Dong | None, at: datetime) -> Person:
    """Change one's own nickname and dong. The address changes through allauth, which has it confirmed first."""
    nickname = tidy(nickname)
    try:
        with transaction.atomic():
            lock(by)
            insist(why_not_correct(by, nickname=nickname, dong=dong))
            changed = {"nickname": nickname, "dong": dong}
            what = sorted(name for name, value in changed.items() if getattr(by, name) != value)
            if what:
                Person.objects.filter(pk=by.pk).update(**changed)
                told = PersonCorrected(key="people", what=" ".join(what))
                record(told, state={}, concerns={by: {"as": "holder"}}, at=at)
    except IntegrityError as lost_race:
        refusal = why_not_correct(by, nickname=nickname, dong=dong)
        if refusal is None:
            raise
        raise Refused(refusal) from lost_race
    by.nickname, by.dong = nickname, dong
    return by
