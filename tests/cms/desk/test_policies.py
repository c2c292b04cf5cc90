"""Rules and deadlines at the desk: a new row from a moment on."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from civic.policies.models import ParticipationPolicy
from civic.policies.rules import FIGURES

pytestmark = pytest.mark.django_db


def words(now, **changed):
    tomorrow = localtime(now + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    return {"district": "11200", "valid_from": tomorrow} | dict.fromkeys(FIGURES, 30) | changed


def test_new_rules_are_added_and_old_ones_stay(admin, now):
    before = ParticipationPolicy.objects.filter(district="11200").count()
    answer = admin.post("/desk/policies/new/", words(now, support_needed=50))
    assert (answer.status_code, answer["Location"]) == (302, "/desk/policies/")
    rows = ParticipationPolicy.objects.filter(district="11200").order_by("-valid_from")
    assert (rows.count(), rows[0].support_needed) == (before + 1, 50)
    assert "50" in admin.get("/desk/policies/").content.decode()


def test_new_rules_form_starts_from_those_in_force(admin):
    page = admin.get("/desk/policies/new/").content.decode()
    assert 'name="support_needed" value="30"' in page


def test_new_rules_say_which_level_votes_and_leave_the_others(admin, now):
    assert "2 · " in admin.get("/desk/policies/new/").content.decode()
    admin.post("/desk/policies/new/", words(now, vote_level=3))
    made = ParticipationPolicy.objects.filter(district="11200").latest("valid_from")
    assert (made.vote_level, made.support_level, made.propose_level) == (3, 1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"vote_level": 4},
        {"valid_from": "2020-01-01 00:00"},
        {"valid_from": "0001-01-01 00:00"},
        {"support_needed": 0},
        {"support_needed": "9" * 20},
        {"fault_answer_hours": "NaN"},
        {"district": "11530"},
        {"valid_from": "soon"},
    ],
)
def test_new_rules_wrong_ones_are_refused_with_a_sentence(admin, now, wrong):
    before = ParticipationPolicy.objects.count()
    answer = admin.post("/desk/policies/new/", words(now, **wrong))
    assert answer.status_code == 422
    assert "error-message" in answer.content.decode()
    assert ParticipationPolicy.objects.count() == before


def test_rules_official_neither_reads_nor_sets_them(official, now):
    before = ParticipationPolicy.objects.count()
    assert official.get("/desk/policies/").status_code == 302
    assert official.post("/desk/policies/new/", words(now)).status_code == 302
    assert ParticipationPolicy.objects.count() == before


def test_rules_row_can_be_read_whole_and_not_edited(admin):
    row = ParticipationPolicy.objects.filter(district="11200").first()
    page = admin.get(f"/desk/policies/inspect/{row.pk}/")
    assert page.status_code == 200
    assert admin.post(f"/desk/policies/edit/{row.pk}/").status_code == 404
