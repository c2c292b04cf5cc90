"""Does a person put right what the account says of them, within the rules that held when it was made?"""

from datetime import datetime

import pytest

from civic.ledger.models import Entry
from civic.people.actions import correct_person
from civic.people.models import Person
from civic.places.models import Dong
from civic.refusals import Refused
from tests.making import DOSEON, make_person
from tests.privacy_examples import agreed

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return make_person("Alley")


def correct(person: Person, at: datetime, nickname: str = "Alley", dong: str | None = None) -> Person:
    correct_person(by=person, nickname=nickname, dong=Dong.objects.get(code=dong) if dong else None, at=at)
    return Person.objects.get(pk=person.pk)


def test_nickname_is_changed_and_the_fact_names_the_field_only(person: Person, at: datetime) -> None:
    assert correct(person, at, " 새  이름 ").nickname == "새 이름"
    assert Entry.objects.get(fact="PersonCorrected").data == {"what": "nickname"}


def test_nickname_may_change_its_case(person: Person, at: datetime) -> None:
    assert correct(person, at, "ALLEY").nickname == "ALLEY"


def test_nothing_changed_leaves_no_fact(person: Person, at: datetime) -> None:
    correct(person, at)
    assert not Entry.objects.filter(fact="PersonCorrected").exists()


def test_dong_is_kept_for_who_agrees_to_that_and_can_be_emptied(person: Person, at: datetime) -> None:
    agreed(person)
    assert correct(person, at, dong=DOSEON).dong_id == DOSEON
    assert correct(person, at).dong_id is None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"nickname": "남의이름"}, "nickname_taken"),
        ({"nickname": "성동구"}, "nickname_posing"),
        ({"dong": DOSEON}, "place_not_agreed"),
    ],
)
def test_correction_is_refused_with_its_reason_and_writes_nothing(
    person: Person, at: datetime, changed: dict[str, str], code: str
) -> None:
    make_person("남의이름")
    with pytest.raises(Refused) as caught:
        correct(person, at, **changed)
    assert caught.value.refusal.code == code
    person.refresh_from_db()
    assert (person.nickname, person.dong_id) == ("Alley", None)
