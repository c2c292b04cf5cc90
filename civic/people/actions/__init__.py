"""What can be done to accounts, roles and keys? Each verb is one transaction and leaves one fact."""

from .accounts import change_password, confirm_address, lapse_account, register_person
from .keys import issue_token, revoke_token
from .roles import grant_role, revoke_role

__all__ = [
    "change_password",
    "confirm_address",
    "grant_role",
    "issue_token",
    "lapse_account",
    "register_person",
    "revoke_role",
    "revoke_token",
]
