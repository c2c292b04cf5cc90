"""Is whoever acts while their account is erased told so, in a sentence, and is nothing of it kept?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils.translation import override

from civic.clocks.now import database_now
from civic.people.actions import issue_token
from civic.people.actions.holding import ACCOUNT_GONE
from civic.people.models import Person
from civic.privacy.actions import erase_person
from civic.privacy.choice import Texts
from civic.proposals.models import Proposal, Support
from tests.making import NOON, make_person, make_proposal
from tests.signing import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def leaving(person: Person) -> Iterator[None]:
    """Their account goes, for good, between the reading of who they are and the first thing that is asked for them."""
    known: list[str] = []

    def between(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if known == ["here"]:
            known.append("gone")
            erase_person(by=person, person=Person.objects.get(pk=person.pk), texts=Texts.KEPT, at=NOON)
        if not known and '"civic_person"."password"' in sql:
            known.append("here")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(between):
        yield
    assert known == ["here", "gone"]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_form_sent_while_the_account_goes_is_refused_on_a_page(prefix: str) -> None:
    person, proposal = make_person(), make_proposal(at=database_now())
    client = signed_in(person)
    with leaving(person):
        answer = client.post(f"{prefix}/proposals/{proposal.code}/support/")
    with override("en" if prefix else "ko"):
        said = str(ACCOUNT_GONE.text)
    assert (answer.status_code, said in answer.content.decode()) == (409, True)
    assert not Support.objects.exists()
    assert Proposal.objects.get(pk=proposal.pk).supports == 0
    assert client.get("/me/").status_code == 302  # signed out


def test_program_that_writes_while_the_account_goes_is_refused_with_code_and_sentence() -> None:
    person, proposal = make_person(), make_proposal(at=database_now())
    key = issue_token(by=person, person=person, label="test", at=NOON)
    headers = {"authorization": f"Bearer {key}", "idempotency-key": "one", "accept-language": "en"}
    with leaving(person):
        answer = Client().post(f"/api/v1/proposals/{proposal.code}/support", headers=headers)
    with override("en"):
        in_english = str(ACCOUNT_GONE.text)
    assert (answer.status_code, answer.json()) == (409, {"code": "account_gone", "text": in_english})
    assert not Support.objects.exists()


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/me/details/", {"nickname": "새로운이름", "dong": ""}),
        ("/me/privacy/place/give/", {}),
        ("/me/tokens/", {"label": "달력"}),
        ("/me/leave/", {"texts": "gone", "nickname": ""}),
    ],
)
def test_own_pages_answer_whoever_is_gone_and_do_not_break(path: str, sent: dict[str, str]) -> None:
    person = make_person(password="lamp-in-the-alley")
    client = signed_in(person)
    with leaving(person):
        answer = client.post(path, sent | ({"nickname": person.nickname} if "texts" in sent else {}))
    assert answer.status_code < 500


def test_error_of_somebody_who_is_still_here_stays_an_error() -> None:
    person, proposal = make_person(), make_proposal(at=database_now())
    client = signed_in(person)
    client.raise_request_exception = False

    def broken(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        return execute(sql.replace('INSERT INTO "civic_support"', 'INSERT INTO "nowhere"'), params, many, context)

    with connection.execute_wrapper(broken):
        assert client.post(f"/proposals/{proposal.code}/support/").status_code == 500
