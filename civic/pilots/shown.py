"""How is a pilot shown to a reader? Pure: rows in, what templates print out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic.chain.line import Line
from civic.chain.queries import line_of_marks
from civic.devices.condition import condition
from civic.devices.models import Device, DeviceState
from civic.faults.condition import MENDED, known_as, over
from civic.faults.models import Fault, Trouble
from civic.faults.states import State
from civic.proposals.marks import marks as proposal_marks
from civic.texts import in_korean, with_unit

from .judging import Found, days_run, found, local_day
from .models import Condition, ConditionKind, Kpi, Pilot, Step
from .series import Series, number, series, unit_of
from .states import DECIDED, Stage

ICONS = {"met": "tick", "not_yet": "clock", "missed": "cross"}


@dataclass(frozen=True)
class Row:
    """One pilot in a list, with its first indicator."""

    slug: str
    key: str
    path: str
    title: str
    place: str
    stage: str
    stage_label: str | Promise
    days: int
    lamps: int
    first: Series | None
    kpis: int
    reached: int
    proposal: str
    line: Line


@dataclass(frozen=True)
class Met:
    """One condition of the rule: what it asks, what was found, and whether that is enough."""

    asks: str
    shows: str
    met: str

    @property
    def icon(self) -> str:
        return ICONS[self.met]


@dataclass(frozen=True)
class Rule:
    """The rule by which the pilot is judged; with `kept_at` as it stood at that decision."""

    headline: str
    conditions: Sequence[Met]
    fixed_at: datetime | None
    kept_at: datetime | None

    @property
    def met(self) -> bool:
        return all(one.met == "met" for one in self.conditions)


@dataclass(frozen=True)
class Lamp:
    """One linked lamp: its condition as the live map has it, and the fault that makes it so."""

    tag: str
    name: str
    key: str
    condition: str
    fault: Fault | None


@dataclass(frozen=True)
class Stretch:
    """All linked lamps at once: how many are lit, out of order and repaired without proof yet, and each."""

    lamps: Sequence[Lamp]

    @property
    def lit(self) -> int:
        return sum(lamp.condition in ("on", "dimmed") for lamp in self.lamps)

    @property
    def mended(self) -> int:
        return sum(lamp.condition == MENDED for lamp in self.lamps)

    @property
    def out_of_order(self) -> int:
        return len(self.broken) - self.mended

    @property
    def broken(self) -> list[Lamp]:
        return [lamp for lamp in self.lamps if lamp.fault or lamp.condition in ("fault", "with_cabinet")]

    @property
    def rest(self) -> list[Lamp]:
        broken = {lamp.tag for lamp in self.broken}
        return [lamp for lamp in self.lamps if lamp.tag not in broken]


def row(pilot: Pilot, *, at: datetime, lamps: int = 0) -> Row:
    """What a list shows; `pilots()` has counted the lamps and fetched indicators and proposal."""
    told = [series(kpi) for kpi in pilot.kpis.all()]
    return Row(
        slug=pilot.slug,
        key=pilot.key,
        path=reverse("pilot", args=[pilot.slug]),
        title=pilot.title,
        place=str(pilot.dong),
        stage=str(pilot.stage),
        stage_label=Stage(pilot.stage).label,
        days=days_run(pilot, on=min(local_day(at), pilot.ends_on)),
        lamps=getattr(pilot, "lamps", lamps),
        first=told[0] if told else None,
        kpis=len(told),
        reached=sum(one.reached for one in told),
        proposal=pilot.proposal.title,
        line=line_of_marks(proposal_marks(pilot.proposal)),
    )


def rule(pilot: Pilot, decided: Step | None, *, at: datetime) -> Rule:
    """The rule as it stands today; where nothing was tried since the last decision, as it stood on that day."""
    kpis = {kpi.pk: kpi for kpi in pilot.kpis.all()}
    kept = decided if pilot.stage in DECIDED else None
    basis = {line[0]: line[1:] for line in kept.basis} if kept else {}
    conditions = list(pilot.conditions.all())
    return Rule(
        headline=ngettext(
            "If this holds, the pilot is expanded", "If all %(n)s hold, the pilot is expanded", len(conditions)
        )
        % {"n": len(conditions)},
        conditions=[_met(one, kpis.get(one.kpi_id or 0), pilot, basis, local_day(at)) for one in conditions],
        fixed_at=pilot.rule_fixed_at,
        kept_at=kept.at if kept else None,
    )


def stretch(devices: Sequence[Device], faults: Mapping[int, Fault]) -> Stretch:
    """The linked lamps with what they last said; `faults` are the open ones by device."""
    return Stretch([_lamp(device, faults.get(device.pk)) for device in devices])


def target_sentence(one: Series) -> SafeString:
    """At most 24 h, at least 3.8 points: which side is better, in words."""
    sentence = _("at most %(amount)s") if one.lower else _("at least %(amount)s")
    return _sentence(sentence, amount=in_korean(with_unit(one.target_text, one.unit)))


def _sentence(sentence: str, **said: int | str | None) -> SafeString:
    """What officials wrote stands in it as text, and as Korean where the page is not."""
    return SafeString(
        conditional_escape(sentence)
        % {name: conditional_escape(words if isinstance(words, str) else str(words)) for name, words in said.items()}
    )


def _met(one: Condition, kpi: Kpi | None, pilot: Pilot, basis: Mapping[int, Sequence[object]], today: date) -> Met:
    now = _kept(one, kpi, basis[one.position]) if one.position in basis else None
    now = now or found(one, kpi, list(kpi.readings.all()) if kpi else [], pilot, on=today)
    return Met(_asks(one, kpi), _shows(now, kpi), now.met)


def _kept(one: Condition, kpi: Kpi | None, kept: Sequence[object]) -> Found:
    met, value, n = kept
    return Found(one, kpi, met, None if value is None else Decimal(str(value)), n)  # type: ignore[arg-type]  # as _basis wrote them


def _asks(one: Condition, kpi: Kpi | None) -> str:
    if one.kind == ConditionKind.DAYS or kpi is None:
        return ngettext("measured for %(n)s day", "measured for %(n)s days", one.least or 0) % {"n": one.least}
    if one.kind == ConditionKind.CASES:
        return _sentence(_("%(kpi)s: from at least %(n)s cases or answers"), kpi=in_korean(kpi.name), n=one.least)
    return _sentence(_("%(kpi)s: %(target)s"), kpi=in_korean(kpi.name), target=target_sentence(series(kpi)))


def _shows(now: Found, kpi: Kpi | None) -> str:
    if now.value is None:
        return _("nothing measured yet")
    if kpi is None:
        return ngettext("%(n)s day", "%(n)s days", int(now.value)) % {"n": int(now.value)}
    value = in_korean(with_unit(number(now.value), unit_of(kpi)))
    return value if now.n is None else _sentence(_("%(n)s cases or answers, %(value)s"), n=now.n, value=value)


def _has_state(device: Device) -> bool:
    return hasattr(device, "state")


def _lamp(device: Device, fault: Fault | None) -> Lamp:
    said: DeviceState | None = device.state if _has_state(device) else None
    above = device.parent.state if device.parent_id and device.parent and hasattr(device.parent, "state") else None
    state = condition(
        power=said.power_state if said else "",
        findings=said.judged.get("open", []) if said else [],
        retired=device.retired_at is not None,
        cabinet=above.judged.get("open", []) if above else [],
    )
    look = over(state, known_as([fault.state]) if fault and fault.trouble != Trouble.LINK else "")
    at_hand = fault if look == MENDED or (fault and fault.state != State.REPAIRED) else None
    return Lamp(device.tag, device.name or device.tag, device.key, look, at_hand)
