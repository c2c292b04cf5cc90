"""To what has a person agreed, and what has to be asked?"""

from django.db.models import QuerySet

from civic.people.models import ConsentDocument, ConsentRecord, Person

PLACE = "place"  # the optional document on which the dong of a person rests


def documents_in_force() -> list[ConsentDocument]:
    """The newest version of each document, required ones first: one query."""
    rows = ConsentDocument.objects.order_by("kind", "-version")
    newest: dict[str, ConsentDocument] = {}
    for document in rows:
        newest.setdefault(document.kind, document)
    return sorted(newest.values(), key=lambda document: (not document.required, document.pk))


def versions_of(kind: str) -> list[ConsentDocument]:
    """Each version of a document, the newest first: one query."""
    return list(ConsentDocument.objects.filter(kind=kind).order_by("-version"))


def consents_of(person: Person) -> QuerySet[ConsentRecord]:
    """What the person agrees to now, whatever the version."""
    return ConsentRecord.objects.filter(person=person, withdrawn_at__isnull=True).select_related("document")


def consents_due(person: Person | None) -> list[ConsentDocument]:
    """What has to be asked: of somebody who makes an account everything; of a person what changed since they agreed.

    An optional document that was refused is not asked again.
    """
    current = documents_in_force()
    if person is None:
        return current
    held = {record.document.kind: record.document.version for record in consents_of(person)}
    return [
        document
        for document in current
        if held.get(document.kind) != document.version and (document.required or document.kind in held)
    ]


def agrees_to(person: Person, kind: str) -> bool:
    """Whether the person agrees to this document now, in any version."""
    return consents_of(person).filter(document__kind=kind).exists()
