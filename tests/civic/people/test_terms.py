"""Does a role hold where and as long as it was given, and does the history tell why it came and went?"""

from datetime import datetime, timedelta

import pytest
from django.test import override_settings

from civic.clocks.now import database_now
from civic.ledger.models import Entry, EntryPrivate
from civic.people.actions import expire_role, grant_role, revoke_role
from civic.people.models import Person, RoleGrant, RoleStep
from civic.people.queries import forget_grants, grant_for, grant_in, grants_of, held_within, holders_over, steps_within
from civic.people.roles import reaches, scopes_over
from civic.people.rules import may, why_not_by_role
from civic.reactions.sweeps import expire_roles
from civic.refusals import Refused
from tests.making import make_official

SEONGDONG, LIGHTS, ROADS = "district:11200", "department:11200.safety.roads.lights", "department:11200.safety.roads"
GREEN = "department:11200.life.env.green"
OFFICIAL = {"role": "official", "name": "김도로", "scope": SEONGDONG, "office": "도로시설과", "phone": "02-0000-0101"}
WHY = "새 담당자로 임명되었습니다."


def refused(action: object, **said: object) -> str:
    with pytest.raises(Refused) as caught:
        action(**said)  # type: ignore[operator]  # any action
    return caught.value.refusal.code


@pytest.mark.parametrize(
    ("held", "scope", "holds"),
    [
        ("site", LIGHTS, True),
        (SEONGDONG, LIGHTS, True),
        (SEONGDONG, "lab:11200.lamp", True),
        (ROADS, LIGHTS, True),
        (LIGHTS, LIGHTS, True),
        (LIGHTS, ROADS, False),
        (LIGHTS, GREEN, False),
        (LIGHTS, SEONGDONG, False),
        ("department:11200.safe", LIGHTS, False),
        ("district:11530", LIGHTS, False),
        ("lab:11200.lamp", SEONGDONG, False),
        (SEONGDONG, "site", False),
    ],
)
def test_scope_reaches_what_lies_inside_it_and_nothing_else(held: str, scope: str, holds: bool) -> None:
    assert reaches(held, scope) is holds
    assert (held in scopes_over(scope)) is holds


def test_scopes_over_the_site_are_the_site() -> None:
    assert scopes_over("site") == ["site"]


def test_official_of_a_team_is_shown_with_its_name_and_telephone(jimin: Person, at: datetime) -> None:
    grant = grant_role(by=None, person=jimin, role="official", name="김도로", scope=LIGHTS, at=at)
    assert (grant.office, grant.phone) == ("도로시설과 도로조명팀", "02-0000-0121")
    assert may(jimin, "answer_proposals", LIGHTS)
    refusal = why_not_by_role(jimin, "answer_proposals", GREEN)
    assert refusal is not None
    assert (refusal.code, refusal.status) == ("other_department", 403)
    assert grant_in(jimin, "official", "11200") == grant
    assert grant_in(jimin, "official", "11530") is None


def test_nearest_grant_signs_what_is_done(jimin: Person, at: datetime) -> None:
    grant_role(by=None, person=jimin, **OFFICIAL, at=at)
    near = grant_role(by=None, person=jimin, role="official", name="김도로", scope=LIGHTS, at=at)
    assert grant_for(jimin, "official", LIGHTS) == near
    found = grant_for(jimin, "official", GREEN)
    assert found is not None
    assert found.scope == SEONGDONG


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"role": "moderator", "scope": LIGHTS}, "scope_unfit"),
        ({"role": "official", "scope": "lab:11200.lamp"}, "scope_unfit"),
        ({"scope": "department:11200.nowhere"}, "scope_unknown"),
        ({"scope": "department:11200"}, "scope_unknown"),
        ({"role": "expert", "scope": "lab:99999.lamp"}, "scope_unknown"),
        ({"role": "expert", "scope": "lab:11200.Lamp!"}, "scope_unknown"),
        ({"scope": "galaxy:11200"}, "scope_unknown"),
        ({"reason": "네"}, "reason_length"),
        ({"reason": "가" * 201}, "reason_length"),
        ({"until": timedelta()}, "until_unfit"),
        ({"until": timedelta(days=4_000)}, "until_unfit"),
    ],
)
def test_grant_without_a_fitting_place_term_or_reason_is_refused(
    changed: dict[str, object], code: str, jimin: Person, keeper: Person, at: datetime
) -> None:
    said = {**OFFICIAL, "reason": WHY, **changed}
    if isinstance(said.get("until"), timedelta):
        said["until"] = at + said["until"]  # type: ignore[operator]  # a term from now
    assert refused(grant_role, by=keeper, person=jimin, **said, at=at) == code
    assert not RoleStep.objects.filter(person=jimin).exists()


def test_lab_is_a_place_to_hold_a_role_in(jimin: Person, keeper: Person, at: datetime) -> None:
    grant_role(by=keeper, person=jimin, role="expert", scope="lab:11200.lamp", office="조명", reason=WHY, at=at)
    assert list(held_within({SEONGDONG}).filter(person=jimin).values_list("scope", flat=True)) == ["lab:11200.lamp"]


@pytest.mark.django_db
def test_role_counts_until_its_moment_and_not_after_it_even_before_the_clock_has_ended_it(jimin: Person) -> None:
    now = database_now()
    grant_role(by=None, person=jimin, **OFFICIAL, until=now + timedelta(hours=1), at=now)
    assert may(jimin, "answer_proposals", SEONGDONG)
    with override_settings(CLOCK_OFFSET=3_601):
        forget_grants(jimin)
        assert grants_of(jimin) == []
        assert not may(jimin, "answer_proposals", SEONGDONG)
        assert holders_over("official", SEONGDONG, at=database_now()) == []
    assert RoleGrant.objects.filter(person=jimin).exists()
    assert holders_over("official", LIGHTS, at=now) == [jimin.pk]


def test_clock_ends_roles_whose_term_is_over_and_says_so(jimin: Person, keeper: Person, at: datetime) -> None:
    ends = at + timedelta(days=30)
    grant_role(by=keeper, person=jimin, **OFFICIAL, until=ends, reason=WHY, at=at)
    assert expire_roles(ends - timedelta(seconds=1)) == 0
    assert expire_roles(ends) == 1
    assert expire_roles(ends) == 0
    jimin.refresh_from_db()
    assert (jimin.is_staff, jimin.groups.count(), jimin.grants.count()) == (False, 0, 0)
    entry = Entry.objects.get(fact="RoleExpired")
    assert (entry.key, entry.data) == ("role:official:district:11200", {"role": "official", "scope": SEONGDONG})
    assert EntryPrivate.objects.get(entry=entry).person_id == jimin.pk


def test_expire_while_the_term_runs_is_refused(jimin: Person, at: datetime) -> None:
    endless = grant_role(by=None, person=jimin, **OFFICIAL, at=at)
    assert refused(expire_role, grant=endless, at=at + timedelta(days=999)) == "term_runs"


def test_role_that_ran_out_can_be_given_again_at_once(jimin: Person, keeper: Person, at: datetime) -> None:
    ends = at + timedelta(days=30)
    grant_role(by=keeper, person=jimin, **OFFICIAL, until=ends, reason=WHY, at=at)
    grant_role(by=keeper, person=jimin, **OFFICIAL, reason="한 해 더 맡습니다.", at=ends)
    kinds = list(RoleStep.objects.filter(person=jimin).order_by("id").values_list("kind", flat=True))
    assert kinds == ["granted", "expired", "granted"]
    assert jimin.grants.get().until is None


def test_history_says_who_gave_what_why_and_until_when(jimin: Person, keeper: Person, at: datetime) -> None:
    ends, later = at + timedelta(days=30), at + timedelta(days=3)
    grant_role(by=keeper, person=jimin, **OFFICIAL, until=ends, reason=WHY, at=at)
    gone = {"person": jimin, "role": "official", "scope": SEONGDONG, "reason": "자리를 옮겼습니다.", "at": later}
    revoke_role(by=keeper, **gone)
    told = [(one.kind, one.by, one.reason, one.until, one.at) for one in steps_within({SEONGDONG}).filter(person=jimin)]
    assert told == [
        ("revoked", keeper, "자리를 옮겼습니다.", None, later),
        ("granted", keeper, WHY, ends, at),
    ]


def test_revoke_without_a_reason_is_refused(jimin: Person, keeper: Person, at: datetime) -> None:
    grant_role(by=keeper, person=jimin, **OFFICIAL, reason=WHY, at=at)
    where = {"person": jimin, "role": "official", "scope": SEONGDONG, "at": at}
    assert refused(revoke_role, by=keeper, **where, reason=" 네 ") == "reason_length"
    assert may(jimin, "answer_proposals", SEONGDONG)


def test_district_administrator_gives_and_reads_roles_of_that_district_alone(jimin: Person, at: datetime) -> None:
    local = make_official("11530", role="admin")
    grant_role(by=None, person=jimin, **OFFICIAL, at=at)
    team = {"role": "official", "name": "김도로", "scope": LIGHTS, "reason": WHY}
    assert refused(grant_role, by=local, person=jimin, **team, at=at) == "role_elsewhere"
    own = {"role": "official", "name": "김도로", "scope": "department:11530.life.residents", "reason": WHY}
    grant_role(by=local, person=jimin, **own, at=at)
    assert [grant.scope for grant in held_within({"district:11530"}) if grant.person_id == jimin.pk] == [own["scope"]]
    assert {step.scope.partition(":")[2][:5] for step in steps_within({"district:11530"})} == {"11530"}
    assert {grant.scope for grant in held_within({"site"}).filter(person=jimin)} == {SEONGDONG, own["scope"]}
