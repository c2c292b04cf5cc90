"""Examples of the actions about personal data that record a fact; `tests/examples.py` says what they are for."""

from collections.abc import Callable
from datetime import date, timedelta

from civic.people.actions import (
    correct_person,
    give_consents,
    grant_role,
    issue_token,
    sign_off_access,
    withdraw_consent,
)
from civic.people.actions.keys import stop_every_token, stop_token
from civic.people.models import ConsentDocument, Person
from civic.people.queries import documents_in_force
from civic.privacy.actions import (
    destroy_over,
    erase_again,
    erase_person,
    erase_returned,
    list_everybody,
    list_looked_at,
    set_retention,
    tell_unused,
)
from civic.privacy.choice import Texts
from civic.privacy.destroyed import note_begun, note_done
from civic.privacy.models import RetentionRule
from civic.proposals.actions import expire_proposal, take_back_proposal
from civic.threads.actions import take_back_post, write_post
from civic.voting.actions import cast_ballot, take_off_ballots, withdraw_ballot
from tests import voting as votes
from tests.making import NOON, make_official, make_person, make_proposal

Act = Callable[[], object]


def _sign_off() -> Act:
    admin, month = make_official(role="admin"), date(2026, 2, 1)
    remark = "모두 담당 업무였습니다."
    return lambda: sign_off_access(by=admin, district="11200", month=month, remark=remark, at=NOON)


def _set_retention() -> Act:
    admin, rule = site_admin(), RetentionRule.objects.get(code="guest_contact")
    words = {"basis_ko": rule.basis_ko, "basis_en": rule.basis_en}
    return lambda: set_retention(by=admin, rule=rule, days=14, **words, at=NOON)


def _tell_unused() -> Act:
    before = make_person().date_joined + timedelta(days=1)
    return lambda: tell_unused(before=before, at=NOON + timedelta(days=700))


def _destroy() -> Act:
    proposal = make_proposal()
    expire_proposal(proposal=proposal, at=proposal.closes_at)
    rule = RetentionRule.objects.get(code="proposals_declined")
    return lambda: destroy_over(rule=rule, by="command", at=proposal.closes_at + timedelta(days=731))


def site_admin() -> Person:
    """Somebody who administers the whole site."""
    person = make_person()
    grant_role(by=None, person=person, role="admin", scope="site", at=NOON)
    return person


def _take_back_proposal() -> Act:
    author = make_person()
    proposal = make_proposal(author)
    return lambda: take_back_proposal(by=author, proposal=proposal, at=NOON)


def _take_back_post() -> Act:
    person, thread = make_person(), make_proposal().thread
    post = write_post(by=person, thread=thread, stance="question", text="언제 고치나요?", at=NOON)
    return lambda: take_back_post(by=person, post=post, at=NOON)


def _withdraw_ballot() -> Act:
    person, round = make_person(), votes.make_open()
    cast_ballot(by=person, round=round, choices=votes.ids(round, 2), at=NOON)
    return lambda: withdraw_ballot(by=person, round=round, at=NOON)


def _take_off_ballots() -> Act:
    proposal = make_proposal()
    votes.make_announced(options=votes.of_proposals(proposal, make_proposal(title="골목에 센서등을 달아 주세요")))
    return lambda: take_off_ballots(about=proposal.key, title=proposal.title, instead="지운 제안", at=NOON)


def _erase() -> Act:
    person = make_person()
    make_proposal(person)
    return lambda: erase_person(by=person, person=person, texts=Texts.GONE, at=NOON)


def _erase_again() -> Act:
    person = make_person()
    note_begun(what="person", id=str(person.pk), texts=Texts.KEPT.value, at=NOON)
    return lambda: erase_again(at=NOON)


def _erase_returned() -> Act:
    person = make_person()
    note_done(what="person", id=str(person.pk), texts=Texts.KEPT.value, at=NOON)
    return lambda: erase_returned(at=NOON)


def agreed(person: Person) -> ConsentDocument:
    """To everything; the optional document is returned."""
    documents = documents_in_force()
    give_consents(person=person, documents=documents, network="192.0.2.7", at=NOON)
    return documents[-1]


def _give() -> Act:
    person, documents = make_person(), documents_in_force()
    return lambda: give_consents(person=person, documents=documents, network="192.0.2.7", at=NOON)


def _withdraw() -> Act:
    person = make_person()
    optional = agreed(person)
    return lambda: withdraw_consent(by=person, document=optional, at=NOON)


def _correct() -> Act:
    person = make_person()
    return lambda: correct_person(by=person, nickname="새로운이름", dong=None, at=NOON)


def _stop_token() -> Act:
    person = make_person()
    issue_token(by=person, person=person, label="test", at=NOON)
    return lambda: stop_token(person.tokens.get(), person, NOON)


def _stop_every_token() -> Act:
    person = make_person()
    issue_token(by=person, person=person, label="test", at=NOON)
    return lambda: stop_every_token(person=person, at=NOON)


def _list_everybody() -> Act:
    make_person()
    return lambda: list_everybody(at=NOON)


def _list_looked_at() -> Act:
    return lambda: list_looked_at(since=NOON, until=NOON + timedelta(days=1), at=NOON)


PRIVACY_EXAMPLES: dict[str, Callable[[], Act]] = {
    "sign_off_access": _sign_off,
    "set_retention": _set_retention,
    "tell_unused": _tell_unused,
    "destroy_over": _destroy,
    "take_back_proposal": _take_back_proposal,
    "take_back_post": _take_back_post,
    "withdraw_ballot": _withdraw_ballot,
    "take_off_ballots": _take_off_ballots,
    "erase_person": _erase,
    "list_everybody": _list_everybody,
    "list_looked_at": _list_looked_at,
    "erase_again": _erase_again,
    "erase_returned": _erase_returned,
    "give_consents": _give,
    "withdraw_consent": _withdraw,
    "correct_person": _correct,
    "stop_token": _stop_token,
    "stop_every_token": _stop_every_token,
}
