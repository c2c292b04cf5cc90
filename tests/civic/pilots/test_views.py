"""What do the pages of pilots show, and at which cost?"""

import re
from datetime import timedelta

import pytest

from civic.clocks.now import database_now
from civic.devices.models import DeviceFinding, DeviceState
from civic.live.street import forget, street
from civic.pilots.actions import advance_pilot, decide_pilot, link_lamps, measure_repairs
from civic.pilots.models import Pilot
from civic.pilots.states import Stage
from tests.counting import cost
from tests.making import NOON, PASSWORD, make_fault, make_official
from tests.making import make_repaired as make_mended
from tests.pilots import (
    END,
    REASON,
    START,
    make_judging,
    make_lamp,
    make_measured,
    make_pilot,
    make_repaired,
    make_running,
    write_down,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def get(client, path: str, **extra) -> str:
    answer = client.get(path, **extra)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_list_shows_each_pilot_with_its_first_indicator(client):
    pilot = make_judging(slug="a")
    page = get(client, "/pilots/")
    assert "보안등 스스로 알림" in page
    assert "4.1 → 1.4" in page
    assert pilot.proposal.title in page
    assert 'data-live-key="pilot:a"' in page


def test_list_narrowed_to_a_stage_and_a_district(client):
    make_pilot(slug="a")
    assert "/pilots/a/" in get(client, "/pilots/?stage=planned&district=11200")
    assert "/pilots/a/" not in get(client, "/pilots/?stage=running")
    assert "/pilots/a/" not in get(client, "/pilots/?district=11530")
    assert "/pilots/a/" in get(client, "/pilots/?stage=nonsense")


def test_list_empty_says_so(client):
    assert "/proposals/" in get(client, "/en/pilots/")
    assert "No pilot stands here yet" in get(client, "/en/pilots/")


def test_list_asks_as_often_for_one_as_for_many(client):
    make_judging(slug="a")
    one = cost(lambda: get(client, "/pilots/"))
    for slug in ("b", "c", "d"):
        make_judging(slug=slug)
    assert cost(lambda: get(client, "/pilots/")) == one


def test_detail_shows_chart_table_rule_and_the_way_back(client):
    pilot = make_judging(slug="a")
    page = get(client, "/en/pilots/a/")
    assert 'role="img"' in page
    assert "<svg" in page
    assert page.count("<table") == 2
    assert "If all 3 hold, the pilot is expanded" in page
    assert f"/en/proposals/{pilot.proposal.code}/" in page
    assert "90 days" in page
    assert 'data-live-state="judging"' in page


def test_detail_of_a_pilot_in_preparation_is_whole(client):
    make_pilot(slug="a")
    page = get(client, "/en/pilots/a/")
    assert "fixed with the start" in page


def test_detail_of_what_is_not_there_is_404(client):
    for slug in ("zz", "A", "x" * 50):
        assert client.get(f"/pilots/{slug}/").status_code == 404


def test_ac_1_2_page_shows_hours_computed_from_repairs(client):
    pilot, lamp = make_measured(slug="a", before=(92,))
    make_repaired(lamp, START + DAY, 19.5)
    measure_repairs(pilot=pilot, at=START + 20 * DAY)
    page = get(client, "/en/pilots/a/")
    assert "median, computed from the faults of the linked lamps" in page
    assert re.search(r"19\.5 hours", page)
    assert "−4.5" in page
    assert lamp.name in page


def test_detail_shows_lamps_with_their_open_fault(client):
    official = make_official()
    pilot, lamp = make_pilot(official, slug="a"), make_lamp()
    link_lamps(by=official, pilot=pilot, devices=[lamp, make_lamp()], at=NOON + 12 * DAY)
    fault = make_repaired(lamp, START, 1)
    fault.state, fault.repaired_at, fault.resolved_at = "confirmed", None, None
    fault.save()
    page = get(client, "/pilots/a/")
    assert fault.code in page
    assert f"/devices/{lamp.tag}/" in page


def test_detail_counts_a_lamp_as_lit_out_of_order_or_waiting_for_its_proof_as_the_live_map_does(client):
    official, lamps = make_official(), [make_lamp() for _n in range(4)]
    pilot = make_running(official, slug="a")
    link_lamps(by=official, pilot=pilot, devices=lamps, at=NOON + 12 * DAY)
    for lamp, found in zip(lamps, ([], [], ["lampFailure"], []), strict=True):
        DeviceState.objects.update_or_create(
            device=lamp, defaults={"power_state": "on", "judged": {"open": found}, "observed_at": NOON}
        )
        for code in found:
            DeviceFinding.objects.create(device=lamp, code=code, opened_at=NOON)
    make_fault(lamps[1])
    make_mended(lamps[2])
    page = re.sub(r"<[^>]+>|\s+", " ", get(client, "/en/pilots/a/"))
    assert "2 of 4 lamps are lit · 1 out of order · 1 repaired, being watched" in page
    forget()
    found = street("11200")
    told = [found.conditions[found.lamps.place_of[lamp.tag]] for lamp in lamps]
    assert told == ["on", "fault", "mended", "on"]


def test_detail_costs_the_same_with_more_lamps(client):
    official = make_official()
    pilot = make_pilot(official, slug="a")
    link_lamps(by=official, pilot=pilot, devices=[make_lamp()], at=NOON + 12 * DAY)
    one = cost(lambda: get(client, "/pilots/a/"))
    link_lamps(by=official, pilot=pilot, devices=[make_lamp() for _n in range(30)], at=NOON + 12 * DAY)
    assert cost(lambda: get(client, "/pilots/a/")) == one


def test_decision_stands_with_reason_office_and_the_values_of_that_day(client):
    official = make_official()
    pilot = decide_pilot(by=official, pilot=make_judging(official, slug="a"), verdict="expanded", reason=REASON, at=END)
    pilot.kpis.filter(position=1).get().readings.update(value=9)
    page = get(client, "/en/pilots/a/")
    assert "The pilot is expanded" in page
    assert REASON in page
    assert "02-0000-0101" in page
    assert "1.4 %" in page


def test_pilot_tried_again_shows_its_rule_as_it_stands_and_not_the_old_verdict(client):
    official, ends_on = make_official(), (END + 30 * DAY).date()
    pilot = make_judging(official, slug="a", answers=29)
    decide_pilot(by=official, pilot=pilot, verdict="improving", reason=REASON, at=END)
    assert "As it stood at the decision of" in get(client, "/en/pilots/a/")
    advance_pilot(by=official, pilot=pilot, to=Stage.RUNNING, ends_on=ends_on, at=END + DAY)
    write_down(official, pilot, 2, "3.7", n=31, at=END + 2 * DAY)
    page = get(client, "/en/pilots/a/")
    assert '31 cases or answers, <span lang="ko">3.7' in page
    assert "29 cases or answers" not in page
    assert "As it stood at the decision of" not in page
    assert f'datetime="{ends_on.isoformat()}"' in page


def test_continued_pilot_shows_its_rule_as_it_stands(client):
    official, ends_on = make_official(), (END + 30 * DAY).date()
    pilot = make_judging(official, slug="a", answers=29)
    decide_pilot(by=official, pilot=pilot, verdict="continued", reason=REASON, ends_on=ends_on, at=END)
    write_down(official, pilot, 2, "3.7", n=31, at=END + DAY)
    page = get(client, "/en/pilots/a/")
    assert '31 cases or answers, <span lang="ko">3.7' in page
    assert "29 cases or answers" not in page


def test_value_after_the_expansion_says_so_and_leaves_the_judged_one(client):
    official = make_official()
    pilot = decide_pilot(by=official, pilot=make_judging(official, slug="a"), verdict="expanded", reason=REASON, at=END)
    before = re.findall(r"\d of \d indicators have reached|4.1 → [\d.]+", get(client, "/en/pilots/"))
    write_down(official, pilot, 1, "5.1", at=END + DAY)
    page = get(client, "/en/pilots/a/")
    assert page.count("after the expansion") == 1
    assert re.search(r"1\.4 %", page)
    assert len(before) == 2
    assert re.findall(r"\d of \d indicators have reached|4.1 → [\d.]+", get(client, "/en/pilots/")) == before


def test_value_of_a_played_night_to_come_is_marked(client):
    pilot, lamp = make_measured(slug="a")
    tomorrow = database_now() + DAY
    make_repaired(lamp, tomorrow, 2)
    measure_repairs(pilot=pilot, at=tomorrow + timedelta(hours=3))
    assert get(client, "/en/pilots/a/").count("played night") == 1


def test_signed_out_page_holds_no_form_and_the_official_finds_the_desk(client):
    official = make_official(password=PASSWORD)
    make_running(official, slug="a")
    assert "<form" not in re.sub(r"<header.*?</header>", "", get(client, "/pilots/a/"), flags=re.S)
    client.force_login(official)
    pilot = Pilot.objects.get(slug="a")
    assert f"/desk/pilots/inspect/{pilot.pk}/" in get(client, "/pilots/a/")


def test_proposal_page_leads_to_its_pilot(client):
    official = make_official()
    pilot = make_running(official, slug="a")
    page = get(client, f"/proposals/{pilot.proposal.code}/")
    assert 'href="/pilots/a/"' in page


@pytest.mark.parametrize("district", ["%00", "%ED%A0%80", "99999", "x" * 300])
def test_list_of_a_district_that_is_none_shows_all(client, district):
    pilot = make_judging(slug="a")
    assert pilot.proposal.title in get(client, f"/pilots/?district={district}")
