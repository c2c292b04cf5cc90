"""What stands beside a name, and how many spoke in which role."""

import pytest
from django.utils.translation import override

from civic.threads.models import Thread
from civic.threads.shown import badge, counts


@pytest.mark.parametrize(
    ("role", "office", "mine", "words"),
    [
        ("resident", "", False, "Resident"),
        ("resident", "", True, "Resident · author"),
        ("official", "도로시설과", False, "도로시설과"),
        ("official", "", False, "Official"),
        ("expert", "도로조명", False, 'Expert · <span lang="ko">도로조명</span>'),
        ("moderator", "도로시설과", False, "Moderator"),
        ("coordinator", "", False, "Lab coordinator"),
    ],
)
def test_badge_says_what_the_role_must_show(role, office, mine, words):
    with override("en"):
        assert badge(role, office, mine=mine) == words


def test_counts_name_roles_in_one_order_and_leave_out_who_did_not_speak():
    thread = Thread(spoken={"moderator": 2, "coordinator": 1, "resident": 29, "expert": 5, "official": 6})
    with override("en"):
        assert counts(thread) == "Residents 29 · Officials 6 · Experts 5 · Moderators 2 · Lab coordinator 1"
        assert counts(Thread(spoken={"expert": 1})) == "Experts 1"
        assert counts(Thread()) == ""
