"""How is consent given and taken back? Each document by itself, with its version and its moment."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac

from civic.ledger.record import record
from civic.people.facts import ConsentGiven, ConsentWithdrawn
from civic.people.models import ConsentDocument, ConsentRecord, Person, Tie
from civic.people.queries import PLACE, consents_due, consents_of
from civic.people.rules import why_not_consent, why_not_withdraw_consent
from civic.refusals import insist

from .holding import lock


@transaction.atomic
def give_consents(*, person: Person, documents: Collection[ConsentDocument], network: str, at: datetime) -> None:
    """Agree to these documents, in the versions that hold; they take the place of older ones.

    `network` is an address or a digest of one: only a keyed digest is kept, as proof of where it was given.
    """
    lock(person)
    insist(why_not_consent(person, documents))
    held = set(consents_of(person).values_list("document_id", flat=True))
    fresh = [document for document in documents if document.pk not in held]
    digest = salted_hmac("people.consents", network, algorithm="sha256").hexdigest() if network else ""
    ConsentRecord.objects.bulk_create(
        ConsentRecord(person=person, account=person.pk, document=document, network=digest, at=at) for document in fresh
    )
    for document in fresh:
        _tell(ConsentGiven, person, document, at)
    older = consents_of(person).filter(document__kind__in=[document.kind for document in fresh])
    older.exclude(document__in=fresh).update(withdrawn_at=at)
    _still_due(person)


@transaction.atomic
def withdraw_consent(*, by: Person, document: ConsentDocument, at: datetime) -> None:
    """Take a consent back; what rests on it alone goes with it, the account stays."""
    lock(by)
    insist(why_not_withdraw_consent(by, document))
    for ended in consents_of(by).filter(document__kind=document.kind):
        ConsentRecord.objects.filter(pk=ended.pk).update(withdrawn_at=at)
        _tell(ConsentWithdrawn, by, ended.document, at)
    if document.kind == PLACE:
        _forget_places(by)
    _still_due(by)


@transaction.atomic
def load_documents(*, rows: Iterable[Mapping[str, Any]]) -> None:
    """Bring in versions that are not there yet, and have everybody asked whom a new one concerns.

    Raises ValueError where a version has other words than those that people agreed to. `formerly` in a row holds how a
    part of it was spelt before, meaning the same: what was agreed to stays as it is then, and nobody is asked again.
    """
    for told in rows:
        row, formerly = {**told}, told.get("formerly", {})
        row.pop("formerly", None)
        found = ConsentDocument.objects.filter(kind=row["kind"], version=row["version"])
        if not found.exists():
            document = ConsentDocument.objects.create(**row)
            _ask_again(document)
        elif not (found.filter(**row) | found.filter(**{**row, **formerly})).exists():
            raise ValueError(f"{row['kind']} {row['version']} has other words than before: give it a new version")


def end_consents(person: Person, *, at: datetime) -> None:
    """All consents of an account that is being erased: their proof stays, without the network."""
    consents_of(person).update(withdrawn_at=at)
    ConsentRecord.objects.filter(person=person).update(network="")


def forget_consents(person: Person) -> None:
    """Of an account that never came to be: there is nothing to prove."""
    ConsentRecord.objects.filter(person=person).delete()


def _ask_again(document: ConsentDocument) -> None:
    """Everybody for what is required; for the rest whoever agreed to an older version."""
    people = Person.objects.all()
    if not document.required:
        older = ConsentRecord.objects.filter(document__kind=document.kind, withdrawn_at__isnull=True)
        people = people.filter(pk__in=older.values("person"))
    people.update(consent_due=True)


def _still_due(person: Person) -> None:
    """Whether something is left to be asked."""
    due = bool(consents_due(person))
    if due != person.consent_due:
        Person.objects.filter(pk=person.pk).update(consent_due=due)
        person.consent_due = due


def _forget_places(person: Person) -> None:
    Tie.objects.filter(person=person).delete()
    Person.objects.filter(pk=person.pk).update(dong=None)
    person.dong = None


def _tell(
    fact: type[ConsentGiven] | type[ConsentWithdrawn], person: Person, document: ConsentDocument, at: datetime
) -> None:
    told = fact(key=f"consent:{document.kind}", version=document.version)
    record(told, state={}, concerns={person: {"as": "holder"}}, at=at)
