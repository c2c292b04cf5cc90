"""How is a look at personal data noted, and a month of looks signed off?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from civic.ledger.record import record
from civic.people.facts import AccessReviewed
from civic.people.models import AccessLook, AccessReview, Person, Seen
from civic.people.powers import POWERS
from civic.people.queries import moments_in, name_in_office
from civic.people.rules import why_not_sign_off
from civic.refusals import Refused, insist
from civic.texts import clean_line


@dataclass(frozen=True)
class Subject:
    """Whose data stood on the page, and where: `about` is a key such as `fault:F-2026-000123`. None: a guest."""

    about: str
    person: Person | None = None


def note_looks(
    *, by: Person, subjects: Iterable[Subject], what: Seen, task: str, district: str, address: str, at: datetime
) -> int:
    """Write down that one of the staff reads personal data, for which task of the table of powers: one statement.

    Called by the edge that shows it, before it answers. One's own data is nobody's business. The log is no fact:
    it holds persons, and goes when its time is over.
    """
    assert task in POWERS  # a programmer's word, not a person's
    name = name_in_office(by)
    rows = [
        AccessLook(
            by=by,
            by_name=name,
            address=address or None,
            district=district,
            subject=subject.person,
            about=subject.about,
            what=what,
            task=task,
            at=at,
        )
        for subject in subjects
        if subject.person != by
    ]
    return len(AccessLook.objects.bulk_create(rows))


def sign_off_access(*, by: Person, district: str, month: date, remark: str, at: datetime) -> AccessReview:
    """Say that one has gone through a month's looks, and what one found."""
    remark = clean_line(remark)
    try:
        with transaction.atomic():
            insist(why_not_sign_off(by, district, month, remark=remark, at=at))
            looks = moments_in(district, month).count()
            review = AccessReview.objects.create(
                district=district,
                month=month,
                by=by,
                by_name=name_in_office(by),
                looks=looks,
                remark=remark,
                at=at,
            )
            fact = AccessReviewed(key=f"access:{month:%Y-%m}", district=district, looks=looks)
            record(fact, state={"looks": looks}, concerns={by: {"as": "reviewer"}}, at=at)
    except IntegrityError as lost_race:
        refusal = why_not_sign_off(by, district, month, remark=remark, at=at)
        if refusal is None:
            raise
        raise Refused(refusal) from lost_race
    return review
