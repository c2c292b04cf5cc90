"""How do tests make pilots? Through the actions, from an adopted proposal to a judged trial; one example of each."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from civic.chain.actions import issue_code
from civic.devices.models import Device
from civic.faults.models import Fault, FaultStep
from civic.people.models import Person
from civic.pilots import actions as pilots
from civic.pilots.models import Pilot
from civic.pilots.plan import ConditionPlan, KpiPlan, PilotPlan, pilot_plan
from civic.pilots.states import Stage
from tests.making import DOSEON, NOON, make_adopted, make_official

_serial = count(1)
REASON = "한 지표가 목표에 닿지 않아 고쳐서 다시 합니다."
START = NOON + timedelta(days=30)
END = START + timedelta(days=89, hours=1)  # the ninetieth day


def make_plan(slug: str = "", **changed: Any) -> PilotPlan:
    """Two indicators that are written down, and a rule of three conditions."""
    plain: dict[str, Any] = {
        "slug": slug or f"pilot-{next(_serial)}",
        "title": "보안등 스스로 알림",
        "summary": "보안등 마흔여덟 등이 스스로 고장을 알립니다.",
        "starts_on": date(2026, 4, 1),
        "ends_on": date(2026, 6, 30),
        "kpis": [
            KpiPlan("부점등률", "%", "lower", Decimal("1.5"), baseline=Decimal("4.1")),
            KpiPlan("체감안전", "점", "higher", Decimal("3.8"), baseline=Decimal("2.8")),
        ],
        "conditions": [ConditionPlan("target", 1), ConditionPlan("cases", 2, 30), ConditionPlan("days", 0, 90)],
    }
    return pilot_plan(**{**plain, **changed})


def make_pilot(by: Person | None = None, *, slug: str = "", **changed: Any) -> Pilot:
    """A pilot in preparation, of a proposal adopted on the tenth day."""
    proposal, moment = make_adopted(), NOON + timedelta(days=11)
    return pilots.plan_pilot(by=by or make_official(), proposal=proposal, plan=make_plan(slug, **changed), at=moment)


def make_running(by: Person | None = None, *, slug: str = "", **changed: Any) -> Pilot:
    """A pilot on its first day."""
    official = by or make_official()
    pilot = make_pilot(official, slug=slug, **changed)
    return pilots.advance_pilot(by=official, pilot=pilot, to=Stage.RUNNING, at=START)


def write_down(
    by: Person, pilot: Pilot, position: int, value: str, *, at: datetime = END, n: int | None = None
) -> None:
    """One value of one indicator."""
    kpi = pilot.kpis.get(position=position)
    pilots.record_kpi(by=by, kpi=kpi, on=at.date(), value=Decimal(value), n=n, at=at)


def make_judging(by: Person | None = None, *, slug: str = "", rate: str = "1.4", answers: int = 47) -> Pilot:
    """A pilot that is being judged; with the plain values its rule is met."""
    official = by or make_official()
    pilot = make_running(official, slug=slug)
    write_down(official, pilot, 1, rate)
    write_down(official, pilot, 2, "3.6", n=answers)
    return pilots.advance_pilot(by=official, pilot=pilot, to=Stage.JUDGING, at=END)


def make_lamp(*, district: str = "11200", dong: str = DOSEON) -> Device:
    """A lamp of the district's list, with nothing said yet."""
    number = next(_serial)
    return Device.objects.create(tag=f"{district}-00-{number}", name=f"00-{number}", district_id=district, dong_id=dong)


def make_repaired(lamp: Device, opened: datetime, hours: float) -> Fault:
    """A fault of a lamp that was mended so many hours after it showed."""
    code, repaired = issue_code(prefix="F", at=opened), opened + timedelta(hours=hours)
    fault = Fault.objects.create(
        code=code,
        district_id=lamp.district_id,
        dong_id=lamp.dong_id,
        device=lamp,
        category="dark",
        trouble="light",
        source="sensor",
        state="resolved",
        opened_at=opened,
        repaired_at=repaired,
        resolved_at=repaired,
        answer_due_at=opened,
        repair_due_at=opened,
        moved_at=repaired,
        result="램프를 바꿨습니다.",
    )
    FaultStep.objects.create(fault=fault, state="repaired", fact="FaultRepaired", at=repaired)
    return fault


HOURS = [KpiPlan("고장 인지부터 수리까지", "시간", "lower", Decimal(24), source="repair_hours")]


REACHED = [ConditionPlan("target", 1)]


def make_measured(
    by: Person | None = None,
    *,
    slug: str = "",
    before: Sequence[float] = (92,),
    conditions: Sequence[ConditionPlan] = REACHED,
) -> tuple[Pilot, Device]:
    """A running pilot with one lamp, whose faults before the start took so many hours each."""
    official, lamp = by or make_official(), make_lamp()
    for n, hours in enumerate(before):
        make_repaired(lamp, START - timedelta(days=20 - n), hours)
    pilot = make_pilot(official, slug=slug, kpis=HOURS, conditions=conditions)
    pilot = pilots.link_lamps(by=official, pilot=pilot, devices=[lamp], at=NOON + timedelta(days=12))
    return pilots.advance_pilot(by=official, pilot=pilot, to=Stage.RUNNING, at=START), lamp


def _plan_pilot() -> Callable[[], object]:
    proposal, official, plan = make_adopted(), make_official(), make_plan()
    return lambda: pilots.plan_pilot(by=official, proposal=proposal, plan=plan, at=NOON + timedelta(days=11))


def _link_lamps() -> Callable[[], object]:
    official, pilot, lamp = make_official(), make_pilot(), make_lamp()
    return lambda: pilots.link_lamps(by=official, pilot=pilot, devices=[lamp], at=NOON + timedelta(days=12))


def _record_baseline() -> Callable[[], object]:
    official, pilot, day = make_official(), make_pilot(), NOON + timedelta(days=12)
    kpi = pilot.kpis.get(position=1)
    return lambda: pilots.record_baseline(by=official, kpi=kpi, value=Decimal(5), on=day.date(), at=day)


def _record_kpi() -> Callable[[], object]:
    official, kpi = make_official(), make_running().kpis.get(position=1)
    return lambda: pilots.record_kpi(by=official, kpi=kpi, on=END.date(), value=Decimal(2), at=END)


def _measure_repairs() -> Callable[[], object]:
    pilot, lamp = make_measured()
    make_repaired(lamp, START + timedelta(days=2), 61)
    return lambda: pilots.measure_repairs(pilot=pilot, at=END)


def _advance_pilot() -> Callable[[], object]:
    official, pilot = make_official(), make_pilot()
    return lambda: pilots.advance_pilot(by=official, pilot=pilot, to=Stage.RUNNING, at=START)


def _set_pilot_back() -> Callable[[], object]:
    official, pilot = make_official(), make_running()
    return lambda: pilots.set_pilot_back(by=official, pilot=pilot, reason=REASON, at=START + timedelta(days=1))


def _decide_pilot() -> Callable[[], object]:
    official, pilot = make_official(), make_judging()
    return lambda: pilots.decide_pilot(by=official, pilot=pilot, verdict="improving", reason=REASON, at=END)


PILOT_EXAMPLES: dict[str, Callable[[], Callable[[], object]]] = {
    "plan_pilot": _plan_pilot,
    "link_lamps": _link_lamps,
    "record_baseline": _record_baseline,
    "record_kpi": _record_kpi,
    "measure_repairs": _measure_repairs,
    "advance_pilot": _advance_pilot,
    "set_pilot_back": _set_pilot_back,
    "decide_pilot": _decide_pilot,
}
