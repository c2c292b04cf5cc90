"""What can be done to accounts, roles and keys? Each verb is one transaction and leaves one fact."""

from .access import Subject, note_looks, sign_off_access
from .accounts import change_password, confirm_address, lapse_account, register_person
from .checks import take_back_check, verify_at_office, verify_by_provider
from .consents import end_consents, give_consents, load_documents, withdraw_consent
from .departments import (
    DepartmentWords,
    amend_department,
    close_department,
    load_departments,
    open_department,
    route_category,
)
from .details import correct_person
from .factors import drop_factors, give_app, note_factor_added, note_factor_removed
from .keys import act_by_token, issue_token, revoke_token
from .letters import forget_letters, redeem_letter, send_letters
from .links import distrust_links, link_account, unlink_account
from .removing import remove_account
from .roles import expire_role, grant_role, revoke_role
from .sheets import take_back_sheet
from .ties import declare_tie, withdraw_tie

__all__ = [
    "Subject",
    "DepartmentWords",
    "act_by_token",
    "amend_department",
    "change_password",
    "close_department",
    "confirm_address",
    "correct_person",
    "declare_tie",
    "distrust_links",
    "end_consents",
    "expire_role",
    "forget_letters",
    "drop_factors",
    "give_app",
    "give_consents",
    "grant_role",
    "issue_token",
    "lapse_account",
    "link_account",
    "load_departments",
    "load_documents",
    "note_factor_added",
    "note_factor_removed",
    "open_department",
    "redeem_letter",
    "note_looks",
    "register_person",
    "remove_account",
    "revoke_role",
    "revoke_token",
    "sign_off_access",
    "route_category",
    "send_letters",
    "take_back_check",
    "take_back_sheet",
    "unlink_account",
    "verify_at_office",
    "verify_by_provider",
    "withdraw_consent",
    "withdraw_tie",
]
