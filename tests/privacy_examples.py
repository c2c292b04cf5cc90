"""Examples of the actions on consents, details and erasure; `tests.examples` collects them."""

from collections.abc import Callable

from civic.people import actions as people
from civic.people.queries import documents_in_force
from tests.making import NOON, make_person

Act = Callable[[], object]


def _give_consents() -> Act:
    person = make_person()
    return lambda: people.give_consents(person=person, documents=documents_in_force(), network="192.0.2.7", at=NOON)


def _withdraw_consent() -> Act:
    person, documents = make_person(), documents_in_force()
    people.give_consents(person=person, documents=documents, network="", at=NOON)
    place = next(document for document in documents if document.kind == "place")
    return lambda: people.withdraw_consent(by=person, document=place, at=NOON)


def _correct() -> Act:
    person = make_person()
    return lambda: people.correct_person(by=person, nickname="고친이름", dong=None, at=NOON)


PRIVACY_EXAMPLES: dict[str, Callable[[], Act]] = {
    "give_consents": _give_consents,
    "withdraw_consent": _withdraw_consent,
    "correct_person": _correct,
}
