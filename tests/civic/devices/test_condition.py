"""One word for a lamp: the worst that is known comes first, and silence is told apart."""

import pytest

from civic.devices.condition import condition
from civic.devices.words import CONDITIONS, finding_words


@pytest.mark.parametrize(
    ("power", "findings", "cabinet", "word"),
    [
        ("on", [], [], "on"),
        ("low", [], [], "dimmed"),
        ("bootingUp", [], [], "on"),
        ("off", [], [], "off"),
        ("", [], [], "unheard"),
        ("on", ["lampFailure"], [], "fault"),
        ("off", ["communicationFailure"], [], "lost"),
        ("on", ["communicationFailure", "lampFailure"], [], "fault"),
        ("on", ["lampFailure"], ["supplyLoss"], "with_cabinet"),
        ("", ["supplyLoss"], [], "fault"),
    ],
)
def test_condition_is_the_worst_that_is_known(power, findings, cabinet, word):
    assert condition(power=power, findings=findings, cabinet=cabinet) == word
    assert word in CONDITIONS


def test_condition_retired_lamp_is_nothing_else():
    assert condition(power="on", findings=["lampFailure"], retired=True, cabinet=["supplyLoss"]) == "retired"


def test_finding_words_unknown_code_keeps_its_own_name():
    assert finding_words("relayFailure") == "relayFailure"
