"""Who takes part, and in which role?"""

from .accounts import People, Person
from .consents import ConsentDocument, ConsentRecord
from .keys import ApiToken
from .levels import CodeTries, Letter, Method, PersonKey, Tie, Verification
from .roles import RoleGrant

__all__ = [
    "ApiToken",
    "CodeTries",
    "ConsentDocument",
    "ConsentRecord",
    "Letter",
    "Method",
    "People",
    "Person",
    "PersonKey",
    "RoleGrant",
    "Tie",
    "Verification",
]
