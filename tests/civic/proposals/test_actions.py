"""A proposal from its first word to its answer."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from civic.chain.models import Node
from civic.feed.models import Item
from civic.ledger.models import Entry, EntryPrivate
from civic.policies.models import ParticipationPolicy
from civic.proposals import actions
from civic.proposals.models import Answer, Proposal, Support
from civic.refusals import Refused
from tests.making import (
    DOSEON,
    GURO4,
    NOON,
    add_supports,
    make_adopted,
    make_official,
    make_person,
    make_proposal,
    make_reviewed,
    said,
)

pytestmark = pytest.mark.django_db
SEOUL = ZoneInfo("Asia/Seoul")


def test_proposal_published_has_number_window_and_policy():
    proposal = make_proposal()
    assert proposal.code == "P-2026-000001"
    assert proposal.state == "open"
    assert proposal.closes_at == datetime(2026, 4, 2, tzinfo=SEOUL)
    assert proposal.policy == ParticipationPolicy.objects.get(district="11200")
    assert [tag.name for tag in proposal.tags.all()] == ["보안등"]


def test_proposal_published_leaves_one_entry_one_item_one_node():
    entries, items = Entry.objects.count(), Item.objects.count()
    author = make_person()
    proposal = make_proposal(author)
    assert Entry.objects.filter(key=proposal.key).count() == 1
    assert EntryPrivate.objects.get(entry__key=proposal.key).person == author
    item = Item.objects.get(key=proposal.key)
    assert item.state["supports"] == 0
    assert str(author.pk) not in str(item.state) + str(item.fact)
    assert Node.objects.get(key=proposal.key).path == f"/proposals/{proposal.code}/"
    assert Entry.objects.count() - entries == Item.objects.count() - items


def test_proposal_thirtieth_support_starts_review_once():
    proposal = add_supports(make_proposal(), 29)
    assert proposal.state == "open"
    proposal = add_supports(proposal, 1)
    assert proposal.state == "dept_review"
    assert proposal.due_at == datetime(2026, 4, 2, tzinfo=SEOUL)
    proposal = add_supports(proposal, 1)
    assert proposal.supports == 31
    assert Entry.objects.filter(fact="ProposalReachedThreshold").count() == 1


def test_proposal_policy_changed_keeps_the_pinned_one():
    proposal = make_proposal()
    ParticipationPolicy.objects.create(district_id="11200", valid_from=NOON, support_needed=2)
    assert add_supports(proposal, 2).state == "open"
    assert add_supports(make_proposal(at=NOON + timedelta(seconds=1)), 2, at=NOON + timedelta(seconds=2)).state == (
        "dept_review"
    )


def test_support_twice_is_refused_and_counts_once():
    person, proposal = make_person(), make_proposal()
    actions.support_proposal(by=person, proposal=proposal, at=NOON)
    with pytest.raises(Refused) as refused:
        actions.support_proposal(by=person, proposal=proposal, at=NOON)
    assert refused.value.refusal.code == "already_supported"
    assert Proposal.objects.get(pk=proposal.pk).supports == 1


def test_support_by_author_is_refused():
    author = make_person()
    proposal = make_proposal(author)
    with pytest.raises(Refused) as refused:
        actions.support_proposal(by=author, proposal=proposal, at=NOON)
    assert (refused.value.refusal.code, refused.value.refusal.status) == ("own_proposal", 403)


@pytest.mark.parametrize("late", [timedelta(), timedelta(days=1)])
def test_support_from_the_deadline_on_is_refused(late):
    proposal = make_proposal()
    with pytest.raises(Refused) as refused:
        actions.support_proposal(by=make_person(), proposal=proposal, at=proposal.closes_at + late)
    assert refused.value.refusal.code == "window_closed"


def test_support_in_the_last_second_counts():
    proposal = make_proposal()
    last = proposal.closes_at - timedelta(seconds=1)
    assert actions.support_proposal(by=make_person(), proposal=proposal, at=last).supports == 1


def test_support_withdrawn_is_gone_and_can_come_back():
    person, proposal = make_person(), make_proposal()
    actions.support_proposal(by=person, proposal=proposal, at=NOON)
    assert actions.withdraw_support(by=person, proposal=proposal, at=NOON).supports == 0
    assert not Support.objects.filter(person=person).exists()
    with pytest.raises(Refused) as refused:
        actions.withdraw_support(by=person, proposal=proposal, at=NOON)
    assert refused.value.refusal.code == "not_supported"
    assert actions.support_proposal(by=person, proposal=proposal, at=NOON).supports == 1


def test_support_withdrawn_after_threshold_leaves_the_review():
    proposal = add_supports(make_proposal(), 29)
    person = make_person()
    actions.support_proposal(by=person, proposal=proposal, at=NOON)
    proposal = actions.withdraw_support(by=person, proposal=proposal, at=NOON)
    assert (proposal.state, proposal.supports) == ("dept_review", 29)
    proposal = add_supports(proposal, 1)
    assert Entry.objects.filter(fact="ProposalReachedThreshold").count() == 1


def test_answer_adopted_shows_the_office():
    answer = Answer.objects.get(proposal=make_adopted())
    assert (answer.decision, answer.office, answer.phone) == ("adopted", "도로시설과", "02-0000-0101")
    assert Entry.objects.get(fact="ProposalAdopted").data == {"days": 10}


def test_answer_declined_closes_support():
    proposal = make_reviewed()
    actions.decline_proposal(by=make_official(), proposal=proposal, reason="이미 하고 있는 일입니다.", at=NOON)
    with pytest.raises(Refused) as refused:
        actions.support_proposal(by=make_person(), proposal=proposal, at=NOON)
    assert refused.value.refusal.code == "decided"


@pytest.mark.parametrize(
    ("who", "code"), [("resident", "not_official"), ("elsewhere", "not_official"), ("moderator", "not_official")]
)
def test_answer_by_somebody_else_is_refused(who, code):
    by = {
        "resident": make_person,
        "elsewhere": lambda: make_official("11530"),
        "moderator": lambda: make_official(role="moderator"),
    }[who]()
    with pytest.raises(Refused) as refused:
        actions.adopt_proposal(by=by, proposal=make_reviewed(), reason="하겠습니다, 곧 하겠습니다.", at=NOON)
    assert (refused.value.refusal.code, refused.value.refusal.status) == (code, 403)


def test_answer_before_the_threshold_is_refused():
    with pytest.raises(Refused) as refused:
        actions.adopt_proposal(by=make_official(), proposal=make_proposal(), reason="하겠습니다, 곧.", at=NOON)
    assert refused.value.refusal.code == "not_in_review"


def test_answer_without_reason_is_refused_and_nothing_changes():
    proposal = make_reviewed()
    entries = Entry.objects.count()
    official = make_official()
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        actions.adopt_proposal(by=official, proposal=proposal, reason="  ", at=NOON)
    assert refused.value.refusal.field == "reason"
    assert before >= entries
    assert Entry.objects.count() == before
    assert Proposal.objects.get(pk=proposal.pk).state == "dept_review"


def test_answer_twice_is_refused():
    proposal = make_adopted()
    with pytest.raises(Refused) as refused:
        actions.decline_proposal(by=make_official(), proposal=proposal, reason="다시 생각해 보니 안 됩니다.", at=NOON)
    assert refused.value.refusal.code == "already_answered"


def test_window_ran_out_expires_once():
    proposal = add_supports(make_proposal(), 3)
    with pytest.raises(Refused):
        actions.expire_proposal(proposal=proposal, at=proposal.closes_at - timedelta(seconds=1))
    assert actions.expire_proposal(proposal=proposal, at=proposal.closes_at).state == "expired"
    with pytest.raises(Refused):
        actions.expire_proposal(proposal=proposal, at=proposal.closes_at)


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"title": "가" * 101}, "too_long", "title"),
        ({"title": " "}, "too_short", "title"),
        ({"problem": "가" * 3001}, "too_long", "problem"),
        ({"solution": "<script>alert('그대로 두면 안 되는 글')</script>"}, "too_short", "proposal"),
        ({"expected_effect": "가" * 3001}, "too_long", "effect"),
        ({"tags": tuple("가나다라마바")}, "too_many_tags", "tags"),
        ({"tags": ("가" * 21,)}, "tag_too_long", "tags"),
    ],
)
def test_words_that_do_not_fit_are_refused_by_field(changed, code, field):
    with pytest.raises(Refused) as refused:
        make_proposal(**changed)
    assert (refused.value.refusal.code, refused.value.refusal.field) == (code, field)
    assert refused.value.refusal.status == 422
    assert Proposal.objects.count() == 0


def test_words_with_script_are_published_without_it():
    said = '골목이 어둡습니다 <img src=x onerror="alert(1)"><script>alert(2)</script> 정말로.'
    proposal = make_proposal(problem=said)
    assert proposal.problem == "골목이 어둡습니다  정말로."


def test_category_unknown_is_refused():
    with pytest.raises(Refused) as refused:
        make_proposal(category="weather")
    assert refused.value.refusal.code == "unknown_category"


def test_numbers_run_on_within_a_year_and_start_again_in_the_next():
    codes = [make_proposal(at=NOON).code, make_proposal(dong=GURO4).code]
    codes.append(make_proposal(dong=DOSEON, at=NOON.replace(year=2027)).code)
    assert codes == ["P-2026-000001", "P-2026-000002", "P-2027-000001"]


def test_said_is_what_tests_rely_on():
    assert said().tags == ("보안등",)
