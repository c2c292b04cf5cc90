"""Who takes part, and in which role?"""

from .accounts import People, Person
from .consents import ConsentDocument, ConsentRecord
from .keys import ApiToken
from .roles import RoleGrant

__all__ = ["ApiToken", "ConsentDocument", "ConsentRecord", "People", "Person", "RoleGrant"]
