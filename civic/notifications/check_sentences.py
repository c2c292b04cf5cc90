"""What is somebody told of the check of their own account? One sentence for each fact."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _


def _checked(data: dict[str, Any]) -> str:
    return _("Your account was checked at a counter of the district. If that was not you, please tell the office.")


def _taken_back(data: dict[str, Any]) -> str:
    return _(
        "The district took back the check of your account; in votes that are still open your ballot is gone with it. "
        "The office tells you why."
    )


CHECKED: dict[str, Callable[[dict[str, Any]], str]] = {
    "PersonVerified": _checked,
    "VerificationWithdrawn": _taken_back,
}
