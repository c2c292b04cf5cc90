"""Which columns about a person stand in no export, and why? Whatever is neither here nor in `kept.py` fails a test."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Why(Enum):
    """The reason, as its owner reads it."""

    PROOF = _("Proves something and cannot be read: whoever had the file would have the key, or could guess at it")
    OTHERS = _("Tells of somebody else")
    THING = _("Describes the public thing, not you; it stands on its page")
    ORDER = _("Only finds or orders rows")
    TWICE = _("Stands in this file at another place")

    @property
    def words(self) -> str | Promise:
        told: str | Promise = self.value
        return told


Withheld = Mapping[str, Why]


def _because(**columns: Why) -> Withheld:
    return MappingProxyType(columns)


def _all(why: Why, names: str) -> dict[str, Why]:
    return dict.fromkeys(names.split(), why)


_FAULT = _all(
    Why.THING,
    "district dong device lat lon category trouble finding source reports opened_at acknowledged_at planned_for"
    " started_at repaired_at resolved_at rejected_at reopened_at reopened closure_proposed_at answer_due_at"
    " repair_due_at due_at moved_at department rejection duplicate_of",
)
_PROPOSAL = _all(
    Why.THING,
    "district department transfers policy thread supports closes_at reached_at due_at decided_at moved_at after",
)

# By the key as in `KEPT`; a row's own number and the key itself are understood.
WITHHELD: dict[str, Withheld] = {
    "account": _because(password=Why.PROOF, is_superuser=Why.ORDER),
    "account.EmailAddress.user": _because(),
    "socialaccount.SocialAccount.user": _because(extra_data=Why.ORDER),  # empty: what providers tell is not kept
    "mfa.Authenticator.user": _because(data=Why.PROOF),
    "usersessions.UserSession.user": _because(session_key=Why.PROOF, data=Why.ORDER),
    "civic.ApiToken.person": _because(digest=Why.PROOF),
    "civic.ConsentRecord.person": _because(account=Why.TWICE, network=Why.PROOF),
    "civic.Verification.person": _because(sheet=Why.ORDER),
    "civic.PersonKey.person": _because(digest=Why.PROOF),
    "civic.RoleStep.person": _because(by=Why.OTHERS, by_name=Why.OTHERS, left_at=Why.ORDER),
    "civic.Proposal.author": _because(**_PROPOSAL),
    "civic.Post.author": _because(root=Why.ORDER, above=Why.ORDER),
    "civic.Report.person": _because(digest=Why.PROOF, counted=Why.ORDER),
    "civic.Notice.person": _because(seq=Why.ORDER),
    "civic.Receipt.person": _because(fingerprint=Why.PROOF, body=Why.PROOF),  # a ballot's tracker is in it
    "civic.AccessLook.subject": _because(by=Why.OTHERS, by_name=Why.OTHERS, address=Why.OTHERS),
    "civic.Transfer.official": _because(before=Why.THING),
    "civic.Fault.assignee": _because(**_FAULT, first_network=Why.OTHERS),
    "civic.FaultStep.by": _because(state=Why.THING),
    "civic.Step.official": _because(back=Why.THING, rule_met=Why.THING, basis=Why.THING),
    "civic.RoleStep.by": _because(person=Why.OTHERS, person_name=Why.OTHERS, by_site=Why.ORDER, left_at=Why.ORDER),
    "civic.AccessLook.by": _because(subject=Why.OTHERS),
    # --- what leads to a person otherwise
    "tags": _because(),
    "contacts": _because(),
    "pictures": _because(width=Why.THING, height=Why.THING, public=Why.THING),
    "mails": _because(body=Why.PROOF, html=Why.PROOF, due_at=Why.ORDER, attempts=Why.ORDER, error=Why.ORDER),
}
# Tables of the desk's own software: of whoever edits pages. Their columns change with its versions.
OF_THE_DESK = ("wagtail",)


def why_withheld(name: str, column: str) -> Why | None:
    """The reason, or None for a column that nobody has thought about."""
    if name.startswith(OF_THE_DESK):
        return Why.PROOF if column in ("key_hash", "prefix") else Why.THING
    return WITHHELD.get(name, {}).get(column)
