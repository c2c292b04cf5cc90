"""Does the desk ask for a second step, and is what opens it kept as a secret?"""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import AnonymousUser

from civic.ledger.models import Entry, EntryPrivate
from civic.limits.figures import DESK_IDLE, STEP_HOLDS
from civic.people.actions import give_app, note_factor_added, note_factor_removed
from civic.people.powers import POWERS
from civic.people.queries import app_of, has_factor
from civic.people.rules import why_not_enter_desk
from tests.making import APP_SECRET, NOON, make_official, make_person

pytestmark = pytest.mark.django_db
STAFF = sorted(role.code for role in POWERS["enter_desk"].roles)


def code(person, *, age=60.0, idle=0.0) -> str:
    refusal = why_not_enter_desk(person, age=age, idle=idle)
    return refusal.code if refusal else ""


@pytest.mark.parametrize("role", STAFF)
def test_desk_role_with_second_step_shown_enters(role):
    assert code(make_official(role=role)) == ""


@pytest.mark.parametrize("role", STAFF)
def test_desk_role_without_second_step_is_refused(role):
    person = make_official(role=role)
    app_of(person).delete()
    assert (code(person), code(person, age=None)) == ("factor_missing", "factor_missing")


def test_desk_second_step_not_shown_is_refused():
    assert code(make_official(), age=None) == "factor_not_shown"


@pytest.mark.parametrize(
    ("age", "idle", "why"),
    [(STEP_HOLDS, DESK_IDLE, ""), (STEP_HOLDS + 1, 0, "8"), (DESK_IDLE + 1, DESK_IDLE + 1, "30"), (-60, -60, "")],
)
def test_desk_second_step_runs_out_with_a_working_day_and_with_nobody_there(age, idle, why):
    refusal = why_not_enter_desk(make_official(), age=age, idle=idle)
    assert (refusal.code if refusal else "") == ("factor_run_out" if why else "")
    assert why in str(refusal.text if refusal else "")


def test_desk_resident_with_second_step_has_no_role_for_it():
    person = make_person()
    TOTP.activate(person, APP_SECRET)
    assert code(person) == "role_missing"


def test_desk_nobody_is_asked_to_sign_in():
    assert code(AnonymousUser()) == "not_signed_in"


def test_desk_superuser_needs_the_second_step_too():
    person = make_person()
    person.is_superuser = True
    assert code(person) == "factor_missing"


def test_recovery_codes_alone_are_no_second_step():
    person = make_person()
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert not has_factor(person)


def test_give_app_again_returns_the_same_secret_and_leaves_one_fact():
    person = make_person()
    assert give_app(person=person, at=NOON) == give_app(person=person, at=NOON)
    assert Entry.objects.filter(fact="FactorAdded").count() == 1
    assert {row.type for row in Authenticator.objects.filter(user=person)} == {"totp", "recovery_codes"}


def test_secret_of_the_app_stands_encrypted_in_the_database():
    person = make_person()
    secret = give_app(person=person, at=NOON)
    assert secret not in str(app_of(person).data)


@pytest.mark.parametrize("note", [note_factor_added, note_factor_removed])
def test_fact_of_a_factor_names_its_holder_only_in_the_private_part(note):
    person = make_person()
    note(person=person, at=NOON)
    entry = Entry.objects.latest("id")
    assert (entry.key, entry.fact.startswith("Factor")) == ("people", True)
    assert str(person.pk) not in str(entry.__dict__)
    assert EntryPrivate.objects.get(entry=entry).person_id == person.pk
