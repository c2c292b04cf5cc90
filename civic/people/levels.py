"""How sure is it who stands behind an account? Four levels, and what each is called."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

GUEST: Final = 0  # no account, or one whose address nobody has confirmed
CONFIRMED: Final = 1  # reads the mail of its address
CHECKED: Final = 2  # seen by the district: at the office, or by a letter to the address
PROVEN: Final = 3  # by an identity provider

NAMES: Final[dict[int, str | Promise]] = {
    GUEST: _("Without a confirmed account"),
    CONFIRMED: _("Confirmed address"),
    CHECKED: _("Checked by the district"),
    PROVEN: _("Verified by an identity provider"),
}
# What stands beside a name: the level alone, never how or when it came about.
BADGES: Final[dict[int, str | Promise]] = {
    CHECKED: pgettext_lazy("level badge", "Checked resident"),
    PROVEN: pgettext_lazy("level badge", "Verified resident"),
}
WAYS: Final[dict[int, str | Promise]] = {
    CONFIRMED: _("Confirm your e-mail address, or sign in with an account of another service."),
    CHECKED: _("Show a card at the district's counter, or type the code of a letter that the district sends you."),
    PROVEN: _("Sign in once with an identity provider, where this site has one."),
}


def badge_of(level: int) -> str:
    """The words of the badge, empty below the levels that have one."""
    return str(BADGES.get(level, ""))
