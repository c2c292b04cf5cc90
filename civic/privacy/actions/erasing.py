"""How does a person leave for good? Voices, words, traces and the account, in one transaction."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction

from civic.faults.actions import forget_reporter
from civic.ledger.record import record
from civic.outbox.actions import drop_messages
from civic.people.actions import remove_account
from civic.people.models import Person
from civic.people.queries import forget_grants
from civic.privacy.choice import Texts
from civic.privacy.destroyed import DONE, PERSON, all_destroyed, note_begun, note_done
from civic.privacy.facts import PersonErased
from civic.privacy.rules import why_not_erase
from civic.proposals.actions import take_back_proposal, withdraw_support
from civic.proposals.queries import supported_while_open, with_words_of
from civic.refusals import Refused, insist
from civic.threads.actions import forget_affiliations, take_back_post
from civic.threads.queries import posts_with_words_of
from civic.voting.actions import withdraw_ballot
from civic.voting.queries import open_rounds_of
from civic.voting.traces import overwrite_deleted

Noted = dict[str, Any]  # a line of it


@transaction.atomic
def erase_person(*, by: Person | None, person: Person, texts: Texts, at: datetime) -> None:
    """Erase an account and all that leads to its person; `by` None is the clock.

    Voices in what is open are withdrawn, those in what is decided stay counted, by nobody. Public words stay without a
    name or go, as the person chose; what was said in office stays with its office.
    """
    person, id = _held(person), str(person.pk)  # deleting takes the number from the object
    insist(why_not_erase(by, person))
    _erase(person, texts, "self" if by else "clock", at)
    note_begun(what=PERSON, id=id, texts=texts.value, at=at)
    done = partial(note_done, what=PERSON, id=id, texts=texts.value, at=at)
    transaction.on_commit(done, robust=True)  # the person is gone: a full disk brings nobody back


def erase_again(*, at: datetime) -> int:
    """Erase anew whoever a restored backup brought back, as destroyed.log says; returns how many.

    No rule is asked: they had left when the backup was older than that, whatever role it still gives them. Only of
    somebody whose erasure was begun and not noted as done the account itself says more: who signed in later is here.
    """
    left = _who_left()
    back = [person for person in Person.objects.filter(pk__in=list(left)) if not _stayed(person, left[person.pk])]
    return _erase_all(back, left, at)


def erase_returned(*, at: datetime) -> int:
    """The same on a database that nobody has called a backup: only whoever was gone for certain; returns how many."""
    left = {id: noted for id, noted in _who_left().items() if noted.get("step") == DONE}
    return _erase_all(list(Person.objects.filter(pk__in=list(left))), left, at)


def _who_left() -> dict[UUID, Noted]:
    """The last line of each person; one that names nobody holds up no other."""
    left: dict[UUID, Noted] = {}
    for noted in all_destroyed():
        try:
            id = UUID(str(noted.get("id")))
        except ValueError:
            continue
        if noted["what"] == PERSON:
            left[id] = noted
    return left


def _stayed(person: Person, noted: Noted) -> bool:
    """Whether an erasure that was begun cannot have come to its end."""
    try:
        begun = datetime.fromisoformat(str(noted.get("at")))
    except ValueError:
        return False
    return noted.get("step") != DONE and person.last_login is not None and person.last_login > begun


def _erase_all(people: Iterable[Person], left: Mapping[UUID, Noted], at: datetime) -> int:
    """A line without a known choice leaves no words standing."""
    number = 0
    for person in people:
        said = left[person.pk].get("texts")
        with transaction.atomic():
            _erase(_held(person), Texts(said) if said in Texts.values else Texts.GONE, "restore", at)
        number += 1
    return number


def _held(person: Person) -> Person:
    """Locked so that their own acts of this moment can end, which hold the row as a key."""
    forget_grants(person)
    return Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def _erase(person: Person, texts: Texts, by: str, at: datetime) -> None:
    overwrite_deleted()
    confirmed = EmailAddress.objects.filter(user=person, verified=True)  # anybody can type an address of others
    addresses = {person.email, *confirmed.values_list("email", flat=True)}
    _take_back(person, texts, addresses, at)
    _keep_out(person)
    _take_back(person, texts, addresses, at)  # what they did while the first round went on
    remove_account(person=person, at=at)
    fact = PersonErased(key="people", by=by, texts=texts.value)
    record(fact, state={}, concerns={}, at=at)


def _keep_out(person: Person) -> None:
    """From now on no act of theirs can commit: its key to the person waits for a row that goes.

    Not from the beginning: an act that holds a proposal and waits for the person, and we for the proposal, would
    never end.
    """
    Person.objects.select_for_update().get(pk=person.pk)


def _take_back(person: Person, texts: Texts, addresses: Collection[str], at: datetime) -> None:
    _withdraw_voices(person, at)
    if texts == Texts.GONE:
        _take_back_words(person, at)
    forget_affiliations(by=person)
    forget_reporter(by=person, addresses=addresses)
    drop_messages(to=addresses)


def _withdraw_voices(person: Person, at: datetime) -> None:
    """By the ordinary actions. What closes in this very moment keeps the voice, as everything decided does."""
    for proposal in supported_while_open(person, at=at):
        try:
            withdraw_support(by=person, proposal=proposal, at=at)
        except Refused:
            continue
    for round in open_rounds_of(person, at=at):
        try:
            withdraw_ballot(by=person, round=round, at=at)
        except Refused:
            continue


def _take_back_words(person: Person, at: datetime) -> None:
    for post in posts_with_words_of(person):
        take_back_post(by=person, post=post, at=at)
    for proposal in with_words_of(person):
        take_back_proposal(by=person, proposal=proposal, at=at)
