"""Who are the residents of the demonstration? People who agreed to everything and were checked, so that they vote."""

from datetime import date, datetime
from typing import Final

from civic.people.actions import give_consents, verify_at_office
from civic.people.models import Person, Tie
from civic.people.person_key import Card
from civic.people.queries import documents_in_force

_READ_OUT: Final = str.maketrans(
    "0123456789A", "영일이삼사오육칠팔구에"
)  # a name on a card is of one script, without digits
_BORN: Final = date(1980, 1, 1)
_AT_HOME: Final = "11200"  # the district of the story


def check_in_story(person: Person, at: datetime) -> None:
    """As if they had shown a card at the counter; what stands on it is made of the nickname."""
    give_consents(person=person, documents=documents_in_force(), network="", at=at)
    card = Card(name=person.nickname.translate(_READ_OUT), born=_BORN)
    ties = {Tie.Kind.LIVES.value: person.dong} if person.dong else {}
    district = person.dong.district_id if person.dong else _AT_HOME
    verify_at_office(by=None, person=person, card=card, district=district, ties=ties, at=at)
