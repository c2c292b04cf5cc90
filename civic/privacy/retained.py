"""What personal data is kept for a time, from when on, and between which bounds may an administrator set that time?"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """One kind of data. Its days and their ground are a row (`RetentionRule`); what may not be set stands here."""

    what: str | Promise
    since: str | Promise
    least: int
    most: int


KINDS: dict[str, Kind] = {
    "sessions": Kind(_("Sign-ins of a browser, with its address"), _("since the last use"), 1, 14),
    "unconfirmed": Kind(_("Accounts whose address nobody confirmed"), _("since signing up"), 1, 30),
    "inactive_notice": Kind(
        _("Accounts nobody uses: the owner is told by mail that the account will go"), _("since the last use"), 180, 700
    ),
    "inactive": Kind(
        _("Accounts nobody uses: erased; public texts stay without a name"), _("since the last use"), 210, 730
    ),
    "guest_contact": Kind(
        _("Address, words and pictures of somebody who reported a fault without an account"),
        _("since the repair, or since the fault was closed"),
        1,
        30,
    ),
    "proposals_adopted": Kind(
        _("Whose proposal it was, of those adopted; the proposal stays"), _("since its last step"), 1095, 3650
    ),
    "proposals_declined": Kind(
        _("Whose proposal it was, of those not adopted; the proposal stays"), _("since it was closed"), 730, 3650
    ),
    "voters": Kind(
        _("Who took part in a vote; what was chosen is parted from it when the vote closes"),
        _("since the result was published; where none was, from half a year after closing on"),
        14,
        90,
    ),
    "consents": Kind(_("Proof of a consent"), _("since it was taken back or the account erased"), 365, 1825),
    "access_log": Kind(_("Which of the staff looked at whose data"), _("since the look"), 730, 1825),
    "role_history": Kind(
        _("Who held which role and who gave it, by name"), _("since the account of the holder was erased"), 1095, 1825
    ),
    "mails": Kind(_("To whom a mail was sent; its words go when it has left"), _("since it left"), 1, 90),
    "set_aside": Kind(
        _("Errors of what the site could not do by itself; masked, they may still quote somebody"),
        _("since it was set aside"),
        7,
        90,
    ),
    "receipts": Kind(_("Answers to programs that send a request twice"), _("since the request"), 1, 30),
}
NOTICE_LEAST = 30  # days in which the owner of an account nobody uses can come back after the mail: our own figure
