"""What may a person not do, and why?"""

from .access import why_not_read_access, why_not_review, why_not_sign_off
from .accounts import (
    YOUNGER,
    why_not_correct,
    why_not_lapse,
    why_not_register,
    why_not_take_nickname,
)
from .consents import why_not_consent, why_not_withdraw_consent
from .departments import (
    why_not_amend_department,
    why_not_called,
    why_not_close_department,
    why_not_hand_to,
    why_not_open_department,
    why_not_route,
)
from .factors import why_not_enter_desk
from .keys import (
    LONGEST_LABEL,
    MOST_TOKENS,
    needs_second_step,
    why_not_ask_for_token,
    why_not_issue_token,
    why_not_revoke_token,
)
from .levels import why_below, why_unchecked
from .links import why_not_link, why_not_unlink
from .powers import may, scopes_for, why_not_by_role
from .roles import holds, why_not_expire_role, why_not_grant, why_not_revoke

__all__ = [
    "LONGEST_LABEL",
    "MOST_TOKENS",
    "YOUNGER",
    "holds",
    "may",
    "needs_second_step",
    "scopes_for",
    "why_below",
    "why_not_amend_department",
    "why_not_ask_for_token",
    "why_not_by_role",
    "why_not_called",
    "why_not_close_department",
    "why_not_consent",
    "why_not_correct",
    "why_not_enter_desk",
    "why_not_expire_role",
    "why_not_grant",
    "why_not_hand_to",
    "why_not_issue_token",
    "why_not_lapse",
    "why_not_link",
    "why_not_open_department",
    "why_not_read_access",
    "why_not_register",
    "why_not_review",
    "why_not_revoke",
    "why_not_revoke_token",
    "why_not_sign_off",
    "why_not_route",
    "why_not_take_nickname",
    "why_not_unlink",
    "why_not_withdraw_consent",
    "why_unchecked",
]
