"""Who may vote? One sentence for each level of verification that a policy can ask for."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic.people.levels import CHECKED, CONFIRMED, PROVEN

VOTERS: dict[int, str | Promise] = {
    CONFIRMED: _("Everyone who has an account with a confirmed e-mail address may cast one ballot."),
    CHECKED: _("Everyone whom the district has checked once, at a counter or by letter, may cast one ballot."),
    PROVEN: _("Everyone whom an identity provider has verified may cast one ballot."),
}
