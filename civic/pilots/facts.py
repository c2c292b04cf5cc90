"""What can become true of a pilot?"""

from dataclasses import dataclass

from civic.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PilotPlanned(Fact):
    """An adopted proposal gets a pilot: so many indicators, so many conditions for expanding it."""

    proposal: str
    kpis: int
    conditions: int


@dataclass(frozen=True, kw_only=True)
class PilotLampsLinked(Fact):
    """`linked` more devices take part; `devices` is the count after."""

    linked: int
    devices: int


@dataclass(frozen=True, kw_only=True)
class KpiBaselineRecorded(Fact):
    """What the indicator at `position` was before the start."""

    position: int


@dataclass(frozen=True, kw_only=True)
class KpiRecorded(Fact):
    """The department wrote down a value of the indicator at `position`, of the day `on` (ISO 8601)."""

    position: int
    on: str


@dataclass(frozen=True, kw_only=True)
class RepairsMeasured(Fact):
    """The faults of the linked lamps gave other repair hours than before: `cases` repairs over all periods."""

    position: int
    cases: int


@dataclass(frozen=True, kw_only=True)
class PilotMoved(Fact):
    """The pilot entered the next stage, as planned."""

    before: str
    stage: str


@dataclass(frozen=True, kw_only=True)
class PilotSetBack(Fact):
    """The pilot went back to an earlier stage; its page gives the reason."""

    before: str
    stage: str


@dataclass(frozen=True, kw_only=True)
class PilotDecided(Fact):
    """The pilot was judged; `rule_met` says whether all conditions fixed before the start were met that day."""

    decision: str
    rule_met: bool
