"""Who takes part, and in which role?"""

from .access import AccessLook, AccessReview, Seen
from .accounts import People, Person
from .consents import ConsentDocument, ConsentRecord
from .departments import Department, Level, Route
from .keys import ApiToken
from .levels import CodeTries, Letter, Method, PersonKey, Tie, Verification
from .roles import RoleGrant, RoleStep

__all__ = [
    "AccessLook",
    "AccessReview",
    "ApiToken",
    "CodeTries",
    "ConsentDocument",
    "ConsentRecord",
    "Department",
    "Letter",
    "Level",
    "Method",
    "People",
    "Person",
    "PersonKey",
    "RoleGrant",
    "RoleStep",
    "Route",
    "Seen",
    "Tie",
    "Verification",
]
