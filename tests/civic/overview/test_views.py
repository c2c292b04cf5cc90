"""Do the rules of participation stand on their page as the districts have set them?"""

from datetime import timedelta

import pytest
from django.test import Client

from civic.clocks.now import database_now
from civic.policies.models import ParticipationPolicy
from civic.policies.voters import VOTERS
from tests.making import make_reviewed

pytestmark = pytest.mark.django_db


def test_rules_tell_the_hours_of_faults_and_who_may_vote():
    ParticipationPolicy.objects.filter(district="11200").update(
        fault_answer_hours=5, fault_repair_hours=47, fault_relapse_days=13
    )
    page = Client().get("/en/policy/").content.decode()
    assert "within 5 working hours and is repaired within 47 hours; when it is back within 13 days" in page
    assert "Everyone whom the district has checked once, at a counter or by letter, may cast one ballot" in page


def test_late_answers_narrowed_to_a_district_are_its_own():
    late = make_reviewed(at=database_now() - timedelta(days=60))
    here, there = (Client().get(f"/overdue/?district={code}").content.decode() for code in ("11200", "11530"))
    assert late.code in here
    assert late.code not in there


def test_every_level_of_voters_has_its_words():
    assert set(VOTERS) == {1, 2, 3}
