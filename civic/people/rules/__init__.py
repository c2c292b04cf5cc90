"""What may a person not do, and why?"""

from .accounts import UNCONFIRMED_DAYS, why_not_correct, why_not_lapse, why_not_register, why_not_take_nickname
from .consents import why_not_consent, why_not_withdraw_consent
from .keys import LONGEST_LABEL, MOST_TOKENS, why_not_issue_token, why_not_revoke_token
from .powers import may, why_not_by_role
from .roles import holds, why_not_act_as, why_not_grant, why_not_revoke

__all__ = [
    "LONGEST_LABEL",
    "MOST_TOKENS",
    "UNCONFIRMED_DAYS",
    "holds",
    "may",
    "why_not_act_as",
    "why_not_by_role",
    "why_not_consent",
    "why_not_correct",
    "why_not_grant",
    "why_not_issue_token",
    "why_not_lapse",
    "why_not_register",
    "why_not_revoke",
    "why_not_revoke_token",
    "why_not_take_nickname",
    "why_not_withdraw_consent",
]
