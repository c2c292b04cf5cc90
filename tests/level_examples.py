"""One example of every action on levels and ties that records a fact: prepare, then act; joined in examples.py."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import count

from civic.ledger.models import Entry
from civic.people import actions as people
from civic.people.actions.raising import lower_level, raise_level
from civic.people.level_facts import PersonVerified, VerificationWithdrawn
from civic.people.levels import CHECKED, CONFIRMED
from civic.people.models import Method, Person
from civic.people.person_key import Card
from civic.people.queries import documents_in_force
from civic.places.models import Dong
from tests.making import DOSEON, NOON, make_official, make_person

Act = Callable[[], object]
BORN = date(1990, 1, 2)
_HANGUL = str.maketrans("0123456789", "영일이삼사오육칠팔구")  # a name holds no digit
_serial = count(1)


def make_card(name: str = "") -> Card:
    """What stands on somebody's card; somebody else's each time where no name is given."""
    return Card(name=name or f"홍길{next(_serial)}".translate(_HANGUL), born=BORN)


def make_unchecked(nickname: str = "", *, password: str | None = None) -> Person:
    """Somebody whose address is confirmed, and no more."""
    return make_person(nickname, password=password, level=CONFIRMED)


def agree(person: Person) -> Person:
    """To everything that is asked, the keeping of dongs with it."""
    people.give_consents(person=person, documents=documents_in_force(), network="", at=NOON)
    return person


def check(person: Person, card: Card | None = None, **ties: Dong) -> Person:
    """The counter of Seongdong has seen the card, and what ties the person to dongs."""
    if ties:
        agree(person)
    return at_counter_of(make_official(), person, card, **ties)


def at_counter_of(official: Person, person: Person, card: Card | None = None, **ties: Dong) -> Person:
    """The same, by this official."""
    card = card or make_card()
    people.verify_at_office(by=official, person=person, card=card, district="11200", ties=ties, at=NOON)
    person.refresh_from_db()
    return person


def send_letter(card: Card | None = None, *, at: datetime = NOON) -> str:
    """The code of a letter to Doseon-dong."""
    dong = Dong.objects.get(code=DOSEON)
    return people.send_letters(by=make_official(), dong=dong, cards=[card or make_card()], at=at).codes[0]


def print_sheet(*, by: Person | None = None, number: int = 1, at: datetime = NOON) -> tuple[Entry, list[str]]:
    """A sheet of letters to Doseon-dong, to people whom nobody knows: its line of the ledger, and the codes."""
    dong, cards = Dong.objects.get(code=DOSEON), [make_card() for _n in range(number)]
    sheet = people.send_letters(by=by or make_official(), dong=dong, cards=cards, at=at)
    return Entry.objects.get(pk=sheet.number), sheet.codes


def _verify() -> Act:
    official, person = make_official(), agree(make_unchecked())
    ties = {"lives": Dong.objects.get(code=DOSEON)}
    return lambda: people.verify_at_office(
        by=official, person=person, card=make_card(), district="11200", ties=ties, at=NOON
    )


def _raise() -> Act:
    official, person = make_official(), make_unchecked()
    fact = PersonVerified(key="people", district="11200", level=CHECKED, method=Method.OFFICE)
    return lambda: raise_level(person, fact, by=official, at=NOON)


def _lower() -> Act:
    official, person = make_official(), check(make_unchecked())
    fact = VerificationWithdrawn(key="people", district="11200")
    return lambda: lower_level(person, fact, by=official, reason="다른 계정이었습니다.", at=NOON)


def _by_provider() -> Act:
    person = make_unchecked()
    return lambda: people.verify_by_provider(by=person, provider="simple", subject="di-1", card=make_card(), at=NOON)


def _take_back() -> Act:
    person = check(make_unchecked())
    official = make_official()
    return lambda: people.take_back_check(by=official, person=person, reason="다른 계정이었습니다.", at=NOON)


def _send() -> Act:
    official, dong = make_official(), Dong.objects.get(code=DOSEON)
    return lambda: people.send_letters(by=official, dong=dong, cards=[make_card()], at=NOON)


def _take_back_sheet() -> Act:
    admin, (sheet, codes) = make_official(role="admin"), print_sheet(number=2)
    people.redeem_letter(by=make_unchecked(), code=codes[0], at=NOON)
    return lambda: people.take_back_sheet(by=admin, sheet=sheet, reason="아무도 살지 않는 곳입니다.", at=NOON)


def _redeem() -> Act:
    person, code = make_unchecked(), send_letter()
    return lambda: people.redeem_letter(by=person, code=code, at=NOON)


def _declare() -> Act:
    person, dong = agree(make_person()), Dong.objects.get(code=DOSEON)
    return lambda: people.declare_tie(by=person, kind="works", dong=dong, at=NOON)


def _withdraw() -> Act:
    person = agree(make_person())
    people.declare_tie(by=person, kind="works", dong=Dong.objects.get(code=DOSEON), at=NOON)
    return lambda: people.withdraw_tie(by=person, kind="works", at=NOON)


LEVEL_EXAMPLES: dict[str, Callable[[], Act]] = {
    "verify_at_office": _verify,
    "raise_level": _raise,
    "lower_level": _lower,
    "verify_by_provider": _by_provider,
    "take_back_check": _take_back,
    "send_letters": _send,
    "take_back_sheet": _take_back_sheet,
    "redeem_letter": _redeem,
    "declare_tie": _declare,
    "withdraw_tie": _withdraw,
}
