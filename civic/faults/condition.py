"""In which condition is a lamp once one knows of its faults? Over what it says, what people say and do; pure."""

from collections.abc import Collection

from .states import AT_WORK, NEW, State

WORK, FAULT, MENDED = "work", "fault", "mended"  # of devices.words.CONDITIONS


def known_as(states: Collection[str]) -> str:
    """What the states of a lamp's faults make of it: somebody is at work, else one waits, else one awaits its proof."""
    if State.IN_PROGRESS in states:
        return WORK
    if any(state in (*NEW, *AT_WORK) for state in states):
        return FAULT
    return MENDED if State.REPAIRED in states else ""


def over(told: str, known: str) -> str:
    """The condition by what a lamp says (`devices.condition`) and by `known_as`.

    A repair takes the lamp out of those that wait to be mended and proves nothing: as long as what was found of it
    stands, it waits for its proof. A lamp that shines shines.
    """
    if known == MENDED:
        return MENDED if told == FAULT else told
    return known if known == WORK or (known and told != "with_cabinet") else told
