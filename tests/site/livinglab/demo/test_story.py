"""Does the demonstration tell the whole story, with dates that follow the day it is told?"""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import transaction

from civic.clocks.now import database_now
from civic.devices.models import Device
from civic.devices.queries import lamps
from civic.faults.models import Fault
from civic.faults.states import OPEN
from civic.ledger.models import Entry
from civic.people.models import Person, RoleGrant, RoleStep
from civic.pilots.judging import local_day
from civic.pilots.models import Kpi, Pilot, PilotDevice, Step
from civic.proposals.models import Answer, Proposal
from civic.threads.models import Post
from cms.models import StoryPage
from livinglab.demo.story import _planned, is_loaded, load_demo
from livinglab.simulation.cast import Lamp, cast_of
from livinglab.simulation.play import night

pytestmark = pytest.mark.django_db
STORIES = json.loads((settings.FIXTURES / "demo" / "proposals.json").read_text(encoding="utf-8"))["proposals"]
TALKS = json.loads((settings.FIXTURES / "demo" / "threads.json").read_text(encoding="utf-8"))["threads"]
RESIDENTS = (
    "새벽골목 도선댁 두아이아빠 용답이웃 성수직장인 사근동자취생 응봉산책 마장상인 고척주민A 개봉엄마"
    " 가리봉통번역 항동텃밭 수궁버스 오류철길 구로5동지킴이"
).split()
OFFICIALS = "김하늘 박여울 이도담 최보람 윤슬 강마루 장온".split()
EXPERTS = {
    "정다온": "도로조명",
    "한이레": "보행안전",
    "오라온": "대기환경",
    "서가람": "개인정보·윤리",
    "문새결": "서비스디자인",
}


@pytest.fixture(scope="module")
def now(django_db_setup, django_db_blocker):
    """The whole story, told once for this file and taken back afterwards; the moment at which it was told."""
    with django_db_blocker.unblock(), transaction.atomic():
        at = database_now()
        load_demo(at=at, password="ten-lamps-in-a-row")
        yield at
        transaction.set_rollback(True)


def by_title(story):
    return Proposal.objects.get(title=story["title"])


def test_everybody_of_the_story_is_there_with_the_role_they_have(now):
    assert is_loaded()
    there = set(Person.objects.values_list("nickname", flat=True))
    assert {*RESIDENTS, *OFFICIALS, "이음"} <= there
    experts = RoleGrant.objects.filter(role="expert").values_list("person__nickname", "office")
    assert dict(experts) == EXPERTS
    officials = dict(RoleGrant.objects.filter(role="official").values_list("name", "phone"))
    assert set(officials) == set(OFFICIALS)
    assert officials["윤슬"] == "02-0000-0100"
    assert all(phone.startswith("02-0000-01") for phone in officials.values())
    assert set(RoleGrant.objects.filter(role="moderator").values_list("person__nickname", flat=True)) == {
        "민들레",
        "느티나무",
    }


def test_every_role_of_the_story_says_why_it_was_given(now):
    assert not RoleStep.objects.filter(reason="").exists()


def test_all_25_proposals_have_their_supporters_and_what_was_answered(now):
    assert Proposal.objects.count() == len(STORIES) == 25
    for story in STORIES:
        proposal = by_title(story)
        assert proposal.supports == proposal.support_rows.count() == story["supports"], story["no"]
        assert hasattr(proposal, "answer") == ("answer" in story), story["no"]
        if "answer" not in story:
            assert proposal.state == ("dept_review" if story["days_to_threshold"] else "open"), story["no"]


def test_dates_follow_the_day_it_is_told_and_none_lies_ahead(now):
    for story in STORIES:
        days = (now - by_title(story).published_at).days
        assert days == story["published_days_ago"], story["no"]
    assert not Entry.objects.filter(at__gt=now).exists()
    assert not Post.objects.filter(at__gt=now).exists()


def test_month_of_a_plan_is_counted_from_now():
    answer = {"planned_in_days": 110}
    assert _planned(answer, datetime(2026, 11, 23, tzinfo=UTC)) == "2027년 3월"
    assert _planned({"planned": "다음 달부터"}, datetime(2026, 11, 23, tzinfo=UTC)) == "다음 달부터"


def test_one_answer_is_late_by_days_and_every_answer_names_office_and_telephone(now):
    late = Proposal.objects.filter(state="dept_review", due_at__lte=now)
    assert timedelta(days=1) < now - max(proposal.due_at for proposal in late) < timedelta(days=4)
    assert all(answer.office and answer.phone for answer in Answer.objects.all())


def test_twelve_discussions_are_told_word_for_word(now):
    assert len(TALKS) == 12
    for talk in TALKS:
        story = next(row for row in STORIES if row["no"] == talk["proposal"])
        said = (
            Post.objects.filter(thread=by_title(story).thread).order_by("at").values_list("author__nickname", flat=True)
        )
        assert list(said) == [turn["by"] for turn in talk["turns"]], talk["proposal"]


def test_lamps_of_both_districts_stand_in_the_books(now):
    assert [
        Device.objects.filter(district=code).exclude(kind="StreetlightControlCabinet").count()
        for code in ("11200", "11530")
    ] == [
        7_443,
        7_948,
    ]


def test_faults_stand_at_every_state_that_residents_read(now):
    states = set(Fault.objects.values_list("state", flat=True))
    assert {"suspected", "acknowledged", "scheduled", "in_progress", "repaired", "resolved", "rejected"} <= states


@pytest.fixture(scope="module")
def cast(now):
    """Those who play the nights."""
    return cast_of("11200", [Lamp(lamp.tag, lamp.dong_id or "", lamp.lat is not None) for lamp in lamps("11200")])


def test_no_trouble_of_a_night_befalls_a_lamp_that_a_resident_told_of(now, cast):
    told = set(Fault.objects.filter(source="resident", district="11200").values_list("device__tag", flat=True))
    assert len(told) == 8
    assert told.isdisjoint(cast.reporting)


def test_no_trouble_of_a_night_is_the_relapse_of_a_fault_of_the_story(now, cast):
    dusk = now.replace(hour=8)
    seeds = range(1, 21)  # the next one plants on the lamps of the first again
    plays = [night(cast, dusk, dusk + timedelta(hours=14), seed) for seed in seeds]
    planted = {trouble.device for play in plays for trouble in play.planted}
    mended = Fault.objects.filter(source="sensor", district="11200")
    assert (len(planted), mended.count()) == (320, 61)
    assert planted.isdisjoint(mended.values_list("device__tag", flat=True))
    assert not Fault.objects.filter(reopened__gt=0).exists()


def test_true_story_leads_to_the_proposal_that_tells_it_anew(now):
    told = {page.told_again for page in StoryPage.objects.all()}
    assert told == {by_title(STORIES[0]).code}


def test_story_leads_from_its_pilot_to_a_fault_that_is_open_before_any_night_is_played(now):
    with_fault = Fault.objects.filter(source="resident", state__in=OPEN).values("device")
    assert PilotDevice.objects.filter(pilot__slug="a", device__in=with_fault).exists()


def test_eight_pilots_tell_their_story_and_each_stands_where_it_was_decided(now):
    stages = dict(Pilot.objects.values_list("slug", "stage"))
    assert [stages[slug] for slug in "abcdefgh"] == [
        "expanded",
        "improving",
        "running",
        "running",
        "judging",
        "running",
        "running",
        "continued",
    ]


def test_hours_to_a_repair_fell_as_the_story_tells_and_by_that_its_pilot_was_expanded(now):
    kpi = Kpi.objects.get(pilot__slug="a", source="repair_hours")
    assert [float(value) for value in (kpi.baseline, *kpi.readings.values_list("value", flat=True))] == [
        92,
        61,
        38,
        19.5,
    ]
    decided = Step.objects.get(pilot__slug="a", stage="expanded")
    assert decided.rule_met
    assert decided.basis[0] == [1, "met", 19.5, 11]


def test_pilot_that_goes_on_has_its_last_day_before_it(now):
    assert (Pilot.objects.get(slug="h").ends_on - local_day(now)).days in (28, 29)
