"""What is known of a person? Every row that points to them, table by table: one query each, however many rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.timezone import localtime

from civic.faults.models import Report
from civic.outbox.models import Message
from civic.people.models import Person
from civic.people.queries import keys_to_people
from civic.people.queries.pointing import Key
from civic.photos.models import Photo
from civic.privacy.kept import COLUMNS, KEPT, MAILS, PICTURES, Kept
from civic.texts import plain

from .wording import Words, words_of

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
    loose = {name: list(rows) for name, _kept, rows in _without_a_key(person)}
    return {"account": account_of(person), "rows": tables, "more": loose}


def tables_of(person: Person) -> list[Table]:
    """The same for reading; tables without rows are left out."""
    found = []
    known = {name_of(key): key for key in keys_to_people()}
    for name in KEPT.keys() & known.keys():
        kept = KEPT[name]
        found.append((name, _table(kept, list(_rows(known[name], kept, person)), known[name].model)))
    order = list(KEPT)
    ordered = [table for _name, table in sorted(found, key=lambda pair: order.index(pair[0]))]
    loose = [_table(kept, list(rows), None) for _name, kept, rows in _without_a_key(person)]
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
        "groups": sorted(person.groups.values_list("name", flat=True)),
    }


def _rows(key: Key, kept: Kept, person: Person) -> Iterator[dict[str, Any]]:
    rows = key.model._base_manager.filter(**{key.name: person})
    return iter(rows.order_by("pk").values(*kept.columns))


def _without_a_key(person: Person) -> Iterator[tuple[str, Kept, Iterable[dict[str, Any]]]]:
    """What belongs to a person by an address or by a report, not by a key: mails, and pictures of reports."""
    confirmed = EmailAddress.objects.filter(user=person, verified=True)  # anybody can type an address of others
    addresses = {person.email, *confirmed.values_list("email", flat=True)}
    mails = Message.objects.filter(recipient__in=addresses).order_by("queued_at")
    yield "mails", MAILS, mails.values(*MAILS.columns)
    reports = [report.key for report in Report.objects.filter(person=person).only("pk")]
    pictures = Photo.objects.filter(key__in=reports).order_by("pk")
    yield "pictures", PICTURES, pictures.values(*PICTURES.columns)


def _table(kept: Kept, rows: list[dict[str, Any]], model: type[Model] | None) -> Table:
    words = {column: words_of(model, column) for column in kept.columns} if model and rows else {}
    shown = [[_shown(_said(words.get(column), row[column])) for column in kept.columns] for row in rows[:SHOWN]]
    return Table(kept.title, [COLUMNS[column] for column in kept.columns], shown, len(rows))


def _said(words: Words | None, value: Any) -> Any:
    return words.get(value, value) if words else value


def _shown(value: Any) -> Any:
    """Moments by the clock in Seoul, rich text without its marks."""
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return " · ".join(str(part) for part in value.values())
    return plain(value) if isinstance(value, str) and "<" in value else value
