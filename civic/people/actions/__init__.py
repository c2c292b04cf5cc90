"""What can be done to accounts, roles and keys? Each verb is one transaction and leaves one fact."""

from .accounts import change_password, confirm_address, lapse_account, register_person
from .consents import end_consents, give_consents, load_documents, withdraw_consent
from .details import correct_person
from .keys import issue_token, revoke_token
from .roles import grant_role, revoke_role

__all__ = [
    "change_password",
    "confirm_address",
    "correct_person",
    "end_consents",
    "give_consents",
    "grant_role",
    "issue_token",
    "lapse_account",
    "load_documents",
    "register_person",
    "revoke_role",
    "revoke_token",
    "withdraw_consent",
]
