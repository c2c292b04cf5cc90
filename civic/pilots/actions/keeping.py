"""How does a change of a pilot come into the books? Under its lock, with its node, its proposal and its fact.

Time is called `moment` here: these are parts of actions, none by themselves.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from civic.chain.actions import move_node
from civic.ledger.facts import Fact
from civic.ledger.record import record
from civic.people.models import Person
from civic.people.queries import grant_for
from civic.pilots.marks import CARRIES, live_state, marks
from civic.pilots.models import Pilot, Step
from civic.pilots.queries import kpis_of
from civic.pilots.states import Stage
from civic.proposals.actions import carry_proposal, note_after


def locked(pilot: Pilot) -> Pilot:
    """The row as it is now; nobody else changes it until the transaction ends."""
    return Pilot.objects.select_for_update(of=("self",)).select_related("proposal").get(pk=pilot.pk)


def tell(
    fact: type[Fact], pilot: Pilot, concerns: Mapping[Model, Mapping[str, Any]], moment: datetime, **codes: Any
) -> None:
    """Record a fact with the whole state of the pilot."""
    told = fact(key=pilot.key, district=pilot.district_id, **codes)
    record(told, state=live_state(pilot, kpis_of(pilot)), concerns=concerns, at=moment)


def enter(pilot: Pilot, stage: Stage, moment: datetime, **step: Any) -> None:
    """Put the pilot at a stage, note the step, and take its proposal along where that means something for it."""
    pilot.stage = stage
    pilot.moved_at = moment
    pilot.save()
    Step.objects.create(pilot=pilot, stage=stage, at=moment, **step)
    after = show(pilot)
    to = CARRIES[stage]
    if to != pilot.proposal.state:
        carry_proposal(proposal=pilot.proposal, to=to, after=after, at=moment)
    else:
        note_after(pilot.proposal, after)


def show(pilot: Pilot) -> list[dict[str, Any]]:
    """Bring the pilot's place in the chain up to date, and return its marks."""
    told = marks(pilot, devices=pilot.device_rows.count())
    move_node(key=pilot.key, state=pilot.stage, marks=told)
    return told


def signed(person: Person, pilot: Pilot) -> dict[str, Any]:
    """Who stands behind a step: the office and its telephone (민원 처리법 시행령 article 31)."""
    grant = grant_for(person, "official", pilot.proposal.scope)
    assert grant is not None  # the rule has asked
    return {"official": person, "official_name": grant.signature, "office": grant.office, "phone": grant.phone}
