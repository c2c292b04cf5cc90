"""Do `livinglab grant` and `livinglab revoke` make and unmake administrators and officials?"""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from civic.clocks.deadlines import SEOUL, end_of_day
from civic.clocks.now import database_now
from civic.people.models import Person, RoleStep
from civic.people.rules import holds

OFFICIAL = ["--person", "Jimin@example.org", "--role", "official", "--scope", "district:11200", "--name", "김도로"]
ADMIN = ["--person", "jimin@example.org", "--role", "admin", "--scope", "site"]


def test_grant_command_makes_the_first_administrator(jimin: Person) -> None:
    out = StringIO()
    call_command("grant", *ADMIN, stdout=out)
    jimin.refresh_from_db()
    assert (holds(jimin, "admin", "district:11530"), jimin.is_staff) == (True, True)
    assert out.getvalue() == "jimin@example.org is admin of site.\n"


def test_grant_command_with_json_prints_one_object(jimin: Person) -> None:
    out = StringIO()
    call_command("grant", *OFFICIAL, "--office", "도로과", "--phone", "02-0000-0101", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {
        "person": "jimin@example.org",
        "role": "official",
        "scope": "district:11200",
        "name": "김도로",
        "office": "도로과",
        "phone": "02-0000-0101",
    }
    assert holds(jimin, "official", "district:11200")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (OFFICIAL, "부서|department"),
        (OFFICIAL[:-2], "이름|name"),
        (["--person", "jimin@example.org", "--role", "mayor", "--scope", "site"], "role|역할"),
        (["--person", "jimin@example.org", "--role", "admin", "--scope", "district:99999"], "place|곳"),
        (["--person", "nobody@example.org", "--role", "admin", "--scope", "site"], "no open account"),
    ],
)
def test_grant_command_that_is_refused_says_why(jimin: Person, words: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("grant", *words)
    assert jimin.grants.count() == 0


def test_grant_command_with_a_last_day_and_a_reason_writes_both_down(jimin: Person) -> None:
    last = (database_now() + timedelta(days=30)).astimezone(SEOUL).date()
    team = [*OFFICIAL, "--scope", "department:11200.safety.roads.lights", "--until", last.isoformat()]
    call_command("grant", *team, "--reason", "새 담당자입니다.", stdout=StringIO())
    step = RoleStep.objects.get(person=jimin)
    assert (step.reason, step.until, jimin.grants.get().office) == (
        "새 담당자입니다.",
        end_of_day(last),
        "도로시설과 도로조명팀",
    )


def test_revoke_command_takes_the_role_back_but_not_from_the_last_administrator(jimin: Person, keeper: Person) -> None:
    out = StringIO()
    call_command("grant", *ADMIN, stdout=StringIO())
    call_command("revoke", *ADMIN, "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"person": "jimin@example.org", "role": "admin", "scope": "site"}
    assert not holds(Person.objects.get(pk=jimin.pk), "admin", "site")
    with pytest.raises(CommandError):
        call_command("revoke", "--person", keeper.email, "--role", "admin", "--scope", "site")
    assert holds(keeper, "admin", "site")


def test_createsuperuser_says_what_to_do_instead(db: None) -> None:
    with pytest.raises(CommandError, match="livinglab grant"):
        call_command("createsuperuser", "--noinput")
    assert Person.objects.count() == 0
