"""Votes at the desk: made from proposals and lines, moved on, and never opened early to anybody's eyes."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from civic.clocks.deadlines import last_day
from civic.people.actions import grant_role
from civic.proposals.actions import adopt_proposal
from civic.voting.actions import publish_round
from civic.voting.models import OpenBallot, Option, Round
from tests.making import GURO4, NOON, add_supports, make_adopted, make_official, make_proposal
from tests.signing import signed_in
from tests.voting import WEEK, make_announced, make_counted, make_open, make_round, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(now):
    return {
        "district": "11200",
        "title": "센서등은 몇 초 켜져 있어야 할까요",
        "slug": "lamp-seconds",
        "lead": "",
        "opens_at": (now + WEEK).strftime("%Y-%m-%d %H:%M"),
        "closes_at": (now + 2 * WEEK).strftime("%Y-%m-%d %H:%M"),
        "min_picks": "1",
        "max_picks": "2",
        "seats": "1",
        "quorum": "",
        "options": "15초\n30초 | 3,000,000",
    }


def new(client, sent):
    return client.post(reverse("desk-rounds:add"), sent)


def text(answer):
    return answer.content.decode()


def test_vote_is_made_from_adopted_proposals_and_lines(official, now, sent):
    adopted = make_adopted(at=now - timedelta(days=40))
    other = make_proposal(at=now)
    lines = f"15초\n30초 | 3,000,000\n셋째 길 | | {other.code}"
    answer = new(official, {**sent, "proposals": [adopted.code], "options": lines})
    round = Round.objects.get(slug="lamp-seconds")
    assert answer["Location"] == reverse("desk-rounds:inspect", args=[round.pk])
    rows = Option.objects.filter(round=round).values_list("title", "cost", "about", "dong")
    assert list(rows) == [
        (adopted.title, None, adopted.key, adopted.dong_id),
        ("15초", None, "", ""),
        ("30초", 3_000_000, "", ""),
        ("셋째 길", None, other.key, other.dong_id),
    ]
    assert (round.state, round.announced_at) == ("draft", None)


def test_vote_takes_no_proposal_of_another_district_of_the_same_official(now, sent):
    both = make_official()
    office = {"name": "김담당", "office": "도로시설과", "phone": "02-0000-0101"}
    grant_role(by=None, person=both, role="official", scope="district:11530", **office, at=NOON)
    reviewed = add_supports(make_proposal(dong=GURO4, at=now), 30, at=now)
    elsewhere = adopt_proposal(by=both, proposal=reviewed, reason="구간을 정해 시험하겠습니다.", planned="3월", at=now)
    client = signed_in(both)
    assert f"{elsewhere.code} {elsewhere.title} · 구로구" in text(client.get(reverse("desk-rounds:add")))
    line = f"15초\n30초 | | {elsewhere.code}"
    for changed in ({"proposals": [elsewhere.code]}, {"options": line}):
        answer = new(client, sent | changed)
        assert answer.status_code == 422
        assert sent["title"] in text(answer)
    assert not Round.objects.exists()
    new(client, sent | {"district": "11530", "proposals": [elsewhere.code]})
    assert Option.objects.filter(about=elsewhere.key, round__district="11530").exists()


def test_closed_vote_says_until_when_everyone_who_took_part_can_be_told(official, now):
    began = now - 2 * WEEK
    closed = make_counted((1,), opens_at=began, closes_at=began + WEEK, at=began)
    page = reverse("desk-rounds:inspect", args=[closed.pk])
    until = date_format(last_day(closed.closed_at + timedelta(days=180)))
    assert until in text(official.get(page))
    publish_round(by=None, round=closed, at=now)
    assert until not in text(official.get(page))


@pytest.mark.parametrize(
    "changed",
    [
        {"options": "하나뿐"},
        {"options": "15초 | 많이\n30초"},
        {"options": "15초 | | P-2026-999999\n30초"},
        {"options": "a | b | c | d\n30초"},
        {"slug": "Lamp Seconds"},
        {"max_picks": "9"},
        {"closes_at": "2020-01-01 00:00"},
        {"opens_at": "0001-01-01 00:00"},
        {"opens_at": "2020-01-01 00:00"},
        {"opens_at": "9999-12-30 00:00", "closes_at": "9999-12-31 23:59"},
        {"closes_at": "9999-12-31 23:59"},
        {"closes_at": "NaN"},
        {"quorum": "9" * 20},
        {"quorum": "3000000000"},
        {"quorum": "-1"},
        {"quorum": "NaN"},
        {"max_picks": "9" * 20},
        {"seats": "9" * 5_000},
        {"min_picks": "Infinity"},
        {"options": f"15초 | {'9' * 5_000}\n30초"},
        {"options": "15초 | 9999999999999999\n30초"},
        {"options": "15초 | -5\n30초"},
        {"options": "15초 | 3e5\n30초"},
        {"title": ""},
        {"proposals": ["P-2026-999999"]},
        {"district": "11530"},
    ],
)
def test_vote_that_cannot_be_made_comes_back_with_its_words(official, sent, changed):
    answer = new(official, {**sent, **changed})
    assert answer.status_code == 422
    assert "센서등은 몇 초" in text(answer) or not changed.get("title", "x")
    assert Round.objects.count() == 0


def test_vote_goes_its_way_by_one_act_after_the_other(official, now):
    round = make_round(opens_at=now + WEEK, closes_at=now + 2 * WEEK, at=now)
    page = reverse("desk-rounds:inspect", args=[round.pk])
    for act, state in (
        ("announce", "draft"),
        ("open", "open"),
        ("close", "closed"),
        ("count", "counted"),
        ("publish", "published"),
    ):
        address = reverse("desk-rounds:act", args=[round.pk, act])
        (weight,) = re.findall(rf'class="desk-act( desk-act--now)?" href="{address}"', text(official.get(page)))
        assert bool(weight) == (act != "close"), "it closes by itself: what ends it early does not stand out"
        assert official.get(address).status_code == 200
        assert official.post(address)["Location"] == page
        assert Round.objects.get(pk=round.pk).state == state
    assert f"/desk/rounds/{round.pk}/" not in text(official.get(page)).replace("inspect", "")


def test_act_out_of_turn_is_refused_with_a_sentence(official, now):
    round = make_announced(opens_at=now + WEEK, closes_at=now + 2 * WEEK, at=now)
    answer = official.post(reverse("desk-rounds:act", args=[round.pk, "publish"]))
    assert answer.status_code == 409
    assert 'role="alert"' in text(answer)
    assert official.get(f"/desk/rounds/{round.pk}/burn/").status_code == 404


def test_desk_shows_turnout_and_no_votes_before_the_count(official, now):
    round = make_open(opens_at=now, closes_at=now + WEEK, at=now)
    vote(round, 2, at=now)
    tracker = OpenBallot.objects.get().tracker
    pages = [
        text(official.get(path))
        for path in (reverse("desk-rounds:index"), reverse("desk-rounds:inspect", args=[round.pk]))
    ]
    assert not [page for page in pages if tracker in page or "100 %" in page]
    assert "<dd>1</dd>" in pages[1]


def test_vote_of_another_district_is_not_at_this_desk(official, now):
    round = make_round(district="11530", opens_at=now + WEEK, closes_at=now + 2 * WEEK, at=now)
    assert round.title not in text(official.get(reverse("desk-rounds:index")))
    assert official.get(reverse("desk-rounds:inspect", args=[round.pk])).status_code == 404
    assert official.post(reverse("desk-rounds:act", args=[round.pk, "announce"])).status_code == 404


def test_moderator_reads_votes_and_makes_none(pages, now, sent):
    moderator = signed_in(make_official(role="moderator"))
    round = make_round(opens_at=now + WEEK, closes_at=now + 2 * WEEK, at=now)
    page = text(moderator.get(reverse("desk-rounds:inspect", args=[round.pk])))
    assert reverse("desk-rounds:act", args=[round.pk, "announce"]) not in page
    assert new(moderator, sent).status_code == 302
    assert moderator.post(reverse("desk-rounds:act", args=[round.pk, "announce"])).status_code == 403
    assert Round.objects.count() == 1


def test_residents_reach_no_vote_at_the_desk(resident, now):
    round = make_round(opens_at=now + WEEK, closes_at=now + 2 * WEEK, at=now)
    assert resident.get(reverse("desk-rounds:inspect", args=[round.pk])).status_code in (302, 403)
