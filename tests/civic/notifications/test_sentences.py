"""Does a notice say the name, the date and who must act?"""

import pytest
from django.utils.translation import override

from civic.notifications.models import Notice
from civic.notifications.sentences import SENTENCES, sentence


def said(fact: str, title: str = "Light the alley", **data: object) -> str:
    with override("en"):
        return sentence(Notice(fact=fact, data=data), title)


def test_threshold_names_the_last_day_to_answer() -> None:
    # The deadline is the midnight that closes 1 October in Seoul.
    assert said("ProposalReachedThreshold", due_at="2026-10-01T15:00:00+00:00") == (
        "Your proposal “Light the alley” passed its threshold. The department must answer by October 1, 2026."
    )


def test_threshold_without_a_date_still_says_who_must_act() -> None:
    assert said("ProposalReachedThreshold").endswith("The department must answer.")


@pytest.mark.parametrize("fact", [*SENTENCES, "SomethingNew"])
def test_every_sentence_holds_the_title_and_survives_percent_signs(fact: str) -> None:
    assert "“100% %(x)s”" in said(fact, "100% %(x)s")


def test_thing_without_a_title_is_said_to_be_gone() -> None:
    assert "a page that is no longer public" in said("ProposalAdopted", "")
