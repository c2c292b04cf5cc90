"""What do programs read of a pilot?"""

from datetime import timedelta

import pytest

from civic.pilots.actions import measure_repairs
from tests.pilots import END, START, make_judging, make_measured, make_pilot, make_plan, make_repaired

pytestmark = pytest.mark.django_db


def test_kpis_have_the_shape_that_others_rely_on(client):
    make_judging(slug="a")
    answer = client.get("/api/v1/pilots/a/kpis")
    assert answer.status_code == 200
    assert answer.json()[0] == {
        "name": "부점등률",
        "unit": "%",
        "direction": "lower",
        "baseline": 4.1,
        "target": 1.5,
        "series": [["2026-03-13", 4.1], [END.date().isoformat(), 1.4]],
    }


def test_kpis_before_any_baseline_are_empty_series(client):
    kpis = [kpi.__class__(**{**vars(kpi), "baseline": None}) for kpi in make_plan().kpis]
    make_pilot(slug="a", kpis=kpis)
    first = client.get("/api/v1/pilots/a/kpis").json()[0]
    assert (first["baseline"], first["series"]) == (None, [])


def test_ac_1_2_hours_to_repair_follow_the_faults(client):
    pilot, lamp = make_measured(slug="a", before=(92,))
    make_repaired(lamp, START + timedelta(days=1), 19.5)
    measure_repairs(pilot=pilot, at=START + timedelta(days=20))
    told = client.get("/api/v1/pilots/a/kpis").json()[0]
    assert told["baseline"] == 92
    assert told["series"][-1][1] == 19.5


def test_unknown_pilot_is_a_404_with_a_sentence(client):
    answer = client.get("/api/v1/pilots/zz/kpis")
    assert answer.status_code == 404
    assert answer.json()["code"] == "unknown_pilot"
