"""What is out of order here now, and what was just done about it? For the page of lamps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from civic.faults.device_shown import when
from civic.faults.listing import AT_HAND, dark_with, played_clocks, rows
from civic.faults.models import Fault, FaultStep
from civic.faults.shown import Row, Stage, row, stages, step_words, where

from .lamps import NOWHERE, Asked

STEPS = 6  # of what was just done


@dataclass(frozen=True)
class JustNow:
    """One thing that was done: to which fault, where, in a sentence."""

    at: datetime
    when: str
    state: str
    place: str
    words: str
    code: str


@dataclass(frozen=True)
class Faults:
    """The fault that matters most, and how many others wait; `lead` is None where nothing is out of order."""

    lead: Row | None
    stages: list[Stage]
    others: int
    just_now: list[JustNow]


def faults_here(asked: Asked, at: datetime, now: datetime) -> Faults:
    """Of the dong that is looked at, or of the district, told at `now`, its own clock: at most six queries."""
    here: Mapping[str, Any] = {"dong": asked.dong} if asked.dong not in ("", NOWHERE) else {"district": asked.district}
    waiting = rows().filter(state__in=AT_HAND, **here)
    found = list(waiting.annotate(dark=Count("affected")).order_by("-dark", "-moved_at", "-pk")[:1])
    others = waiting.count() - len(found)
    lead = row(found[0], at=at, played=played_clocks(), dark=dark_with(found).get(found[0].pk, 0)) if found else None
    return Faults(lead, stages(lead.fault, lead.now) if lead else [], others, _just_now(here, now))


def _just_now(here: Mapping[str, Any], now: datetime) -> list[JustNow]:
    moved = list(Fault.objects.filter(**here).order_by("-moved_at").values_list("pk", flat=True)[:STEPS])
    parts = ("fault__device__streetlight", "fault__device__district", "fault__dong", "fault__district")
    steps = FaultStep.objects.filter(fault__in=moved).select_related(*parts).order_by("-at", "-pk")[:STEPS]
    return [
        JustNow(
            step.at, when(step.at, now), step.state, where(step.fault), step_words(step, step.fault), step.fault.code
        )
        for step in steps
    ]
