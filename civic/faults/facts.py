"""What can become true of a fault?"""

from dataclasses import dataclass

from civic.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class FaultOpened(Fact):
    """Something is out of order: `source` sensor or resident; `finding` is TALQ's name, `device` a tag or empty."""

    source: str
    category: str
    finding: str
    device: str


@dataclass(frozen=True, kw_only=True)
class FaultJoined(Fact):
    """One more person or guest said so; `reports` is the count after."""

    reports: int


@dataclass(frozen=True, kw_only=True)
class FaultConfirmed(Fact):
    """It is no longer one person's word: a second one or the device itself (`source`) says so."""

    source: str


@dataclass(frozen=True, kw_only=True)
class FaultTaken(Fact):
    """An official took it on; the repair is due before `due_at` (ISO 8601)."""

    due_at: str


@dataclass(frozen=True, kw_only=True)
class FaultScheduled(Fact):
    """Somebody comes at `planned_for` (ISO 8601)."""

    planned_for: str


@dataclass(frozen=True, kw_only=True)
class RepairStarted(Fact):
    """Somebody is at work on it."""


@dataclass(frozen=True, kw_only=True)
class FaultRepaired(Fact):
    """It is mended, `minutes` after it was noticed or came back; the clock stops and evidence is awaited."""

    minutes: int


@dataclass(frozen=True, kw_only=True)
class ClosureProposed(Fact):
    """Its device says that it is well again, before anybody recorded a repair. Nothing is closed by it."""


@dataclass(frozen=True, kw_only=True)
class FaultResolved(Fact):
    """It is over: `by` is `evidence` or `official`."""

    by: str


@dataclass(frozen=True, kw_only=True)
class FaultRejected(Fact):
    """It is not taken on, for this reason; `duplicate_of` is another fault's number or empty."""

    reason: str
    duplicate_of: str


@dataclass(frozen=True, kw_only=True)
class FaultTransferred(Fact):
    """It was handed on to `department`, by its code; `before` had it, or is empty."""

    department: str
    before: str


@dataclass(frozen=True, kw_only=True)
class FaultReopened(Fact):
    """It came back under the same number; `times` counts relapses, `source` is sensor, resident or official."""

    times: int
    source: str
