"""Handing a proposal on at the desk, and the turn of an official of one department alone."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP

from civic.faults.models import Fault
from civic.people.actions import grant_role
from civic.proposals.models import Proposal, Transfer
from tests.answers import text
from tests.making import (
    APP_SECRET,
    GURO4,
    NOON,
    add_supports,
    make_adopted,
    make_fault,
    make_person,
    make_proposal,
    make_reviewed,
)
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
LIGHTS, GREEN = "11200.safety.roads.lights", "11200.life.env.green"
SAID = {"department": GREEN, "reason": "공원 안의 일입니다."}


@pytest.fixture
def team(pages):
    """An official of the street lighting team alone."""
    person = make_person()
    grant_role(by=None, person=person, role="official", name="김도로", scope=f"department:{LIGHTS}", at=NOON)
    TOTP.activate(person, APP_SECRET)
    return signed_in(person)


def rows(page):
    return re.findall(r"<span>(P-\d+-\d+) ·", page)


def test_transfer_is_offered_where_it_is_and_goes_through(team, now):
    proposal = make_reviewed(at=now)
    page = text(team.get(f"/desk/proposals/inspect/{proposal.pk}/"))
    assert f'href="/desk/proposals/transfer/{proposal.pk}/"' in page
    assert "도로시설과 도로조명팀" in page
    assert "환경과 공원녹지팀" in text(team.get(f"/desk/proposals/transfer/{proposal.pk}/"))
    answer = team.post(f"/desk/proposals/transfer/{proposal.pk}/", SAID)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert Proposal.objects.get(pk=proposal.pk).department_id == GREEN
    after = text(team.get(f"/desk/proposals/inspect/{proposal.pk}/"))
    assert "공원 안의 일입니다." in after
    assert "/desk/proposals/transfer/" not in after


@pytest.mark.parametrize(
    "wrong", [{"department": ""}, {"department": "11530.life.env"}, {"department": LIGHTS}, {"reason": "네"}]
)
def test_transfer_that_is_refused_keeps_the_words(team, now, wrong):
    proposal = make_reviewed(at=now)
    said = SAID | {"reason": "공원 안의 일입니다, 아마도."} | wrong
    assert said["reason"] in text(team.post(f"/desk/proposals/transfer/{proposal.pk}/", said), 422)
    assert not Transfer.objects.exists()


def test_transfer_of_what_is_answered_or_of_another_district_is_refused(team, now):
    answered, foreign = make_adopted(at=now, days=0), make_reviewed(at=now, dong=GURO4)
    text(team.post(f"/desk/proposals/transfer/{answered.pk}/", SAID), 422)
    assert team.post(f"/desk/proposals/transfer/{foreign.pk}/", SAID).status_code == 404
    assert not Transfer.objects.exists()


def test_transfer_by_an_admin_or_moderator_is_refused(admin, now):
    proposal = make_reviewed(at=now)
    page = text(admin.post(f"/desk/proposals/transfer/{proposal.pk}/", SAID), 422)
    assert "disabled" in page
    assert not Transfer.objects.exists()


def test_turn_of_a_department_holds_what_is_with_it(team, now):
    own, foreign = make_reviewed(at=now), make_reviewed(at=now, category="parks")
    near, far = (add_supports(make_proposal(at=now, category=one), 24, at=now) for one in ("safety", "parks"))
    lamp, silent = (make_fault(at=now) for _n in range(2))
    Fault.objects.filter(pk=silent.pk).update(department=GREEN)
    page = text(team.get("/desk/"))
    assert rows(page) == [own.code, near.code]
    assert foreign.code not in page
    assert far.code not in page
    board = text(team.get("/desk/faults/"))
    assert lamp.code in board
    assert silent.code not in board


def test_list_of_proposals_names_the_department(official, now):
    make_reviewed(at=now)
    assert "도로시설과 도로조명팀" in text(official.get("/desk/proposals/"))
