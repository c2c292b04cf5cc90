"""What is somebody told in office, or of a role of their own?"""

import pytest
from django.utils.translation import override

from civic.notifications.models import Notice
from civic.notifications.office_sentences import HOLDERS, OFFICIALS
from civic.notifications.sentences import sentence
from civic.reactions.offices import tell_department, tell_holder
from civic.reactions.table import REACTIONS

CODES = {
    "due_at": "2026-10-01T15:00:00+00:00",
    "until": "2026-10-01T15:00:00+00:00",
    "role": "official",
    "source": "sensor",
}


def said(fact: str, part: str, **data: object) -> str:
    with override("en"):
        return sentence(Notice(fact=fact, data={**CODES, "as": part, **data}), "100% %(x)s")


def test_every_fact_that_the_office_is_told_has_its_sentence() -> None:
    for table, function in ((OFFICIALS, tell_department), (HOLDERS, tell_holder)):
        assert {fact.name() for fact, functions in REACTIONS.items() if function in functions} == set(table)


@pytest.mark.parametrize("fact", list(OFFICIALS))
def test_sentence_to_an_official_holds_the_title_and_survives_percent_signs(fact: str) -> None:
    assert "“100% %(x)s”" in said(fact, "official")


def test_threshold_names_the_last_day() -> None:
    assert said("ProposalReachedThreshold", "official").endswith("your department answers by October 1, 2026.")


def test_fault_says_who_noticed_it() -> None:
    assert said("FaultOpened", "official").startswith("A sensor found")
    assert said("FaultOpened", "official", source="resident").startswith("“100% %(x)s” was reported")


def test_faults_that_sensors_found_in_a_day_are_counted_in_one_sentence() -> None:
    several = said("FaultOpened", "official", n=12, day="2026-10-01")
    assert several.startswith("October 1, 2026: sensors found 12 faults, last “100% %(x)s”.")
    assert said("FaultOpened", "official", n=1, day="2026-10-01").startswith("A sensor found")


@pytest.mark.parametrize("fact", list(HOLDERS))
def test_sentence_to_a_holder_names_the_role(fact: str) -> None:
    assert "Official in charge" in said(fact, "grantee")


def test_role_with_a_term_names_its_last_day_and_one_without_does_not() -> None:
    assert said("RoleGranted", "grantee") == "You were given a role until October 1, 2026: Official in charge."
    assert said("RoleGranted", "grantee", until="") == "You were given a role: Official in charge."


def test_role_that_is_no_more_is_named_by_its_code() -> None:
    assert said("RoleRevoked", "grantee", role="mayor").startswith("A role of yours was taken back: mayor.")
