"""Why not once more, just now?"""

from django.utils.translation import gettext_lazy as _

from civic.refusals import Refusal

YOU_TOO_OFTEN = Refusal(
    "too_often", _("Too much came from your account in a short time. Please wait a while, then try again."), 429
)
ALL_TOO_OFTEN = Refusal(
    "too_often", _("Too much came from your network in a short time. Please wait a while, then try again."), 429
)


def why_not_more(number: int, most: int, refusal: Refusal) -> Refusal | None:
    """`number` counts this time too."""
    return refusal if number > most else None
