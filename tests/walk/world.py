"""What do the routes lead to? A thing of each kind in Seongdong, in the state in which something can be done to it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from civic.clocks.now import database_now
from civic.devices.models import DeviceToken
from civic.faults.actions import report_fault, take_fault
from civic.faults.models import Fault
from civic.feed.models import SetAside
from civic.ledger.models import Entry
from civic.notifications.actions import notify
from civic.notifications.models import Notice
from civic.people.actions import declare_tie, give_consents, link_account, open_department
from civic.people.models import ApiToken, Department, Person, RoleGrant
from civic.people.queries import documents_in_force
from civic.pilots.models import Pilot
from civic.places.models import Dong
from civic.policies.models import ParticipationPolicy
from civic.proposals.actions import discuss_proposal, support_proposal
from civic.proposals.models import Proposal
from civic.threads.models import Post
from civic.voting.actions import close_round, publish_round
from civic.voting.models import Round
from tests.lamps import gateway
from tests.level_examples import check, make_unchecked, print_sheet, send_letter
from tests.making import (
    DOSEON,
    make_adopted,
    make_fault,
    make_lamp,
    make_official,
    make_person,
    make_proposal,
    make_repaired,
    make_reviewed,
)
from tests.office_examples import WORDS as OFFICE
from tests.office_examples import department
from tests.passkeys import Device
from tests.pilots import make_judging, make_pilot, make_running
from tests.voting import WEEK, make_announced, make_counted, make_open, make_round


@dataclass(frozen=True)
class World:
    """The things by name. `own_*` belong to the resident who walks."""

    now: datetime
    proposal: Proposal
    post: Post
    supported: Proposal
    reviewed: Proposal
    adopted: Proposal
    lamp: Any
    fault: Fault
    taken: Fault
    repaired: Fault
    report_key: str
    drafted: Round
    announced: Round
    voting: Round
    over: Round
    ended: Round
    counted: Round
    published: Round
    planned: Pilot
    running: Pilot
    judging: Pilot
    policy: ParticipationPolicy
    set_aside: SetAside
    emptied: Department
    letter: str
    sheet: Entry
    unchecked: Person
    checked: Person
    grant: RoleGrant
    resident: Person
    device_key: DeviceToken
    own_notice: Notice
    own_key: ApiToken
    own_passkey: Authenticator
    own_link: SocialAccount


def make_world(people: Sequence[Person], resident: Person) -> World:
    """Everything a minute ago, the votes that are over a fortnight ago."""
    now = database_now() - timedelta(minutes=1)
    _agree(people, now)
    proposal = make_proposal(at=now)
    return World(
        now=now,
        proposal=proposal,
        post=discuss_proposal(by=make_person(), proposal=proposal, stance="for", text="저도 무섭습니다.", at=now),
        supported=_supported(people, now),
        reviewed=make_reviewed(at=now),
        adopted=make_adopted(at=now - timedelta(days=20)),
        planned=make_pilot(),
        running=_begun(make_running(), now),
        judging=make_judging(),
        policy=ParticipationPolicy.objects.filter(district="11200").latest("valid_from"),
        set_aside=SetAside.objects.create(
            consumer="tell", item_seq=7, kind="Thing", key="device:11200-1", error="-", at=now
        ),
        device_key=gateway(),
        **_faults(now),
        **_votes(now),
        **_checks(now),
        **_own(resident, now),
    )


def _supported(people: Sequence[Person], now: datetime) -> Proposal:
    """By everybody who walks, so that they can take it back."""
    proposal = make_proposal(at=now)
    for person in people:
        proposal = support_proposal(by=person, proposal=proposal, at=now)
    return proposal


def _faults(now: datetime) -> dict[str, Any]:
    lamp = make_lamp()
    fault, key = report_fault(by=None, device=lamp, category="dark", email="guest@example.org", at=now)
    taken = take_fault(by=make_official(), fault=make_fault(make_lamp(), at=now), at=now)
    repaired = make_repaired(make_lamp(), at=now - timedelta(hours=3))
    return {"lamp": lamp, "fault": fault, "report_key": key, "taken": taken, "repaired": repaired}


def _votes(now: datetime) -> dict[str, Any]:
    """The published one has as many ballots as the list of ballots needs."""
    over = now - 2 * WEEK
    running, ended = ({"opens_at": begin, "closes_at": begin + WEEK} for begin in (now, over))
    counted = make_counted(*([(1,)] * 20), at=over, **ended)
    return {
        "drafted": make_round(at=now, **running),
        "announced": make_announced(at=now, **running),
        "over": make_open(at=over, **ended),
        "ended": close_round(by=None, round=make_open(at=over, **ended), at=now),
        "counted": make_counted((1,), at=over, **ended),
        "voting": make_open(at=now, **running),
        "published": publish_round(by=None, round=counted, at=now),
    }


def _checks(now: datetime) -> dict[str, Any]:
    """Letters, checks and roles of Seongdong's residents."""
    return {
        "letter": send_letter(at=now),
        "sheet": print_sheet(at=now)[0],
        "unchecked": make_unchecked(),
        "checked": check(make_unchecked()),
        "grant": RoleGrant.objects.get(person=make_official(role="expert")),
        "emptied": _emptied(now),
    }


def _emptied(now: datetime) -> Department:
    """An office to which nothing is brought."""
    admin, above = make_official(role="admin"), department("11200.life.env")
    return open_department(
        by=admin, district=above.district, parent=above, slug="walked", level="team", words=OFFICE, at=now
    )


def _agree(people: Sequence[Person], now: datetime) -> None:
    """To every text, so that nobody is asked first, and that a dong is kept."""
    for person in people:
        give_consents(person=person, documents=documents_in_force(), network="192.0.2.1", at=now)
        declare_tie(by=person, kind="lives", dong=Dong.objects.get(code=DOSEON), at=now)


def _own(resident: Person, now: datetime) -> dict[str, Any]:
    notify(person=resident, fact="ProposalAdopted", key="proposal:P-2026-000001", data={}, seq=1, at=now)
    notice = Notice.objects.filter(person=resident).latest("pk")
    asked = {"publicKey": {"user": {"id": str(resident.pk)}, "rp": {"id": "testserver"}, "challenge": "walk"}}
    passkey = {"name": "휴대전화", "credential": json.loads(Device().created(asked))}
    return {
        "resident": resident,
        "own_notice": notice,
        "own_key": ApiToken.objects.get(person=resident),
        "own_passkey": Authenticator.objects.create(user=resident, type=Authenticator.Type.WEBAUTHN, data=passkey),
        "own_link": link_account(person=resident, provider="kakao", subject="1", at=now),
    }


def _begun(pilot: Pilot, now: datetime) -> Pilot:
    """So that a value of today lies within it."""
    days = {"starts_on": (now - timedelta(days=9)).date(), "ends_on": (now + timedelta(days=80)).date()}
    Pilot.objects.filter(pk=pilot.pk).update(**days)
    return pilot
