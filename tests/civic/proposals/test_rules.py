"""Each refusal about a proposal, once; nothing is written here but what the rule reads."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from civic.people.models import Person
from civic.policies.models import ParticipationPolicy
from civic.proposals import rules
from civic.proposals.models import Proposal, Support
from civic.refusals import Refusal
from tests.making import NOON, make_official, make_person, make_proposal, said

NOBODY = AnonymousUser()
LATER = NOON + timedelta(days=1)


def code(refusal: Refusal | None) -> tuple[str, int, str] | None:
    return (refusal.code, refusal.status, refusal.field) if refusal else None


def proposal(state: str = "open") -> Proposal:
    """In memory only, as the rules need it."""
    return Proposal(pk=1, author=Person(), district_id="11200", state=state, closes_at=LATER)


def test_propose_somebody_not_signed_in_is_refused():
    assert code(rules.why_not_propose(NOBODY, ParticipationPolicy())) == ("sign_in", 401, "")
    assert rules.why_not_propose(Person(level=2), ParticipationPolicy()) is None


def test_propose_below_the_level_of_the_policy_is_refused():
    strict = ParticipationPolicy(propose_level=3)
    assert code(rules.why_not_propose(Person(level=2), strict)) == ("level_too_low", 403, "")
    assert rules.why_not_propose(Person(level=3), strict) is None


@pytest.mark.django_db
def test_support_below_the_level_that_was_pinned_is_refused():
    here = make_proposal()
    here.policy.support_level = 2
    assert code(rules.why_not_support(make_person(level=1), here, at=NOON)) == ("level_too_low", 403, "")
    assert rules.why_not_support(make_person(level=2), here, at=NOON) is None


def test_publish_needs_a_known_category_and_a_district_that_promised_something():
    policy = ParticipationPolicy()
    assert code(rules.why_not_publish("spaceships", said(), policy)) == ("unknown_category", 422, "category")
    assert code(rules.why_not_publish("safety", said(), None)) == ("no_policy", 409, "dong")
    assert rules.why_not_publish("safety", said(), policy) is None


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"title": "네글자임"}, ("too_short", "title")),
        ({"title": "가" * 101}, ("too_long", "title")),
        ({"title": "?!?!?!"}, ("no_letters", "title")),
        ({"problem": "짧다"}, ("too_short", "problem")),
        ({"problem": "가" * 3_001}, ("too_long", "problem")),
        ({"problem": "." * 10}, ("no_letters", "problem")),
        ({"solution": ""}, ("too_short", "proposal")),
        ({"expected_effect": "가" * 3_001}, ("too_long", "effect")),
        ({"tags": tuple("가나다라마바")}, ("too_many_tags", "tags")),
        ({"tags": ("가" * 21,)}, ("tag_too_long", "tags")),
    ],
)
def test_words_that_do_not_fit_are_refused_by_field(changed, refused):
    refusal = rules.why_not_words(said(**changed))
    assert code(refusal) == (refused[0], 422, refused[1])
    assert str(refusal.text)


@pytest.mark.parametrize(
    "changed",
    [{"title": "다섯글자임"}, {"title": "가" * 100}, {"problem": "가" * 10}, {"tags": tuple("가나다라마")}],
)
def test_words_at_the_bounds_will_do(changed):
    assert rules.why_not_words(said(**changed)) is None


@pytest.mark.parametrize("rule", [rules.why_not_support, rules.why_not_withdraw_support])
@pytest.mark.parametrize(
    ("state", "at", "refused"),
    [("adopted", NOON, "decided"), ("declined", NOON, "decided"), ("expired", NOON, "window_closed")]
    + [("open", LATER, "window_closed"), ("dept_review", LATER, "window_closed")],
)
def test_support_is_closed_after_the_answer_and_after_the_window(rule, state, at, refused):
    assert code(rule(Person(), proposal(state), at=at)) == (refused, 409, "")
    assert code(rule(NOBODY, proposal(state), at=at)) == ("sign_in", 401, "")


@pytest.mark.django_db
def test_support_is_one_voice_a_person_and_never_for_oneself():
    author, person = make_person(), make_person()
    here = make_proposal(author)
    assert code(rules.why_not_support(author, here, at=NOON)) == ("own_proposal", 403, "")
    assert rules.why_not_support(person, here, at=NOON) is None
    assert code(rules.why_not_withdraw_support(person, here, at=NOON)) == ("not_supported", 409, "")
    Support.objects.create(proposal=here, person=person, at=NOON)
    assert code(rules.why_not_support(person, here, at=NOON)) == ("already_supported", 409, "")
    assert rules.why_not_withdraw_support(person, here, at=NOON) is None


@pytest.mark.django_db
def test_answer_is_the_districts_own_officials_and_given_once_after_review_began():
    official = make_official()
    assert code(rules.why_not_answer(NOBODY, proposal("dept_review"))) == ("sign_in", 401, "")
    for other in (make_person(), make_official("11530"), make_official(role="admin")):
        assert code(rules.why_not_answer(other, proposal("dept_review"))) == ("not_official", 403, "")
    told = {state: code(rules.why_not_answer(official, proposal(state))) for state in ("open", "expired", "adopted")}
    assert told == {
        "open": ("not_in_review", 409, ""),
        "expired": ("not_in_review", 409, ""),
        "adopted": ("already_answered", 409, ""),
    }
    assert rules.why_not_answer(official, proposal("dept_review")) is None


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"reason": "짧다"}, ("too_short", 422, "reason")),
        ({"reason": "가" * 3_001}, ("too_long", 422, "reason")),
        ({"headline": "가" * 121}, ("too_long", 422, "headline")),
        ({"planned": "가" * 61}, ("too_long", 422, "planned")),
        ({}, None),
    ],
)
def test_answer_gives_a_reason_that_fits(changed, refused):
    words = {"reason": "구간을 정해 시험하겠습니다.", "headline": "", "planned": ""} | changed
    assert code(rules.why_not_reason(**words)) == refused


@pytest.mark.parametrize(
    ("state", "at", "refused"),
    [("open", NOON, ("still_open", 409, "")), ("dept_review", LATER, ("still_open", 409, "")), ("open", LATER, None)],
)
def test_only_an_open_window_that_ran_out_expires(state, at, refused):
    assert code(rules.why_not_expire(proposal(state), at=at)) == refused
