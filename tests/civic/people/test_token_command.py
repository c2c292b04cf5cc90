"""Does `livinglab token` make a key that works?"""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from civic.people.bearer import person_for_token
from civic.people.models import Person


def test_token_command_prints_a_key_that_works(jimin: Person) -> None:
    out = StringIO()
    call_command("token", "--person", "Jimin@example.org", stdout=out)
    assert person_for_token(out.getvalue().strip()) == jimin


def test_token_command_with_json_prints_one_object(jimin: Person) -> None:
    out = StringIO()
    call_command("token", "--person", "jimin@example.org", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert list(answer) == ["token"]
    assert person_for_token(answer["token"]) == jimin


def test_token_command_for_nobody_fails_with_a_sentence(db: None) -> None:
    with pytest.raises(CommandError, match="no open account"):
        call_command("token", "--person", "nobody@example.org")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--device", "11200-00-00-00"], "no device with this tag"),
        (["--gateway", "99999"], "no district with this code"),
        ([], "one of the arguments --person --device --gateway --list --revoke is required"),
    ],
)
def test_token_command_for_no_device_and_no_district_fails_with_a_sentence(
    db: None, words: list[str], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("token", *words)


@override_settings(DEMO=False)
def test_token_command_refuses_a_simulated_clock_outside_the_demonstration(db: None) -> None:
    with pytest.raises(CommandError, match="for demonstrations"):
        call_command("token", "--gateway", "11200", "--clock", "simulated")
