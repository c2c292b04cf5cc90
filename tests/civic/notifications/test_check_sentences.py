"""Is the owner of an account told what a check, and its end, mean for them?"""

import pytest
from django.utils.translation import override

from civic.notifications.check_sentences import CHECKED
from civic.notifications.models import Notice
from civic.notifications.sentences import sentence


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ("PersonVerified", "If that was not you, please tell the office."),
        ("VerificationWithdrawn", "in votes that are still open your ballot is gone"),
    ],
)
def test_owner_is_told_of_a_check_and_of_its_end_in_whole_sentences(fact: str, words: str) -> None:
    assert set(CHECKED) == {"PersonVerified", "VerificationWithdrawn"}
    with override("en"):
        assert words in sentence(Notice(fact=fact, data={"as": "holder"}), "")
