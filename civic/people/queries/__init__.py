"""Which roles does a person hold, which keys, and is the address theirs?"""

from .access import (
    Looker,
    MonthOfLooks,
    ViewOfData,
    lookers_in,
    looks_in,
    moments_in,
    months_of,
    next_month,
    review_of,
    views_at,
)
from .accounts import is_confirmed, never_confirmed, open_account
from .consents import PLACE, agrees_to, consents_due, consents_of, documents_in_force, versions_of
from .departments import (
    Unit,
    chain_of,
    department_for,
    find_department,
    titles_in_english,
    tree_of,
    with_one_of,
)
from .factors import FACTORS, app_of, has_factor
from .keys import tokens_of
from .levels import holder_of, known_as, level_of, ties_of, verification_of
from .links import linked_accounts
from .pointing import keys_to_people
from .roles import (
    RoleShown,
    forget_grants,
    grant_for,
    grant_in,
    grants_of,
    held_within,
    holders_over,
    name_in_office,
    roles_shown,
    run_out,
    steps_within,
)

__all__ = [
    "FACTORS",
    "Looker",
    "MonthOfLooks",
    "PLACE",
    "RoleShown",
    "Unit",
    "ViewOfData",
    "agrees_to",
    "app_of",
    "chain_of",
    "consents_due",
    "consents_of",
    "department_for",
    "documents_in_force",
    "find_department",
    "forget_grants",
    "grant_for",
    "grant_in",
    "grants_of",
    "has_factor",
    "holder_of",
    "held_within",
    "holders_over",
    "is_confirmed",
    "keys_to_people",
    "known_as",
    "level_of",
    "linked_accounts",
    "lookers_in",
    "looks_in",
    "moments_in",
    "months_of",
    "name_in_office",
    "never_confirmed",
    "next_month",
    "open_account",
    "review_of",
    "roles_shown",
    "run_out",
    "steps_within",
    "ties_of",
    "tokens_of",
    "titles_in_english",
    "tree_of",
    "verification_of",
    "views_at",
    "versions_of",
    "with_one_of",
]
