"""Which faults does a list show, and how many are there of each kind? Reads for `/faults/` and the desk."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Case, Count, DateTimeField, F, Q, QuerySet, Value, When

from civic.clocks.deadlines import SEOUL
from civic.devices.models import Clock, Gateway, Kind
from civic.people.queries import with_one_of

from .models import Fault
from .speaking import nobody_speaks
from .states import AT_WORK, NEW, State

# what a reader can choose -> the states it stands for
GROUPS: dict[str, tuple[State, ...]] = {
    "received": NEW,
    "assigned": (State.ACKNOWLEDGED, State.SCHEDULED),
    "under_way": (State.IN_PROGRESS,),
    "done": (State.REPAIRED, State.RESOLVED),
    "rejected": (State.REJECTED,),
}
AT_HAND = (*NEW, *AT_WORK)  # somebody still has to do something


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; empty means everything."""

    district: str = ""
    dong: str = ""
    state: str = ""
    category: str = ""


@dataclass
class Counts:
    """How many faults fit, by group of states and by dong: each ignores its own filter, as a menu should."""

    states: Counter[str] = field(default_factory=Counter)
    dongs: Counter[str] = field(default_factory=Counter)
    districts: Counter[str] = field(default_factory=Counter)
    total: int = 0
    at_hand: int = 0


def rows() -> QuerySet[Fault]:
    """Faults with all that a row shows of them."""
    return with_rows(Fault.objects.all())


def with_rows(faults: QuerySet[Fault]) -> QuerySet[Fault]:
    """These faults with all that a row shows of them."""
    parts = ("device__streetlight", "device__state__via", "device__district", "dong", "district")
    return faults.select_related(*parts)


def listed(filters: Filters, clocks: Iterable[Gateway], *, at: datetime) -> QuerySet[Fault]:
    """Faults that fit: first what is late, by the clock at its device; then what is to be done, the one due next in
    front; then the rest, the one that moved last in front. `clocks` are `simulated()`.
    """
    fitting = rows()
    if filters.dong:
        fitting = fitting.filter(dong=filters.dong)
    elif filters.district:
        fitting = fitting.filter(district=filters.district)
    if filters.state:
        fitting = fitting.filter(state__in=GROUPS[filters.state])
    if filters.category:
        fitting = fitting.filter(category=filters.category)
    late = Q(due_at__lt=_by_clock(clocks, at, lambda now: now))
    turn = Case(When(~Q(state__in=AT_HAND), then=2), When(late, then=0), default=1)
    return fitting.order_by(turn, Case(When(state__in=AT_HAND, then="due_at")), "-moved_at", "-pk")


def at_hand(districts: Iterable[str], departments: Iterable[str] = ()) -> QuerySet[Fault]:
    """Faults of these districts that somebody still has to do something about; of these departments, if any."""
    return Fault.objects.filter(with_one_of(departments), to_be_done(), district__in=list(districts))


def to_be_done() -> Q:
    """What waits for somebody: also what is repaired and no device will ever close, so that somebody looks."""
    return Q(state__in=AT_HAND) | nobody_speaks()


@dataclass(frozen=True)
class Due:
    """Of faults that wait for somebody: late now, due today, due this week (today among them), and all."""

    late: int
    today: int
    week: int
    waiting: int


def due_of(faults: QuerySet[Fault], *, at: datetime) -> Due:
    """How many of these are late or nearly, each by the clock at its device as `shown.now_at` tells it: two queries."""
    played = simulated()
    asked = faults.annotate(
        now=_by_clock(played, at, lambda now: now),
        tomorrow=_by_clock(played, at, lambda now: _midnight(now) + timedelta(days=1)),
        monday=_by_clock(played, at, lambda now: _midnight(now) + timedelta(days=7 - _midnight(now).weekday())),
    )
    to_come = Q(due_at__gte=F("now"))
    return Due(
        **asked.aggregate(
            late=Count("pk", filter=Q(due_at__lt=F("now"))),
            today=Count("pk", filter=to_come & Q(due_at__lte=F("tomorrow"))),
            week=Count("pk", filter=to_come & Q(due_at__lte=F("monday"))),
            waiting=Count("pk"),
        )
    )


def _by_clock(played: Iterable[Gateway], at: datetime, moment: Callable[[datetime], datetime]) -> Case:
    """`moment` of the time at each fault's device: of its gateway's clock, for a cabinet of its district's."""
    said = [When(device__state__via=one.pk, then=Value(moment(one.clock_at or at))) for one in played]
    above = [
        When(device__kind=Kind.CABINET, device__district=one.district_id, then=Value(moment(one.clock_at or at)))
        for one in played
    ]
    return Case(*said, *above, default=Value(moment(at)), output_field=DateTimeField())


def _midnight(now: datetime) -> datetime:
    return now.astimezone(SEOUL).replace(hour=0, minute=0, second=0, microsecond=0)


def counted(filters: Filters) -> Counts:
    """All numbers of the list's menus: one query."""
    group_of = {state: name for name, states in GROUPS.items() for state in states}
    rows = Fault.objects.all()
    if filters.category:
        rows = rows.filter(category=filters.category)
    counts = Counts()
    for district, dong, state, number in (
        rows.values_list("district", "dong").annotate(n=Count("pk")).values_list("district", "dong", "state", "n")
    ):
        group = group_of[State(state)]
        here = (not filters.district or district == filters.district) and (not filters.dong or dong == filters.dong)
        if here:
            counts.states[group] += number
            counts.at_hand += number if state in AT_HAND else 0
        if not filters.state or group == filters.state:
            counts.dongs[dong or ""] += number
            counts.districts[district] += number
            counts.total += number if here else 0
    return counts


def dark_with(faults: Iterable[Fault]) -> dict[int, int]:
    """{fault: lamps that are dark with it} of those on one page: one query."""
    rows = Fault.objects.filter(pk__in=[fault.pk for fault in faults], affected__isnull=False)
    return dict(rows.values_list("pk").annotate(n=Count("affected")))


def simulated() -> list[Gateway]:
    """Gateways whose clock a demonstration plays: one query."""
    return list(Gateway.objects.filter(clock=Clock.SIMULATED, clock_at__isnull=False))


def played_clocks() -> dict[str, datetime]:
    """{district: simulated now} of districts whose lamps a demonstration plays: one query."""
    return clocks_of(simulated())


def clocks_of(gateways: Iterable[Gateway]) -> dict[str, datetime]:
    """The same of gateways that one has already."""
    return {one.district_id: one.clock_at for one in gateways if one.clock_at}
