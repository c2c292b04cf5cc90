"""Who takes part, and in which role?"""

from .accounts import People, Person
from .keys import ApiToken
from .roles import RoleGrant

__all__ = ["ApiToken", "People", "Person", "RoleGrant"]
