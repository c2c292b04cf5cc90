"""Figures that a district promises, from a moment on."""

from datetime import timedelta

import pytest

from civic.places.models import District
from civic.policies.actions import load_holidays, set_policy
from civic.policies.models import Holiday, ParticipationPolicy
from civic.policies.queries import closed_days, policy_at, promise_at, shared_promise
from civic.policies.rules import FIGURES
from civic.refusals import Refused
from tests.making import NOON, make_official, make_person

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def _set(by, *, valid_from=LATER, **changed):
    figures = dict.fromkeys(FIGURES, 40) | changed
    district = District.objects.get(code="11200")
    return set_policy(by=by, district=district, valid_from=valid_from, figures=figures, at=NOON)


def test_policy_set_holds_from_its_moment_and_earlier_rows_stay():
    before = policy_at("11200", NOON)
    made = _set(make_official(role="admin"))
    assert policy_at("11200", NOON) == before
    assert policy_at("11200", LATER) == made
    assert policy_at("11530", LATER) != made


def test_levels_that_are_not_named_stay_as_they_were():
    admin = make_official(role="admin")
    _set(admin, vote_level=3)
    made = _set(admin, valid_from=LATER + timedelta(days=1), post_level=2)
    assert (made.vote_level, made.post_level, made.support_level) == (3, 2, 1)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"valid_from": NOON - timedelta(seconds=1)}, "in_the_past"),
        ({"support_needed": 0}, "not_a_figure"),
        ({"answer_days": 10**9}, "not_a_figure"),
        ({"unheard_of": 3}, "not_a_figure"),
        ({"fault_repair_hours": 0}, "not_a_figure"),
        ({"fault_repair_photos": -1}, "not_a_figure"),
        ({"vote_level": 0}, "not_a_level"),
        ({"support_level": 4}, "not_a_level"),
    ],
)
def test_policy_that_does_not_fit_is_refused(changed, code):
    rows = ParticipationPolicy.objects.count()
    with pytest.raises(Refused) as refused:
        _set(make_official(role="admin"), **changed)
    assert refused.value.refusal.code == code
    assert ParticipationPolicy.objects.count() == rows


@pytest.mark.parametrize("who", ["resident", "official", "elsewhere"])
def test_policy_set_by_somebody_else_is_refused(who):
    by = {"resident": make_person, "official": make_official, "elsewhere": lambda: make_official("11530", role="admin")}
    with pytest.raises(Refused) as refused:
        _set(by[who]())
    assert (refused.value.refusal.code, refused.value.refusal.status) == ("not_admin", 403)


def test_policy_of_the_same_moment_is_refused():
    admin = make_official(role="admin")
    _set(admin)
    with pytest.raises(Refused) as refused:
        _set(admin)
    assert refused.value.refusal.code == "same_moment"


def test_promise_is_quoted_only_where_all_promise_the_same():
    assert shared_promise(NOON) is not None
    _set(make_official(role="admin"))
    assert shared_promise(LATER) is None
    assert shared_promise(LATER, "11200").support_needed == 40


def test_promise_quoted_before_is_not_quoted_on_where_it_was_changed(django_capture_on_commit_callbacks):
    assert shared_promise(LATER) is not None
    with django_capture_on_commit_callbacks(execute=True):
        _set(make_official(role="admin"))
    assert shared_promise(LATER) is None


def test_repair_without_pictures_may_be_promised():
    assert _set(make_official(role="admin"), fault_repair_photos=0).fault_repair_photos == 0


def test_holidays_are_loaded_once_and_close_a_district():
    before = Holiday.objects.count()
    rows = [{"day": "2026-03-02", "name": "삼일절 대체 휴일"}, {"day": "2026-03-04", "name": "구청 휴무"}]
    for _n in range(2):
        load_holidays(district="11200", days=rows)
    assert Holiday.objects.count() == before + 1  # the first came with the reference data
    assert {day.isoformat() for day in closed_days("11200", NOON)} >= {"2026-03-02", "2026-03-04"}
    assert "2026-03-04" not in {day.isoformat() for day in closed_days("11530", NOON)}


def test_district_without_a_row_has_the_defaults_of_the_rules():
    ParticipationPolicy.objects.filter(district="11530").delete()
    promise = promise_at("11530", NOON)
    assert (promise.fault_answer_hours, promise.fault_repair_hours, promise.fault_relapse_days) == (3, 24, 14)
