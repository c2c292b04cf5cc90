"""Is whoever comes back with a restored backup erased anew, as they had chosen?"""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from civic.ledger.models import Entry
from civic.people.actions import grant_role, revoke_role
from civic.people.models import Person
from civic.privacy.actions import erase_again, erase_returned
from civic.privacy.choice import Texts
from tests.civic.privacy.test_erasing import erase
from tests.making import NOON, make_official, make_person, make_proposal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("texts", Texts)
def test_who_comes_back_with_a_backup_is_erased_anew_as_they_chose(texts: Texts) -> None:
    person = make_person()
    id, kept = person.pk, _as_row(person)
    erase(person, texts)
    back = Person.objects.create(pk=id, **kept)
    proposal = make_proposal(back)
    make_person()

    assert erase_again(at=NOON) == 1
    assert erase_again(at=NOON) == 0
    proposal.refresh_from_db()
    assert proposal.author_id is None
    assert (proposal.problem == "") == (texts == Texts.GONE)
    assert [entry.data["by"] for entry in Entry.objects.filter(fact="PersonErased").order_by("id")] == [
        "self",
        "restore",
    ]


def test_role_that_a_backup_gives_back_keeps_nobody_here() -> None:
    official = make_official()
    id, kept = official.pk, _as_row(official)
    revoke_role(by=None, person=official, role="official", scope="district:11200", at=NOON)
    erase(official)
    back = Person.objects.create(pk=id, **kept)
    grant_role(
        by=None,
        person=back,
        role="official",
        name="김도로",
        scope="district:11200",
        office="도로과",
        phone="1",
        at=NOON,
    )
    assert erase_again(at=NOON) == 1


@pytest.mark.parametrize(
    "line",
    [
        '{"what": "person"}',
        '{"what": "person", "id": "no id at all"}',
        '{"what": "person", "id": 7, "texts": "kept"}',
        '{"what": "person", "id": ["a"], "texts": {}}',
        '{"what": "per',
        "[" * 100_000,
        "\x00\xff",
    ],
)
def test_line_that_names_nobody_keeps_nobody_else_here(line: str, destroyed_log: Path) -> None:
    person = make_person()
    id, kept = person.pk, _as_row(person)
    erase(person)
    destroyed_log.write_text(f"{line}\n{destroyed_log.read_text()}", encoding="latin-1")
    Person.objects.create(pk=id, **kept)

    assert erase_again(at=NOON) == 1


@pytest.mark.parametrize("texts", ["", "something else", 5])
def test_line_without_a_known_choice_takes_the_words_along(texts: object, destroyed_log: Path) -> None:
    person = make_person()
    proposal = make_proposal(person)
    destroyed_log.write_text(json.dumps({"what": "person", "id": person.pk.hex.upper(), "texts": texts}) + "\n")

    assert erase_again(at=NOON) == 1
    proposal.refresh_from_db()
    assert proposal.problem == ""


def test_erasure_that_failed_takes_nobody_along_who_came_back_since() -> None:
    person, silent, gone = make_person(), make_person(), make_person()
    for one in (person, silent, gone):
        with pytest.raises(DiskFull):
            _erase_in_vain(one)
    for one, hours in ((person, 1), (gone, -1)):
        Person.objects.filter(pk=one.pk).update(last_login=NOON + timedelta(hours=hours))

    assert erase_returned(at=NOON) == 0  # an upgrade
    assert erase_again(at=NOON) == 2  # a restore: of the others nobody knows
    assert Person.objects.filter(pk=person.pk).exists()


def test_upgrade_erases_whoever_was_gone_for_certain(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    person = make_person()
    id, kept = person.pk, _as_row(person)
    with django_capture_on_commit_callbacks(execute=True):
        erase(person)
    Person.objects.create(pk=id, **kept, last_login=NOON + timedelta(hours=1))

    assert erase_returned(at=NOON) == 1
    assert not Person.objects.filter(pk=id).exists()


class DiskFull(Exception):
    """The commit did not come about."""


@transaction.atomic
def _erase_in_vain(person: Person) -> None:
    erase(person)
    raise DiskFull


def _as_row(person: Person) -> dict[str, Any]:
    return {
        "email": person.email,
        "nickname": person.nickname,
        "date_joined": person.date_joined,
        "level": 2,
    }
