"""Is each consent a matter of its own: given, taken back, asked again when its text changes, and proven?"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from civic.ledger.models import Entry
from civic.people.actions import give_consents, lapse_account, load_documents, register_person, withdraw_consent
from civic.people.models import ConsentDocument, ConsentRecord, Person
from civic.people.queries import PLACE, agrees_to, consents_due, consents_of, documents_in_force
from civic.places.models import Dong
from civic.refusals import Refused
from tests.making import DOSEON, make_person

pytestmark = pytest.mark.django_db
ADDRESS = "192.0.2.7"


def document(kind: str) -> ConsentDocument:
    return next(one for one in documents_in_force() if one.kind == kind)


def give(person: Person, at: datetime, *kinds: str) -> None:
    chosen = [document(kind) for kind in kinds] or documents_in_force()
    give_consents(person=person, documents=chosen, network=ADDRESS, at=at)


def newer(kind: str) -> ConsentDocument:
    """Another version of a document, brought in as an installation brings it in."""
    row = ConsentDocument.objects.filter(kind=kind).values().latest("version")
    row |= {"version": row["version"] + 1, "purpose_ko": "새 글", "since": date(2027, 1, 1)}
    row.pop("id")
    load_documents(rows=[row])
    return document(kind)


def refusal_of(action: Any, **arguments: object) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        action(**arguments)
    return caught.value.refusal.code, caught.value.refusal.field


def test_newcomer_is_asked_every_document_the_required_first() -> None:
    assert [(one.kind, one.required) for one in consents_due(None)] == [
        ("terms", True),
        ("account", True),
        (PLACE, False),
    ]


def test_each_consent_is_a_record_of_its_own_with_version_and_moment(at: datetime) -> None:
    person = make_person()
    give(person, at)
    records = consents_of(person)
    assert {(one.document, one.at, one.account) for one in records} == {
        (one, at, person.pk) for one in documents_in_force()
    }
    told = Entry.objects.filter(fact="ConsentGiven").values_list("key", flat=True)
    assert set(told) == {"consent:terms", "consent:account", "consent:place"}


def test_network_is_kept_as_a_keyed_digest_only(at: datetime) -> None:
    person = make_person()
    give(person, at)
    assert {len(one.network) for one in consents_of(person)} == {64}
    assert ADDRESS not in str(list(ConsentRecord.objects.values()))


def test_consent_given_twice_is_one(at: datetime) -> None:
    person = make_person()
    give(person, at)
    give(person, at + timedelta(days=1))
    assert {one.at for one in ConsentRecord.objects.filter(person=person)} == {at}


def test_optional_document_that_is_refused_leaves_the_account_usable(at: datetime) -> None:
    person = make_person()
    give(person, at, "terms", "account")
    assert consents_due(person) == []
    assert not agrees_to(person, PLACE)


def test_required_document_that_is_left_out_is_named(at: datetime) -> None:
    person = make_person()
    refused = refusal_of(give_consents, person=person, documents=[document("terms")], network="", at=at)
    assert refused == ("consent_missing", "consent_account")
    assert not ConsentRecord.objects.exists()


def test_withdrawn_consent_ends_and_what_rests_on_it_goes(at: datetime) -> None:
    person = make_person()
    give(person, at)
    Person.objects.filter(pk=person.pk).update(dong=Dong.objects.get(code=DOSEON))
    withdraw_consent(by=person, document=document(PLACE), at=at + timedelta(days=1))
    person.refresh_from_db()
    assert (person.dong, person.is_active, consents_due(person)) == (None, True, [])
    ended = ConsentRecord.objects.get(person=person, document__kind=PLACE)
    assert ended.withdrawn_at == at + timedelta(days=1)
    assert Entry.objects.filter(fact="ConsentWithdrawn", key="consent:place").exists()


def test_consent_the_account_stands_on_is_taken_back_by_leaving_only(at: datetime) -> None:
    person = make_person()
    give(person, at)
    assert refusal_of(withdraw_consent, by=person, document=document("terms"), at=at)[0] == "consent_required"


def test_consent_that_was_not_given_cannot_be_taken_back(at: datetime) -> None:
    person = make_person()
    assert refusal_of(withdraw_consent, by=person, document=document(PLACE), at=at)[0] == "consent_not_given"


def test_withdrawn_consent_can_be_given_anew(at: datetime) -> None:
    person = make_person()
    give(person, at)
    withdraw_consent(by=person, document=document(PLACE), at=at)
    give(person, at + timedelta(days=1), PLACE)
    assert agrees_to(person, PLACE)
    assert ConsentRecord.objects.filter(person=person, document__kind=PLACE).count() == 2


def test_new_version_of_a_required_document_asks_everybody_again(at: datetime) -> None:
    person, before = make_person(), document("terms")
    give(person, at)
    changed = newer("terms")
    person.refresh_from_db()
    assert person.consent_due
    assert consents_due(person) == [changed]
    give_consents(person=person, documents=[changed], network=ADDRESS, at=at + timedelta(days=9))
    person.refresh_from_db()
    assert (person.consent_due, consents_due(person)) == (False, [])
    old = ConsentRecord.objects.get(person=person, document=before)
    assert old.withdrawn_at == at + timedelta(days=9)


def test_new_version_of_an_optional_document_asks_who_agreed_to_the_old_one(at: datetime) -> None:
    agreed, refused = make_person(), make_person()
    give(agreed, at)
    give(refused, at, "terms", "account")
    newer(PLACE)
    for person in (agreed, refused):
        person.refresh_from_db()
    assert (agreed.consent_due, refused.consent_due) == (True, False)
    withdraw_consent(by=agreed, document=document(PLACE), at=at)
    agreed.refresh_from_db()
    assert not agreed.consent_due


def test_version_that_no_longer_holds_is_not_agreed_to(at: datetime) -> None:
    person, old = make_person(), document("terms")
    newer("terms")
    assert refusal_of(give_consents, person=person, documents=[old], network="", at=at)[0] == "consent_outdated"


def test_documents_are_loaded_once_and_never_with_other_words() -> None:
    row = ConsentDocument.objects.values().get(kind="terms")
    row.pop("id")
    load_documents(rows=[row])
    assert ConsentDocument.objects.filter(kind="terms").count() == 1
    with pytest.raises(ValueError, match="give it a new version"):
        load_documents(rows=[row | {"purpose_ko": "몰래 고친 글"}])


def test_document_spelt_in_another_way_asks_nobody_and_stays_as_it_was_agreed_to() -> None:
    person = make_person()
    row = ConsentDocument.objects.values().get(kind="terms")
    row.pop("id")
    load_documents(rows=[row | {"purpose_ko": "달리 적은 글", "formerly": {"purpose_ko": row["purpose_ko"]}}])
    person.refresh_from_db()
    assert (document("terms").purpose_ko, person.consent_due) == (row["purpose_ko"], False)
    assert "전자우편" not in document("account").items_ko


def test_document_speaks_the_language_of_the_page() -> None:
    terms = document("terms")
    with override("en"):
        assert (terms.title, terms.refusal) == (terms.title_en, terms.refusal_en)
    with override("ko"):
        assert (terms.title, terms.purpose) == (terms.title_ko, terms.purpose_ko)


def test_account_nobody_confirmed_leaves_no_consent_behind(at: datetime) -> None:
    person = register_person(email="nobody@example.org", nickname="아무도아닌", password=None, old_enough=True, at=at)
    give(person, at)
    lapse_account(days=7, person=person, at=at + timedelta(days=7))
    assert not ConsentRecord.objects.exists()
