"""Which kind of trouble is it? What residents and TALQ's codes mean, as one word each; pure."""

from .models import Category, Trouble

TROUBLES: dict[Category, Trouble] = {
    Category.DARK: Trouble.LIGHT,
    Category.FLICKERING: Trouble.LIGHT,
    Category.TOO_DARK: Trouble.LIGHT,
    Category.DAY_BURNING: Trouble.DAY,
    Category.TOO_BRIGHT: Trouble.GLARE,
    Category.BROKEN: Trouble.DAMAGE,
    Category.WIRE: Trouble.DAMAGE,
    Category.OTHER: Trouble.OTHER,
    Category.SILENT: Trouble.LINK,
    Category.OUTAGE: Trouble.SUPPLY,
}
OF_MACHINES = (Category.SILENT, Category.OUTAGE)
FOR_RESIDENTS = tuple(category for category in Category if category not in OF_MACHINES)
FINDINGS: dict[str, Category] = {  # TALQ
    "lampFailure": Category.DARK,
    "switchingErrorOn": Category.DARK,
    "lampUnexpectedOn": Category.DAY_BURNING,
    "communicationFailure": Category.SILENT,
    "supplyLoss": Category.OUTAGE,
}
TOLD_BY_DEVICES = frozenset(TROUBLES[category] for category in FINDINGS.values())  # and proved to be over by them
URGENT = (Category.WIRE,)
URGENT_HOURS = 3  # a wire in reach or a leaning column endangers whoever passes (TALQ columnIssue, leakageDetected)


def category_of(finding: str) -> Category:
    """What a device's finding is called; a code that we do not know is something else."""
    return FINDINGS.get(finding, Category.OTHER)


def findings_of(trouble: str) -> list[str]:
    """The codes by which a device tells of this trouble."""
    return [code for code, category in FINDINGS.items() if TROUBLES[category] == trouble]
