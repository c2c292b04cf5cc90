"""One example of every action on departments, terms and transfers that records a fact; joined in examples.py."""

from collections.abc import Callable
from datetime import timedelta

from civic.faults import actions as faults
from civic.people import actions as people
from civic.people.actions import DepartmentWords
from civic.people.models import Department
from civic.places.models import District
from civic.proposals import actions as proposals
from tests.making import NOON, make_fault, make_official, make_person, make_reviewed

Act = Callable[[], object]
SCOPE = "district:11200"
WORDS = DepartmentWords("가로수팀", "Street Tree Team", "02-0000-0131", "가로수를 돌봅니다.", "Tends street trees.")
GREEN = "11200.life.env.green"


def department(code: str) -> Department:
    """One of the reference data."""
    return Department.objects.get(code=code)


def _expire() -> Act:
    person, ends = make_person(), NOON + timedelta(days=1)
    grant = people.grant_role(
        by=None, person=person, role="expert", scope=SCOPE, office="도로조명", until=ends, at=NOON
    )
    return lambda: people.expire_role(grant=grant, at=ends)


def _open() -> Act:
    admin, district = make_official(role="admin"), District.objects.get(code="11200")
    words = {"slug": "trees", "level": "team", "words": WORDS}
    above = department("11200.life.env")
    return lambda: people.open_department(by=admin, district=district, parent=above, **words, at=NOON)


def _amend() -> Act:
    admin = make_official(role="admin")
    return lambda: people.amend_department(by=admin, department=department(GREEN), words=WORDS, at=NOON)


def _close() -> Act:
    admin, team = make_official(role="admin"), department("11200.life.env.air")
    above = department("11200.life.env")
    people.route_category(by=admin, department=above, kind="proposal", category="environment", at=NOON)
    return lambda: people.close_department(by=admin, department=team, at=NOON)


def _route() -> Act:
    admin, lights = make_official(role="admin"), department("11200.safety.roads.lights")
    return lambda: people.route_category(by=admin, department=lights, kind="proposal", category="walking", at=NOON)


def _transfer_proposal() -> Act:
    official, proposal = make_official(), make_reviewed()
    words = {"department": department(GREEN), "reason": "공원 안의 일입니다."}
    return lambda: proposals.transfer_proposal(by=official, proposal=proposal, **words, at=NOON)


def _transfer_fault() -> Act:
    official, fault = make_official(), make_fault()
    words = {"department": department(GREEN), "note": "공원 안의 등입니다."}
    return lambda: faults.transfer_fault(by=official, fault=fault, **words, at=NOON)


OFFICE_EXAMPLES: dict[str, Callable[[], Act]] = {
    "expire_role": _expire,
    "open_department": _open,
    "amend_department": _amend,
    "close_department": _close,
    "route_category": _route,
    "transfer_proposal": _transfer_proposal,
    "transfer_fault": _transfer_fault,
}
