"""Is every late answer shown, however many there are?"""

from datetime import timedelta

import pytest
from django.test import Client

from civic.proposals import queries
from civic.proposals.models import Proposal
from tests.counting import cost
from tests.making import GURO4, add_supports, make_adopted, make_proposal, make_reviewed

pytestmark = pytest.mark.django_db


def test_overdue_lists_what_is_late_and_nothing_else(now):
    late = add_supports(make_proposal(at=now - timedelta(days=40)), 30, at=now - timedelta(days=40))
    add_supports(make_proposal(at=now), 30, at=now)
    answer = Client().get("/overdue/")
    assert [row.code for row in answer.context["rows"]] == [late.code]


@pytest.mark.parametrize("path", ["/en/overdue/", "/en/proposals/"])
def test_record_of_answers_names_those_past_their_day_that_have_none(now, path):
    queries._record_in.cache_clear()  # another test may have asked within this minute
    make_adopted(at=now - timedelta(days=20))
    assert "past its due day" not in Client().get(f"{path}?district=11200").content.decode()
    make_reviewed(at=now - timedelta(days=40), dong=GURO4)
    page = Client().get(f"{path}?district=11530").content.decode()
    assert "1 proposal is past its due day and still has no answer." in page
    assert "1 answer this year, 1 of them in time." in Client().get(path).content.decode()


def test_overdue_is_turned_over_after_thirty_and_costs_the_same_with_one_and_with_thirty(now):
    def late(number):
        for _n in range(number):
            make_proposal(at=now)
        Proposal.objects.update(
            state="dept_review", reached_at=now - timedelta(days=31), due_at=now - timedelta(days=1)
        )

    late(1)
    few = cost(lambda: Client().get("/overdue/"))
    late(29)
    assert cost(lambda: Client().get("/overdue/")) == few
    late(1)
    first, second = Client().get("/overdue/"), Client().get("/overdue/?page=2")
    assert [len(answer.context["rows"]) for answer in (first, second)] == [30, 1]
    assert "1–30" in first.content.decode()
    assert Client().get("/overdue/?page=x").status_code == 200
