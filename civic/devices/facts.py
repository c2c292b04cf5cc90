"""What can become true of devices? Readings are no facts: lamps switch in the feed alone."""

from dataclasses import dataclass
from typing import ClassVar

from civic.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class LightsImported(Fact):
    """A district's list of lamps was taken over and changed something. `key` is `lights:<district>`; all counts."""

    read: int
    created: int
    updated: int
    unchanged: int
    duplicate: int
    retired: int
    flagged: int
    quarantined: int


@dataclass(frozen=True, kw_only=True)
class DeviceTokenIssued(Fact):
    """A device or a gateway got a key. `key` is `device-token:<number>`; the key itself is nowhere."""

    audience: ClassVar[str] = "staff"
    holder: str


@dataclass(frozen=True, kw_only=True)
class DeviceTokenRevoked(Fact):
    """A key of a device or a gateway stopped working. `key` is `device-token:<number>`."""

    audience: ClassVar[str] = "staff"
    holder: str


@dataclass(frozen=True, kw_only=True)
class FindingOpened(Fact):
    """Something is wrong with a device. `key` is `device:<tag>`, `code` TALQ's, the entry's time the device's."""

    code: str


@dataclass(frozen=True, kw_only=True)
class FindingClosed(Fact):
    """Readings show that it is no longer so."""

    code: str


@dataclass(frozen=True, kw_only=True)
class ReportIntervalSet(Fact):
    """Devices report every so many `seconds`, or whenever they like (None). `key` is `lights:<district>`."""

    devices: list[str]
    seconds: int | None


@dataclass(frozen=True, kw_only=True)
class RatedPowerSet(Fact):
    """Lamps draw so many `watts` at full light, or nobody knows (None). `key` is `lights:<district>`."""

    devices: list[str]
    watts: int | None


@dataclass(frozen=True, kw_only=True)
class CabinetPlaced(Fact):
    """A cabinet stands in the books. `key` is `device:<tag>`."""


@dataclass(frozen=True, kw_only=True)
class LampsConnected(Fact):
    """Lamps hang on this cabinet from now on. `key` is the cabinet's `device:<tag>`, `lamps` are tags."""

    lamps: list[str]


@dataclass(frozen=True, kw_only=True)
class LampsDisconnected(Fact):
    """Lamps hang on no cabinet any more. `key` is `lights:<district>`."""

    lamps: list[str]
