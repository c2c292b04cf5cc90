"""What do neighbours call what a lamp does? Plain words for power states and for TALQ's codes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .models import Kind

KINDS: dict[str, str | Promise] = {
    Kind.STREETLIGHT: _("Security light"),
    Kind.CABINET: _("Cabinet"),
}
FINDINGS: dict[str, str | Promise] = {
    "lampFailure": _("gives no light"),
    "switchingErrorOn": _("off at night"),
    "lampUnexpectedOn": _("on by day"),
    "communicationFailure": _("not heard of"),
    "supplyLoss": _("without power"),
}
CONDITIONS: dict[str, str | Promise] = {
    "on": pgettext_lazy("lamp", "On"),
    "dimmed": pgettext_lazy("lamp", "Dimmed"),
    "off": pgettext_lazy("lamp", "Off"),
    "fault": pgettext_lazy("lamp", "Fault"),
    "with_cabinet": _("Dark with its cabinet"),
    "work": pgettext_lazy("lamp", "Under repair"),
    "mended": pgettext_lazy("lamp", "Repaired, being watched"),
    "lost": _("Not heard of"),
    "unheard": _("Has not reported"),
    "retired": _("Taken down"),
}


def finding_words(code: str) -> str:
    """What a finding means; TALQ's own word where we have none."""
    return str(FINDINGS.get(code, code))
