"""What do the verbs of accounts, roles and keys write, and what do they refuse?"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import DatabaseError, connection

from civic.feed.models import Item
from civic.ledger.models import Entry, EntryPrivate
from civic.people import actions
from civic.people.actions import (
    confirm_address,
    grant_role,
    issue_token,
    register_person,
    revoke_role,
    revoke_token,
)
from civic.people.bearer import digest
from civic.people.models import ApiToken, Person, RoleGrant
from civic.refusals import Refused
from tests.meanwhile import right_after

SEONGDONG = "district:11200"
OFFICIAL = {"role": "official", "name": "김도로", "scope": SEONGDONG, "office": "도로과", "phone": "02-2286-0000"}
WHY = "새 담당자로 임명되었습니다."


def refusal_of(action: object, **arguments: object) -> str:
    with pytest.raises(Refused) as caught:
        action(**arguments)  # type: ignore[operator]  # any action
    return caught.value.refusal.code


def test_register_person_opens_an_account_and_records_no_personal_data(db: None, at: datetime) -> None:
    person = register_person(
        email="Lamp@Example.org", nickname=" 골목  등불 ", password="golmok-bulbit-7", old_enough=True, at=at
    )
    assert (person.email, person.nickname, person.is_staff) == ("lamp@example.org", "골목 등불", False)
    assert (person.check_password("golmok-bulbit-7"), person.age_told_at) == (True, at)
    entry = Entry.objects.get(fact="PersonRegistered")
    assert (entry.key, entry.data) == ("people", {})
    assert list(EntryPrivate.objects.filter(entry=entry).values_list("person", "fields")) == [
        (person.pk, {"as": "holder"})
    ]
    assert Item.objects.get(kind="PersonRegistered").audience == "staff"


def test_register_person_who_did_not_say_to_be_fourteen_opens_nothing(db: None, at: datetime) -> None:
    young = {"email": "young@example.org", "nickname": "어린 이웃", "password": None, "at": at}
    assert refusal_of(register_person, **young, old_enough=False) == "too_young"
    with pytest.raises(TypeError):
        register_person(**young)
    assert not Person.objects.exists()


def test_register_person_twice_is_refused(jimin: Person, at: datetime) -> None:
    again = {"password": None, "old_enough": True, "at": at}
    assert refusal_of(register_person, email="a@example.org", nickname="지민", **again) == "nickname_taken"
    assert refusal_of(register_person, email="JIMIN@example.org", nickname="다른 이름", **again) == "email_taken"
    assert Person.objects.filter(email__endswith="@example.org").count() == 1


def test_register_person_that_loses_a_race_is_refused_and_not_broken(db: None, at: datetime) -> None:
    said = {"nickname": "지민", "password": None, "old_enough": True, "at": at}
    with right_after('LOWER("civic_person"."email")', lambda: register_person(email="a@example.org", **said)):
        assert refusal_of(register_person, email="b@example.org", **said) == "nickname_taken"
    assert Person.objects.get().email == "a@example.org"


@pytest.mark.django_db(transaction=True)
def test_register_person_at_once_with_one_nickname_opens_one_account(at: datetime) -> None:
    def register(number: int) -> str:
        try:
            register_person(email=f"r{number}@example.org", nickname="골목등불", password=None, old_enough=True, at=at)
        except Refused as refused:
            return refused.refusal.code
        finally:
            connection.close()
        return "opened"

    with ThreadPoolExecutor(6) as neighbours:
        outcomes = sorted(neighbours.map(register, range(6)))
    assert outcomes == ["nickname_taken"] * 5 + ["opened"]
    assert Entry.objects.filter(fact="PersonRegistered").count() == 1


def test_confirm_address_makes_one_confirmed_primary_address(jimin: Person, at: datetime) -> None:
    confirm_address(person=jimin, at=at)
    confirm_address(person=jimin, at=at)
    assert list(EmailAddress.objects.filter(user=jimin).values_list("email", "verified", "primary")) == [
        ("jimin@example.org", True, True)
    ]


def test_grant_role_by_an_administrator_opens_the_desk(jimin: Person, keeper: Person, at: datetime) -> None:
    grant_role(by=keeper, reason=WHY, person=jimin, **OFFICIAL, at=at)
    jimin.refresh_from_db()
    assert jimin.is_staff
    assert list(jimin.groups.values_list("name", flat=True)) == ["role:official"]
    entry = Entry.objects.filter(fact="RoleGranted").latest("id")
    assert (entry.key, entry.district, entry.data) == (
        "role:official:district:11200",
        "11200",
        {"role": "official", "scope": SEONGDONG, "until": "", "stopped": 0},
    )
    private = EntryPrivate.objects.filter(entry=entry)
    assert {row.person_id: row.fields["as"] for row in private} == {jimin.pk: "holder", keeper.pk: "grantor"}


def test_grant_role_is_refused_with_its_reason(jimin: Person, keeper: Person, at: datetime) -> None:
    def refused(**changed: object) -> str:
        return refusal_of(grant_role, **{"by": keeper, "person": jimin, **OFFICIAL, "reason": WHY, "at": at, **changed})

    assert refused(by=jimin) == "role_missing"
    assert refused(role="mayor") == "role_unknown"
    assert refused(role="resident") == "role_unknown"
    assert refused(scope="district:99999") == "scope_unknown"
    assert refused(name=" ") == "name_missing"
    assert refused(office=" ") == "office_missing"
    assert refused(phone="") == "phone_missing"
    assert refused(phone="0" * 21) == refused(office="과" * 61) == refused(name="김" * 31) == "too_long"
    assert refused(reason=" 네 ") == "reason_length"
    grant_role(by=keeper, reason=WHY, person=jimin, **OFFICIAL, at=at)
    assert refused() == "role_held"


def test_nobody_gives_themselves_a_role_but_the_installation_does(jimin: Person, keeper: Person, at: datetime) -> None:
    with pytest.raises(Refused) as caught:
        grant_role(by=keeper, person=keeper, **OFFICIAL, reason=WHY, at=at)
    assert (caught.value.refusal.code, caught.value.refusal.status) == ("own_role", 403)
    assert refusal_of(grant_role, by=jimin, person=jimin, **OFFICIAL, reason=WHY, at=at) == "role_missing"
    grant_role(by=None, person=keeper, **OFFICIAL, at=at)


def test_administrator_of_one_district_grants_nothing_in_another(jimin: Person, at: datetime) -> None:
    local = register_person(email="local@example.org", nickname="동네지기", password=None, old_enough=True, at=at)
    grant_role(by=None, person=local, role="admin", scope="district:11530", at=at)
    assert refusal_of(grant_role, by=local, person=jimin, **OFFICIAL, at=at) == "role_elsewhere"


def test_revoke_role_closes_the_desk_when_no_staff_role_is_left(jimin: Person, keeper: Person, at: datetime) -> None:
    grant_role(by=keeper, reason=WHY, person=jimin, **OFFICIAL, at=at)
    grant_role(by=keeper, reason=WHY, person=jimin, **{**OFFICIAL, "scope": "district:11530"}, at=at)
    revoke_role(by=keeper, reason=WHY, person=jimin, role="official", scope=SEONGDONG, at=at)
    jimin.refresh_from_db()
    assert (jimin.is_staff, jimin.groups.count()) == (True, 1)
    revoke_role(by=keeper, reason=WHY, person=jimin, role="official", scope="district:11530", at=at)
    jimin.refresh_from_db()
    assert (jimin.is_staff, jimin.groups.count(), RoleGrant.objects.filter(person=jimin).count()) == (False, 0, 0)
    assert Entry.objects.filter(fact="RoleRevoked").count() == 2


def test_revoke_role_is_refused_with_its_reason(jimin: Person, keeper: Person, at: datetime) -> None:
    everywhere = {"role": "admin", "scope": "site", "reason": WHY, "at": at}
    assert refusal_of(revoke_role, by=keeper, person=jimin, **everywhere) == "role_not_held"
    assert refusal_of(revoke_role, by=jimin, person=keeper, **everywhere) == "role_missing"
    assert refusal_of(revoke_role, by=keeper, person=keeper, **everywhere) == "own_role"


def test_issue_token_keeps_the_digest_only(jimin: Person, at: datetime) -> None:
    raw = issue_token(by=jimin, person=jimin, label=" 내  달력 ", at=at)
    token = ApiToken.objects.get()
    assert (token.label, token.digest, token.created_at) == ("내 달력", digest(raw), at)
    assert raw not in str(Entry.objects.get(fact="TokenIssued").__dict__)


def test_issue_token_is_refused_with_its_reason(jimin: Person, keeper: Person, at: datetime) -> None:
    assert refusal_of(issue_token, by=keeper, person=jimin, label="x", at=at) == "token_of_another"
    assert refusal_of(issue_token, by=jimin, person=jimin, label=" ", at=at) == "label_length"
    assert refusal_of(issue_token, by=jimin, person=jimin, label="x" * 61, at=at) == "label_length"
    for number in range(20):
        issue_token(by=jimin, person=jimin, label=str(number), at=at)
    assert refusal_of(issue_token, by=jimin, person=jimin, label="x", at=at) == "too_many_tokens"


def test_revoke_token_is_refused_with_its_reason(jimin: Person, keeper: Person, at: datetime) -> None:
    issue_token(by=jimin, person=jimin, label="x", at=at)
    token = ApiToken.objects.get()
    assert refusal_of(revoke_token, by=keeper, token=token, at=at) == "token_of_another"
    revoke_token(by=jimin, token=token, at=at)
    assert refusal_of(revoke_token, by=jimin, token=token, at=at) == "token_revoked"


@pytest.mark.parametrize("verb", ["register", "confirm", "grant", "revoke", "issue"])
def test_nothing_is_written_when_the_fact_cannot_be_recorded(
    verb: str, jimin: Person, keeper: Person, at: datetime
) -> None:
    grant_role(by=None, person=keeper, role="expert", scope=SEONGDONG, office="조명", at=at)
    deeds = {
        "register": lambda: register_person(
            email="c@example.org", nickname="새 사람", password=None, old_enough=True, at=at
        ),
        "confirm": lambda: confirm_address(person=jimin, at=at),
        "grant": lambda: grant_role(by=keeper, reason=WHY, person=jimin, **OFFICIAL, at=at),
        "revoke": lambda: revoke_role(by=None, person=keeper, role="expert", scope=SEONGDONG, at=at),
        "issue": lambda: issue_token(by=jimin, person=jimin, label="x", at=at),
    }

    def no_ink(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('INSERT INTO "civic_entry"'):
            raise DatabaseError("no ink")
        return execute(sql, params, many, context)

    tables = (Person, RoleGrant, ApiToken, EmailAddress)
    before = [table.objects.count() for table in tables]
    with connection.execute_wrapper(no_ink), pytest.raises(DatabaseError, match="no ink"):
        deeds[verb]()
    assert [table.objects.count() for table in tables] == before


def test_last_administrator_of_the_site_keeps_the_role(jimin: Person, keeper: Person, at: datetime) -> None:
    everywhere = {"role": "admin", "scope": "site", "reason": WHY, "at": at}
    assert refusal_of(revoke_role, by=None, person=keeper, **everywhere) == "last_admin"
    grant_role(by=keeper, person=jimin, **everywhere)
    revoke_role(by=jimin, person=keeper, **everywhere)
    assert refusal_of(revoke_role, by=None, person=jimin, **everywhere) == "last_admin"


def test_closed_account_is_no_administrator_to_fall_back_on(jimin: Person, keeper: Person, at: datetime) -> None:
    everywhere = {"role": "admin", "scope": "site", "reason": WHY, "at": at}
    grant_role(by=keeper, person=jimin, **everywhere)
    Person.objects.filter(pk=jimin.pk).update(is_active=False)
    assert refusal_of(revoke_role, by=None, person=keeper, **everywhere) == "last_admin"


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_revoke_each_other_at_once_leave_one(at: datetime) -> None:
    pair = [
        register_person(email=f"a{n}@example.org", nickname=f"열쇠{n}", password=None, old_enough=True, at=at)
        for n in (1, 2)
    ]
    for person in pair:
        grant_role(by=None, person=person, role="admin", scope="site", at=at)

    def revoke(number: int) -> str:
        try:
            revoke_role(by=pair[number], person=pair[1 - number], role="admin", scope="site", reason=WHY, at=at)
        except Refused as refused:
            return refused.refusal.code
        finally:
            connection.close()
        return "revoked"

    with ThreadPoolExecutor(2) as both:
        outcomes = sorted(both.map(revoke, range(2)))
    assert outcomes == ["revoked", "role_missing"]
    assert RoleGrant.objects.filter(role="admin", scope="site").count() == 1


def test_change_password_stops_every_key_and_tells_of_each(jimin: Person, at: datetime) -> None:
    for label in ("달력", "지도"):
        issue_token(by=jimin, person=jimin, label=label, at=at)
    revoke_token(by=jimin, token=ApiToken.objects.get(label="달력"), at=at)
    actions.change_password(person=jimin, password="bamgil-deungbul-9", at=at)
    jimin.refresh_from_db()
    assert jimin.check_password("bamgil-deungbul-9")
    assert ApiToken.objects.filter(revoked_at__isnull=True).count() == 0
    facts = Entry.objects.filter(fact__in=("PasswordChanged", "TokenRevoked")).order_by("id")
    assert list(facts.values_list("fact", flat=True)) == ["TokenRevoked", "PasswordChanged", "TokenRevoked"]


def test_account_nobody_confirmed_lapses_and_frees_nickname_and_address(jimin: Person, at: datetime) -> None:
    end = jimin.date_joined + timedelta(days=7)
    early = {"person": jimin, "at": end - timedelta(seconds=1)}
    assert refusal_of(actions.lapse_account, days=7, **early) == "account_waits"
    actions.lapse_account(days=7, person=jimin, at=end)
    assert Entry.objects.filter(fact="AccountLapsed").count() == 1
    assert EntryPrivate.objects.count() == 0
    again = register_person(email="jimin@example.org", nickname="지민", password=None, old_enough=True, at=at)
    assert again.nickname == "지민"


def test_account_in_use_does_not_lapse(jimin: Person, keeper: Person, at: datetime) -> None:
    confirm_address(person=jimin, at=at)
    late = jimin.date_joined + timedelta(days=700)
    assert refusal_of(actions.lapse_account, days=7, person=jimin, at=late) == "account_in_use"
    assert refusal_of(actions.lapse_account, days=7, person=keeper, at=late) == "account_in_use"
