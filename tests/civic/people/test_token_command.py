"""Does `livinglab token` make a key that works?"""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

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
