"""What is known of a person? Every row that points to them, table by table: one query each, however many rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise

from civic.faults.models import Contact, Report
from civic.outbox.models import Message
from civic.people.models import Person
from civic.people.queries import keys_to_people
from civic.people.queries.pointing import Key
from civic.photos.models import Photo
from civic.privacy.kept import COLUMNS, KEPT, LOOSE, Kept
from civic.privacy.withheld import WITHHELD
from civic.proposals.models import ProposalTag

from .wording import says, shown

SHOWN = 20  # rows of a table on the readable page; the file has them all


@dataclass(frozen=True)
class Table:
    """Rows of one key on the readable page."""

    title: str | Promise
    heads: list[str | Promise]
    rows: list[list[Any]]
    total: int

    @property
    def labelled(self) -> list[list[tuple[str | Promise, Any]]]:
        """Each cell with its heading, for narrow screens."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]

    @property
    def left_out(self) -> int:
        return self.total - len(self.rows)


def name_of(key: Key) -> str:
    """How a key is named in `KEPT`: application, model, field."""
    return f"{key.model._meta.label}.{key.name}"


def export_of(person: Person) -> dict[str, Any]:
    """All that is kept, ready for JSON: the account, then a list of rows for each key, empty ones too."""
    tables = {name_of(key): [*_rows(key, KEPT[name_of(key)], person)] for key in keys_to_people()}
    loose = {name: list(rows.values(*LOOSE[name].columns)) for name, rows in _without_a_key(person).items()}
    left_out = {name: {column: why.words for column, why in kept.items()} for name, kept in WITHHELD.items() if kept}
    return {"account": account_of(person), "rows": tables, "more": loose, "left_out": left_out}


def tables_of(person: Person) -> list[Table]:
    """The same for reading; tables without rows are left out."""
    found = []
    known = {name_of(key): key for key in keys_to_people()}
    for name in KEPT.keys() & known.keys():
        kept = KEPT[name]
        found.append((name, _table(kept, list(_rows(known[name], kept, person)), known[name].model)))
    order = list(KEPT)
    ordered = [table for _name, table in sorted(found, key=lambda pair: order.index(pair[0]))]
    loose = [
        _table(LOOSE[name], list(rows.values(*LOOSE[name].columns)), rows.model)
        for name, rows in _without_a_key(person).items()
    ]
    return [table for table in ordered + loose if table.total]


def account_of(person: Person) -> dict[str, Any]:
    """The row of the account itself; a password is kept as a one-way hash and is nobody's to read."""
    return {
        "id": str(person.pk),
        "email": person.email,
        "nickname": person.nickname,
        "dong": str(person.dong) if person.dong else None,
        "joined": person.date_joined,
        "last_sign_in": person.last_login,
        "has_password": person.has_usable_password(),
        "level": person.level,
        "fourteen_or_older_told_at": person.age_told_at,
        "consent_due": person.consent_due,
        "is_active": person.is_active,
        "is_staff": person.is_staff,
        "groups": sorted(person.groups.values_list("name", flat=True)),
    }


def _rows(key: Key, kept: Kept, person: Person) -> Iterator[dict[str, Any]]:
    rows = key.model._base_manager.filter(**{key.name: person})
    return iter(rows.order_by("pk").values(*kept.columns))


def _without_a_key(person: Person) -> dict[str, QuerySet[Any]]:
    """What belongs to a person by an address, a report or a proposal, not by a key, by its name in `LOOSE`."""
    confirmed = EmailAddress.objects.filter(user=person, verified=True)  # anybody can type an address of others
    addresses = {person.email, *confirmed.values_list("email", flat=True)}
    reports = [report.key for report in Report.objects.filter(person=person).only("pk")]
    left = Q(report__person=person) | Q(email__in=addresses)
    return {
        "tags": ProposalTag.objects.filter(content_object__author=person).order_by("pk"),
        "contacts": Contact.objects.filter(left).order_by("pk"),
        "pictures": Photo.objects.filter(key__in=reports).order_by("pk"),
        "mails": Message.objects.filter(recipient__in=addresses).order_by("queued_at"),
    }


def _table(kept: Kept, rows: list[dict[str, Any]], model: type[Model]) -> Table:
    say = {column: says(model, column) for column in kept.columns} if rows else {}
    read = [[shown(say[column](row[column])) for column in kept.columns] for row in rows[:SHOWN]]
    return Table(kept.title, [COLUMNS[column] for column in kept.columns], read, len(rows))
