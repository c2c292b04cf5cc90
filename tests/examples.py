"""One example of every action that records a fact: prepare, then act.

`EXAMPLES[name]()` prepares and returns a function without arguments that performs the action. The promise tests run
each with a ledger that fails, and look that nothing was written; a new action without an example fails them.
"""

from collections.abc import Callable
from datetime import timedelta

from civic.people import actions as people
from civic.places.models import District, Dong
from civic.policies import actions as policies
from civic.policies.rules import FIGURES
from civic.proposals import actions as proposals
from civic.proposals.states import State
from civic.threads import actions as threads
from civic.voting import actions as voting
from tests import voting as votes
from tests.device_examples import DEVICE_EXAMPLES
from tests.fault_examples import FAULT_EXAMPLES
from tests.level_examples import LEVEL_EXAMPLES
from tests.linking_examples import LINKING_EXAMPLES
from tests.making import (
    DOSEON,
    NOON,
    add_supports,
    make_adopted,
    make_official,
    make_person,
    make_proposal,
    make_reviewed,
    said,
)
from tests.office_examples import OFFICE_EXAMPLES
from tests.pilots import PILOT_EXAMPLES
from tests.privacy_examples import PRIVACY_EXAMPLES

Act = Callable[[], object]
SCOPE = "district:11200"


def _register() -> Act:
    return lambda: people.register_person(
        email="new@example.org", nickname="새이웃", password=None, old_enough=True, at=NOON
    )


def _confirm() -> Act:
    person = people.register_person(
        email="another@example.org", nickname="또다른이웃", password=None, old_enough=True, at=NOON
    )
    return lambda: people.confirm_address(person=person, at=NOON)


def _change_password() -> Act:
    person = make_person()
    people.issue_token(by=person, person=person, label="test", at=NOON)
    return lambda: people.change_password(person=person, password=None, at=NOON)


def _give_app() -> Act:
    person = make_person()
    return lambda: people.give_app(person=person, at=NOON)


def _drop_factors() -> Act:
    person = make_official()
    return lambda: people.drop_factors(person=person, at=NOON)


def _note_factor(action: Callable[..., None]) -> Act:
    person = make_person()
    return lambda: action(person=person, at=NOON)


def _lapse() -> Act:
    person = people.register_person(
        email="nobody@example.org", nickname="아무도아닌", password=None, old_enough=True, at=NOON
    )
    return lambda: people.lapse_account(days=7, person=person, at=person.date_joined + timedelta(days=7))


def _grant() -> Act:
    person = make_person()
    return lambda: people.grant_role(
        by=None, person=person, role="expert", scope=SCOPE, office="도로조명", phone="", at=NOON
    )


def _revoke() -> Act:
    official = make_official()
    return lambda: people.revoke_role(by=None, person=official, role="official", scope=SCOPE, at=NOON)


def _issue() -> Act:
    person = make_person()
    return lambda: people.issue_token(by=person, person=person, label="test", at=NOON)


def _revoke_token() -> Act:
    person = make_person()
    people.issue_token(by=person, person=person, label="test", at=NOON)
    token = person.tokens.get()
    return lambda: people.revoke_token(by=person, token=token, at=NOON)


def _set_policy() -> Act:
    admin = make_official(role="admin")
    figures = dict.fromkeys(FIGURES, 10)
    district = District.objects.get(code="11200")
    return lambda: policies.set_policy(
        by=admin, district=district, valid_from=NOON + timedelta(days=1), figures=figures, at=NOON
    )


def _publish() -> Act:
    author, dong = make_person(), Dong.objects.get(code=DOSEON)
    return lambda: proposals.publish_proposal(by=author, dong=dong, category="safety", words=said(), at=NOON)


def _support() -> Act:
    person, proposal = make_person(), add_supports(make_proposal(), 29)
    return lambda: proposals.support_proposal(by=person, proposal=proposal, at=NOON)


def _withdraw() -> Act:
    person, proposal = make_person(), make_proposal()
    proposals.support_proposal(by=person, proposal=proposal, at=NOON)
    return lambda: proposals.withdraw_support(by=person, proposal=proposal, at=NOON)


def _adopt() -> Act:
    official, proposal = make_official(), make_reviewed()
    return lambda: proposals.adopt_proposal(
        by=official, proposal=proposal, reason="구간을 정해 시험하겠습니다.", planned="2027년 3월", at=NOON
    )


def _carry() -> Act:
    proposal = make_adopted()
    return lambda: proposals.carry_proposal(proposal=proposal, to=State.PILOT, after=[], at=NOON + timedelta(days=20))


def _decline() -> Act:
    official, proposal = make_official(), make_reviewed()
    return lambda: proposals.decline_proposal(
        by=official, proposal=proposal, reason="다른 사업에서 이미 하고 있습니다.", at=NOON
    )


def _expire() -> Act:
    proposal = make_proposal()
    return lambda: proposals.expire_proposal(proposal=proposal, at=proposal.closes_at)


def _post() -> Act:
    person, thread = make_person(), make_proposal().thread
    return lambda: threads.write_post(by=person, thread=thread, stance="question", text="언제 고치나요?", at=NOON)


def _close_thread() -> Act:
    thread = make_proposal().thread
    return lambda: threads.close_thread(thread=thread, at=NOON)


def _draft_round() -> Act:
    district, draft = District.objects.get(code="11200"), votes.make_draft()
    return lambda: voting.draft_round(by=None, district=district, draft=draft, at=NOON)


def _announce_round() -> Act:
    round = votes.make_round()
    return lambda: voting.announce_round(by=None, round=round, at=NOON)


def _open_round() -> Act:
    round = votes.make_announced()
    return lambda: voting.open_round(by=None, round=round, at=NOON)


def _cast() -> Act:
    person, round = make_person(), votes.make_open()
    return lambda: voting.cast_ballot(by=person, round=round, choices=votes.ids(round, 2), at=NOON)


def _close_round() -> Act:
    round = votes.make_open()
    votes.vote(round, 2)
    return lambda: voting.close_round(by=None, round=round, at=NOON)


def _count_round() -> Act:
    round = votes.make_open()
    votes.vote(round, 2)
    closed = voting.close_round(by=None, round=round, at=NOON)
    return lambda: voting.count_round(by=None, round=closed, at=NOON)


def _publish_round() -> Act:
    round = votes.make_counted((1,), (1, 2))
    return lambda: voting.publish_round(by=None, round=round, at=NOON + votes.WEEK)


EXAMPLES: dict[str, Callable[[], Act]] = FAULT_EXAMPLES | {
    **DEVICE_EXAMPLES,
    "register_person": _register,
    "confirm_address": _confirm,
    "change_password": _change_password,
    "give_app": _give_app,
    "drop_factors": _drop_factors,
    "note_factor_added": lambda: _note_factor(people.note_factor_added),
    "note_factor_removed": lambda: _note_factor(people.note_factor_removed),
    "lapse_account": _lapse,
    "grant_role": _grant,
    "revoke_role": _revoke,
    "issue_token": _issue,
    "revoke_token": _revoke_token,
    "set_policy": _set_policy,
    "publish_proposal": _publish,
    "support_proposal": _support,
    "withdraw_support": _withdraw,
    "adopt_proposal": _adopt,
    "decline_proposal": _decline,
    "carry_proposal": _carry,
    **LINKING_EXAMPLES,
    **PILOT_EXAMPLES,
    **OFFICE_EXAMPLES,
    **LEVEL_EXAMPLES,
    **PRIVACY_EXAMPLES,
    "expire_proposal": _expire,
    "write_post": _post,
    "close_thread": _close_thread,
    "draft_round": _draft_round,
    "announce_round": _announce_round,
    "open_round": _open_round,
    "cast_ballot": _cast,
    "close_round": _close_round,
    "count_round": _count_round,
    "publish_round": _publish_round,
}
