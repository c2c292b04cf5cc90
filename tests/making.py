"""How do tests make people and proposals? Through the same actions as everybody else, with short words."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP

from civic.devices.models import Device, DeviceState, Streetlight
from civic.faults.actions import repair_fault, report_fault, take_fault
from civic.faults.models import Fault
from civic.people.actions import confirm_address, grant_role, register_person
from civic.people.levels import CHECKED
from civic.people.models import Person
from civic.people.roles import ROLES
from civic.places.models import Dong
from civic.proposals.actions import adopt_proposal, decline_proposal, publish_proposal, support_proposal
from civic.proposals.models import Proposal
from civic.proposals.words import Words, words

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)  # 2 March 2026, 12:00 in Seoul
DOSEON = "1120053500"  # Wangsimni Doseon-dong, Seongdong-gu
GURO4 = "1153055000"  # Guro 4-dong, Guro-gu
PASSWORD = "lamp-in-the-alley"
APP_SECRET = "JBSWY3DPEHPK3PXP"  # of the authenticator app of everybody in office

_serial = count(1)


def make_person(
    nickname: str = "", *, password: str | None = None, level: int = CHECKED, at: datetime = NOON
) -> Person:
    """A resident with a confirmed address, checked by the district unless another level is asked for."""
    n = next(_serial)
    person = register_person(
        email=f"person{n}@example.org", nickname=nickname or f"골목이웃{n}", password=password, old_enough=True, at=at
    )
    confirm_address(person=person, at=at)
    person.level = level
    Person.objects.filter(pk=person.pk).update(level=level)  # one statement, because thousands are made
    return person


def make_official(
    district: str = "11200", *, role: str = "official", scope: str = "", password: str | None = None
) -> Person:
    """Somebody in office, of one district or of that scope; the staff with the second step that the desk asks for."""
    person = make_person(password=password)
    scope = scope or f"district:{district}"
    shown = {"name": person.nickname, "office": "도로시설과", "phone": "02-0000-0101"}
    grant_role(by=None, person=person, role=role, scope=scope, **shown, at=NOON)
    if ROLES[role].staff:
        TOTP.activate(person, APP_SECRET)
    return person


def said(**changed: Any) -> Words:
    """Words that will do."""
    plain = {
        "title": "꺼진 보안등, 먼저 알려 주세요",
        "problem": "등 하나만 나가도 서른 걸음이 통째로 깜깜해집니다.",
        "solution": "등이 스스로 고장을 알리게 해 주세요.",
        "expected_effect": "",
        "tags": ("보안등",),
    }
    return words(**{**plain, **changed})


def make_proposal(
    by: Person | None = None, *, dong: str = DOSEON, category: str = "safety", at: datetime = NOON, **changed: Any
) -> Proposal:
    """A published proposal."""
    author = by or make_person()
    place = Dong.objects.get(code=dong)
    return publish_proposal(by=author, dong=place, category=category, words=said(**changed), at=at)


def add_supports(proposal: Proposal, number: int, *, at: datetime = NOON) -> Proposal:
    """That many neighbours support it."""
    for _n in range(number):
        proposal = support_proposal(by=make_person(at=at), proposal=proposal, at=at)
    return proposal


def make_reviewed(*, at: datetime = NOON, **changed: Any) -> Proposal:
    """A proposal that has reached its threshold."""
    return add_supports(make_proposal(at=at, **changed), 30, at=at)


def make_adopted(*, at: datetime = NOON, days: int = 10) -> Proposal:
    """A proposal the district said yes to, after that many days."""
    proposal = make_reviewed(at=at)
    official = make_official()
    said = {"reason": "구간을 정해 시험하겠습니다.", "planned": "2027년 3월"}
    return adopt_proposal(by=official, proposal=proposal, **said, at=at + timedelta(days=days))


def make_declined(*, at: datetime = NOON, days: int = 10) -> Proposal:
    """A proposal the district said no to."""
    moment = at + timedelta(days=days)
    reason = "다른 사업에서 이미 하고 있습니다."
    return decline_proposal(by=make_official(), proposal=make_reviewed(at=at), reason=reason, at=moment)


def make_lamp(name: str = "", *, district: str = "11200", dong: str = DOSEON, parent: Device | None = None) -> Device:
    """A security light of a list, which reports every ten minutes."""
    n = next(_serial)
    device = Device.objects.create(
        tag=f"{district}-{n:02}-17-01",
        name=name or f"{n:02}-17-01",
        district_id=district,
        dong_id=dong,
        lat=37.5615 + n / 1000,
        lon=127.0277,
        parent=parent,
        report_interval=600,
    )
    Streetlight.objects.create(device=device, identity=device.tag, position=n, source="")
    DeviceState.objects.create(device=device)
    return device


def make_fault(device: Device | None = None, *, by: Person | None = None, at: datetime = NOON) -> Fault:
    """A lamp that a resident found dark."""
    found, _key = report_fault(by=by or make_person(), device=device or make_lamp(), category="dark", at=at)
    return found


def make_repaired(device: Device | None = None, *, by: Person | None = None, at: datetime = NOON) -> Fault:
    """A fault that an official took on at once and repaired two hours later."""
    official = make_official()
    fault = take_fault(by=official, fault=make_fault(device, by=by, at=at), at=at)
    return repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=at + timedelta(hours=2))
