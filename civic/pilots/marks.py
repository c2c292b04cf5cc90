"""Where does a pilot stand in the chain, and what does a page show of it live? Pure: a pilot in, plain data out."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from civic.clocks.deadlines import SEOUL
from civic.proposals.states import State

from .models import Kpi, Pilot
from .states import Stage

# Where the proposal stands while its pilot is there; a pilot in preparation leaves it adopted.
CARRIES: dict[Stage, State] = {
    Stage.PLANNED: State.ADOPTED,
    Stage.RUNNING: State.PILOT,
    Stage.JUDGING: State.EVALUATION,
    Stage.EXPANDED: State.SCALED,
    Stage.IMPROVING: State.RETRY,
    Stage.CONTINUED: State.PILOT,
    Stage.STOPPED: State.STOPPED,
}


def pilot_path(pilot: Pilot) -> str:
    """Without a language prefix: Korean; pages translate it."""
    return f"/pilots/{pilot.slug}/"


def marks(pilot: Pilot, *, devices: int) -> list[dict[str, Any]]:
    """The marks of a pilot's own places: the trial, its lamps, what was decided; the vote where none was taken."""
    path = pilot_path(pilot)
    return [
        {"place": "vote", "status": "skipped", "fact": "no_vote"},
        _trial(pilot) | {"path": path},
        *([_lamps(devices, path)] if devices else []),
        _decision(pilot) | {"path": f"{path}#decision"},
    ]


def live_state(pilot: Pilot, kpis: Sequence[Kpi]) -> dict[str, Any]:
    """The whole state of a pilot as pages show it live: the newest value of each indicator by its position."""
    return {
        "state": str(pilot.stage),
        "ends_on": pilot.ends_on.isoformat(),
        "decided_at": pilot.decided_at.isoformat() if pilot.decided_at else None,
        "kpis": [{"name": kpi.name, "unit": kpi.unit, "value": _newest(kpi)} for kpi in kpis],
    }


def _newest(kpi: Kpi) -> float | None:
    values = [reading.value for reading in kpi.readings.all() if reading.value is not None]
    value = values[-1] if values else kpi.baseline
    return float(value) if value is not None else None


def _trial(pilot: Pilot) -> dict[str, Any]:
    if pilot.stage == Stage.PLANNED:
        return {"place": "pilot", "status": "to_come", "fact": "preparing"}
    assert pilot.started_at is not None  # a check constraint holds it
    status = "done" if pilot.stage in (Stage.EXPANDED, Stage.STOPPED) else "lit"
    return {"place": "pilot", "status": status, "fact": "since", "at": pilot.started_at.isoformat()}


def _lamps(devices: int, path: str) -> dict[str, Any]:
    return {"place": "live", "status": "to_come", "fact": "lamps", "count": devices, "path": f"{path}#lamps"}


def _decision(pilot: Pilot) -> dict[str, Any]:
    """The eighth lamp is lit by an expansion; a pilot that was stopped ends before it, one to improve has no day."""
    if pilot.stage == Stage.EXPANDED and pilot.decided_at:
        return {"place": "policy", "status": "lit", "fact": "day", "at": pilot.decided_at.isoformat()}
    if pilot.stage in (Stage.STOPPED, Stage.IMPROVING):
        return {"place": "policy", "status": "to_come", "fact": str(pilot.stage)}
    end = datetime.combine(pilot.ends_on, time(12), tzinfo=SEOUL)
    return {"place": "policy", "status": "to_come", "fact": "judged_after", "at": end.isoformat()}
