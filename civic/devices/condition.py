"""In which condition is a lamp, in one word? Pure: the worst that is known of it comes first."""

from collections.abc import Iterable

LOST, CABINET_LOST = "communicationFailure", "supplyLoss"
_POWER = {"on": "on", "low": "dimmed", "off": "off", "bootingUp": "on"}


def condition(*, power: str, findings: Iterable[str], retired: bool = False, cabinet: Iterable[str] = ()) -> str:
    """A key of `words.CONDITIONS`, from what a device says, what is found wrong with it and with its cabinet.

    Silence is no fault of the lamp: it is told apart, and a lamp under a dead cabinet is dark with it.
    """
    found = set(findings)
    if retired:
        return "retired"
    if CABINET_LOST in set(cabinet):
        return "with_cabinet"
    if found - {LOST}:
        return "fault"
    return "lost" if found else _POWER.get(power, "unheard")
