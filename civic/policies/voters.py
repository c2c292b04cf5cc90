"""For what does a policy ask a level of verification? And who may vote: one sentence for each level."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic.people.levels import CHECKED, CONFIRMED, PROVEN

VOTERS: dict[int, str | Promise] = {
    CONFIRMED: _("Everyone who has an account with a confirmed e-mail address may cast one ballot."),
    CHECKED: _("Everyone whom the district has checked once, at a counter or by letter, may cast one ballot."),
    PROVEN: _("Everyone whom an identity provider has verified may cast one ballot."),
}

# What a policy asks a level for, by the name of its figure.
ACTS: dict[str, str | Promise] = {
    "support_level": _("support proposals"),
    "post_level": _("speak in discussions"),
    "propose_level": _("make proposals"),
    "vote_level": _("vote"),
}
