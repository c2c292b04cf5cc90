"""Which roles does a person hold, which keys, and is the address theirs?"""

from .accounts import is_confirmed, never_confirmed, open_account
from .consents import PLACE, agrees_to, consents_due, consents_of, documents_in_force
from .keys import tokens_of
from .roles import RoleShown, forget_grants, grant_for, grants_of, roles_shown

__all__ = [
    "PLACE",
    "RoleShown",
    "agrees_to",
    "consents_due",
    "consents_of",
    "documents_in_force",
    "forget_grants",
    "grant_for",
    "grants_of",
    "is_confirmed",
    "never_confirmed",
    "open_account",
    "roles_shown",
    "tokens_of",
]
