"""Who may do what? One table, verb by verb: the rules read it and the page shows it, so that the two cannot differ."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .roles import Admin, Auditor, Moderator, Official, Resident, Role


class Guest(Role):
    """Whoever is not signed in; nobody is granted this."""

    code = "guest"
    name = _("Without an account")
    sentence = _("Reads everything public, reports faults and follows each report by its own address.")


@dataclass(frozen=True)
class Power:
    """One thing that can be done: its words, the heading it stands under, and whose it is.

    A role in `roles` counts where it is held. Guest among them: anybody; Resident: everybody with an account.
    """

    about: str
    words: str | Promise
    roles: tuple[type[Role], ...]


ABOUT: dict[str, str | Promise] = {
    "part": _("Taking part"),
    "proposals": _("Proposals"),
    "faults": _("Faults"),
    "votes": _("Votes"),
    "pilots": _("Pilots"),
    "lamps": _("Lamps"),
    "house": _("The house"),
}

POWERS: dict[str, Power] = {
    "read": Power("part", _("Read everything that is public"), (Guest,)),
    "report_faults": Power("part", _("Report a fault, or say that one is troubled by it too"), (Guest,)),
    "propose": Power("part", _("Make a proposal"), (Resident,)),
    "support": Power("part", _("Support a proposal, and take the support back"), (Resident,)),
    "discuss": Power("part", _("Speak in a discussion"), (Resident,)),
    "vote": Power("part", _("Vote, and change the ballot until the vote closes"), (Resident,)),
    "make_keys": Power("part", _("Make keys for programs that act in one's own name"), (Resident,)),
    "answer_proposals": Power("proposals", _("Adopt or decline a proposal, with a reason"), (Official,)),
    "transfer_proposals": Power("proposals", _("Hand a proposal on to another department, with a reason"), (Official,)),
    "work_on_faults": Power("faults", _("Take faults on, plan visits, record repairs, close or decline"), (Official,)),
    "transfer_faults": Power("faults", _("Hand a fault on to another department, with a reason"), (Official,)),
    "read_reports": Power("faults", _("Read what those who reported a fault wrote"), (Official, Admin)),
    "run_votes": Power("votes", _("Make a vote, open, close and count it, publish its result"), (Official, Admin)),
    "run_pilots": Power("pilots", _("Plan a pilot, write down its values, decide on it"), (Official,)),
    "arrange_lamps": Power(
        "lamps",
        _("Place cabinets, hang lamps on them, say how often they report, revoke keys of devices"),
        (Official, Admin),
    ),
    "enter_desk": Power("house", _("Open the desk"), (Official, Moderator, Admin, Auditor)),
    "read_records": Power(
        "house", _("Read proposals, faults, votes and pilots at the desk"), (Official, Moderator, Admin)
    ),
    "check_identity": Power("house", _("Check who a resident is, and print letters with codes"), (Official,)),
    "take_back_sheets": Power("house", _("Take back what the codes of one sheet of letters did"), (Admin,)),
    "set_rules": Power("house", _("Set new rules and deadlines"), (Admin,)),
    "keep_departments": Power("house", _("Keep the departments, and say which gets what"), (Admin,)),
    "read_roles": Power("house", _("Read who holds which role, and who held it"), (Admin, Auditor)),
    "grant_roles": Power("house", _("Give roles and take them back"), (Admin,)),
    "read_access_log": Power("house", _("Read who of the staff looked at whose data, and why"), (Admin, Auditor)),
    "sign_off_access": Power("house", _("Sign off a month of looks at personal data, with a remark"), (Admin,)),
    "read_destruction": Power("house", _("Read what is kept how long, and what was destroyed"), (Admin, Auditor)),
    "keep_retention": Power("house", _("Set how long personal data is kept, within what the law allows"), (Admin,)),
    "mend_items": Power("house", _("Run again or dismiss what the site could not do by itself"), (Admin,)),
    "edit_pages": Power("house", _("Write pages and keep their pictures"), (Admin,)),
}
