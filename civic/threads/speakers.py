"""In which role does a person speak in a district? In the one that binds most: an official never speaks unseen."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from civic.people.models import Person
from civic.people.queries import grant_in
from civic.people.roles import (
    ROLES,
    Admin,
    Coordinator,
    Expert,
    LabMember,
    Moderator,
    Official,
    Panel,
    Resident,
)

# The first one that the person holds in the district is shown.
BY_WEIGHT = (Official, Moderator, Expert, Coordinator, Admin, LabMember, Panel)

IN_OFFICE = frozenset(code for code, role in ROLES.items() if role.staff)  # the house stands for their words


@dataclass(frozen=True)
class Speaker:
    """What stands beside the words: a role, the name, office or field that go with it, an official's telephone.

    Without a name the account's stands there.
    """

    role: str
    name: str = ""
    office: str = ""
    phone: str = ""

    @property
    def in_office(self) -> bool:
        """Do they speak for the house? Then they need not take a side."""
        return ROLES[self.role].staff


def speaker_of(person: Person | AnonymousUser, district: str) -> Speaker:
    """The role in which the person speaks in the district: one query for each person object."""
    for role in BY_WEIGHT:
        grant = grant_in(person, role.code, district)
        if grant is not None:
            # who speaks for the house signs, and the name stays; others go by their account's, or as granted
            name = grant.signature if role.staff else grant.name
            return Speaker(role.code, name, grant.office, grant.phone)
    return Speaker(Resident.code)
