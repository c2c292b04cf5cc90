"""What is out of order here now, and what was just done about it? For the page of lamps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from civic.devices.models import Clock, Kind
from civic.faults.device_shown import when, with_day
from civic.faults.listing import AT_HAND, dark_with, played_clocks, rows
from civic.faults.models import Fault, FaultStep
from civic.faults.shown import Row, Stage, now_at, row, stages, step_words, where

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
    """Of the dong that is looked at, or of the district, told at `now`, its own clock: six queries at most."""
    here: Mapping[str, Any] = {"dong": asked.dong} if asked.dong not in ("", NOWHERE) else {"district": asked.district}
    played = played_clocks()
    waiting = rows().filter(state__in=AT_HAND, **here)
    found = list(waiting.annotate(dark=Count("affected")).order_by("-dark", "-moved_at", "-pk")[:1])
    others = waiting.count() - len(found)
    lead = row(found[0], at=at, played=played, dark=dark_with(found).get(found[0].pk, 0)) if found else None
    just_now = [_told(step, now, played) for step in _newest(here, at, played)]
    return Faults(lead, stages(lead.fault, lead.now) if lead else [], others, just_now)


def _newest(here: Mapping[str, Any], at: datetime, played: Mapping[str, datetime]) -> list[FaultStep]:
    """What was done last, each by the clock at its own device: an evening played is no older than our morning."""
    moved = Fault.objects.filter(**here).order_by("-moved_at").values("pk")
    theirs = Q(device__state__via__clock=Clock.SIMULATED) | Q(device__kind=Kind.CABINET)
    either = Q(pk__in=moved.filter(theirs)[:STEPS]) | Q(pk__in=moved.exclude(theirs)[:STEPS])
    parts = ("streetlight", "district", "state__via")
    steps = FaultStep.objects.filter(fault__in=Fault.objects.filter(either)).select_related(
        *(f"fault__device__{part}" for part in parts), "fault__dong", "fault__district"
    )
    return sorted(steps, key=lambda step: (now_at(step.fault, at, played)[0] - step.at, -step.pk))[:STEPS]


def _told(step: FaultStep, now: datetime, played: Mapping[str, datetime]) -> JustNow:
    say = with_day if played else when
    fault = step.fault
    return JustNow(step.at, say(step.at, now), step.state, where(fault), step_words(step, fault), fault.code)
