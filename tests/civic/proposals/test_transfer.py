"""To whose desk does a proposal go, and how is it handed on? (이송)"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from civic.feed.numbering import number_items
from civic.ledger.models import Entry, EntryPrivate
from civic.notifications.models import Notice
from civic.notifications.sentences import sentence
from civic.people.actions import grant_role
from civic.people.models import Department, Person
from civic.proposals.actions import adopt_proposal, decline_proposal, transfer_proposal
from civic.proposals.models import Answer, Proposal, Transfer
from civic.reactions.run import enlist_all, run_all
from civic.refusals import Refused
from tests.making import (
    GURO4,
    NOON,
    add_supports,
    make_adopted,
    make_official,
    make_person,
    make_proposal,
    make_reviewed,
)

pytestmark = pytest.mark.django_db
LIGHTS, GREEN, PLAN = "11200.safety.roads.lights", "11200.life.env.green", "11200.safety.traffic.plan"
WHY = "공원 안의 일입니다."
REASON = "구간을 정해 시험하겠습니다."
LATER = NOON + timedelta(days=3)


def unit(code: str) -> Department:
    return Department.objects.get(code=code)


def official_of(code: str) -> Person:
    person = make_person()
    grant_role(by=None, person=person, role="official", name="김도로", scope=f"department:{code}", at=NOON)
    return person


def hand_on(by: Person, proposal: Proposal, to: str = GREEN, reason: str = WHY) -> Proposal:
    return transfer_proposal(by=by, proposal=proposal, department=unit(to), reason=reason, at=LATER)


def refused(action: object, **said: object) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        action(**said, at=LATER)  # type: ignore[operator]  # any action
    return caught.value.refusal.code, caught.value.refusal.field


def react() -> None:
    number_items()
    while run_all(at=LATER):
        pass


@pytest.mark.parametrize(
    ("dong", "category", "code"),
    [
        ("1120053500", "safety", LIGHTS),
        ("1120053500", "traffic", PLAN),
        ("1120053500", "other", "11200.life.residents"),
        (GURO4, "safety", "11530.safety.roads.lights"),
    ],
)
def test_ac_1_8_category_decides_which_team_a_proposal_goes_to_at_its_threshold(dong, category, code):
    waiting = add_supports(make_proposal(dong=dong, category=category), 29)
    assert waiting.department_id is None
    reviewed = add_supports(waiting, 1)
    assert (reviewed.state, reviewed.department_id) == ("dept_review", code)
    assert Entry.objects.get(fact="ProposalReachedThreshold").data["department"] == code


def test_ac_1_8_transfer_requires_a_reason_and_another_open_department_of_the_district():
    official, proposal = make_official(), make_reviewed()
    asked = {"by": official, "proposal": proposal}
    assert refused(transfer_proposal, **asked, department=unit(GREEN), reason=" 네 ") == ("too_short", "reason")
    assert refused(transfer_proposal, **asked, department=unit(LIGHTS), reason=WHY) == ("same_department", "department")
    for to in (None, unit("11530.life.env.green")):
        assert refused(transfer_proposal, **asked, department=to, reason=WHY) == ("unknown_department", "department")
    Department.objects.filter(code=GREEN).update(closed_at=NOON)
    assert refused(transfer_proposal, **asked, department=unit(GREEN), reason=WHY)[0] == "unknown_department"
    assert not Transfer.objects.exists()


def test_ac_1_8_transfer_restarts_nothing_and_stands_in_public_with_who_stands_for_it():
    official, proposal = make_official(), make_reviewed()
    due, reached = proposal.due_at, proposal.reached_at
    moved = hand_on(official, proposal)
    moved.refresh_from_db()
    assert (moved.department_id, moved.due_at, moved.reached_at, moved.state) == (GREEN, due, reached, "dept_review")
    page = Client().get(f"/proposals/{proposal.code}/").content.decode()
    for words in (WHY, "도로시설과 도로조명팀 → 환경과 공원녹지팀", official.nickname, "02-0000-0101", "02-0000-0126"):
        assert words in page, words


def test_ac_1_8_transfer_tells_author_supporters_and_the_new_department_once():
    enlist_all()
    proposal, official, green, plan = make_reviewed(), make_official(), official_of(GREEN), official_of(PLAN)
    hand_on(official, proposal)
    react()
    react()
    told = Notice.objects.filter(fact="ProposalTransferred")
    assert told.count() == 1 + 30 + 2  # author, supporters, who can answer it now: the team's and the district's
    assert not told.filter(person=plan).exists()
    with override("en"):
        said = {one.person_id: sentence(one, "Dark lamps") for one in told}
    assert said[proposal.author_id].startswith("Your proposal “Dark lamps” was handed on to another department.")
    assert said[green.pk] == said[official.pk] == "“Dark lamps” was handed on to your department. The due time stays."


def test_threshold_tells_the_officials_of_its_department_and_of_those_above_it():
    enlist_all()
    team, bureau, other = official_of(LIGHTS), official_of("11200.safety"), official_of(GREEN)
    make_reviewed()
    react()
    told = set(Notice.objects.filter(fact="ProposalReachedThreshold").values_list("person", flat=True))
    assert {team.pk, bureau.pk} <= told
    assert other.pk not in told


def test_transfer_is_by_an_official_of_where_it_is():
    proposal = make_reviewed()
    asked = {"proposal": proposal, "department": unit(GREEN), "reason": WHY}
    assert refused(transfer_proposal, by=official_of(GREEN), **asked)[0] == "other_department"
    assert refused(transfer_proposal, by=make_official("11530"), **asked)[0] == "role_elsewhere"
    assert refused(transfer_proposal, by=make_official(role="moderator"), **asked)[0] == "role_missing"
    assert refused(transfer_proposal, by=make_person(), **asked)[0] == "role_missing"
    assert hand_on(official_of(LIGHTS), proposal).department_id == GREEN


def test_transfer_before_the_threshold_or_after_the_answer_is_refused():
    asked = {"by": make_official(), "department": unit(GREEN), "reason": WHY}
    for proposal in (make_proposal(), make_adopted(days=1)):
        assert refused(transfer_proposal, **asked, proposal=proposal)[0] == "not_in_review"


def test_transfer_moves_the_right_to_answer_with_it():
    team, green, proposal = official_of(LIGHTS), official_of(GREEN), make_reviewed()
    hand_on(team, proposal)
    said = {"proposal": proposal, "reason": REASON}
    assert refused(adopt_proposal, by=team, **said)[0] == "other_department"
    assert refused(decline_proposal, by=team, **said)[0] == "other_department"
    adopt_proposal(by=green, **said, planned="2027년 3월", at=LATER)
    answer = Answer.objects.get(proposal=proposal)
    assert (answer.office, answer.phone, answer.official_name) == ("환경과 공원녹지팀", "02-0000-0126", "김도로")


def test_transfer_back_and_forth_keeps_every_step_in_order():
    official, proposal = make_official(), make_reviewed()
    hand_on(official, proposal)
    back = transfer_proposal(by=official, proposal=proposal, department=unit(LIGHTS), reason=WHY, at=LATER)
    assert back.transfers == 2
    steps = list(Transfer.objects.order_by("at", "id").values_list("before", "to"))
    assert steps == [(LIGHTS, GREEN), (GREEN, LIGHTS)]
    facts = [entry.data for entry in Entry.objects.filter(fact="ProposalTransferred").order_by("id")]
    assert facts == [{"department": GREEN, "before": LIGHTS}, {"department": LIGHTS, "before": GREEN}]
    private = EntryPrivate.objects.filter(entry__fact="ProposalTransferred")
    assert set(private.values_list("person", flat=True)) == {official.pk}


def test_proposal_of_a_category_nobody_gets_waits_at_the_district():
    Department.objects.filter(code=LIGHTS).update(closed_at=NOON)
    proposal = make_reviewed()
    assert (proposal.department_id, proposal.scope) == (None, "district:11200")
    assert hand_on(make_official(), proposal).department_id == GREEN
