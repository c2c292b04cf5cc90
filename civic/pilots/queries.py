"""Which pilots are there, with their indicators, lamps and steps?"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from civic.devices.models import Device
from civic.faults.models import Fault, Trouble
from civic.faults.queries import repair_hours
from civic.faults.states import CLOSED, State
from civic.proposals.models import Support
from civic.threads.models import Post

from .judging import expanded_on
from .models import SLUG, Kpi, Pilot, PilotDevice, Source, Step
from .repairs import BEFORE, NEXT, OUTCOME, Median, median_of, periods
from .states import COUNTED, Stage, Verdict


def find(slug: str) -> Pilot | None:
    """One pilot with what its page shows; None for anything else. Three queries."""
    if not re.fullmatch(SLUG, slug) or len(slug) > 40:
        return None
    rows = Pilot.objects.select_related("proposal__thread", "proposal__policy", "dong", "district")
    return rows.prefetch_related("kpis__readings", "conditions").filter(slug=slug).first()


def pilots(*, district: str = "", stage: str = "") -> QuerySet[Pilot]:
    """The rows of a list with indicators and lamps counted, the newest movement first: three queries when read."""
    rows = Pilot.objects.all()
    if district:
        rows = rows.filter(district=district)
    if stage:
        rows = rows.filter(stage=stage)
    rows = rows.select_related("dong", "district", "proposal__thread", "proposal__policy").prefetch_related(
        "kpis__readings", "conditions"
    )
    return rows.annotate(lamps=Count("device_rows", distinct=True)).order_by("-moved_at", "slug")


def counted() -> Mapping[tuple[str, str], int]:
    """How many pilots stand at each stage of each district, {(district, stage): number}: one query."""
    rows = Pilot.objects.values_list("district", "stage").annotate(count=Count("pk"))
    return {(district, stage): count for district, stage, count in rows}


def front_pilot() -> Pilot | None:
    """The one that the front door tells of: whose repair hours are computed, else the one that moved last."""
    rows = pilots().exclude(stage__in=(Stage.PLANNED, Stage.STOPPED))
    told = rows.annotate(computed=Count("kpis", filter=Q(kpis__source=Source.REPAIR_HOURS)))
    return told.order_by("-computed", "-moved_at").first()


def kpis_of(pilot: Pilot) -> list[Kpi]:
    """Its indicators in order, with their readings: two queries."""
    return list(Kpi.objects.filter(pilot=pilot).prefetch_related("readings"))


def lamps_of(pilot: Pilot) -> QuerySet[Device]:
    """Its linked devices with what they last said, by their tags."""
    rows = Device.objects.filter(pilot_rows__pilot=pilot).select_related("state", "dong", "parent__state")
    return rows.order_by("tag")


def open_faults_of(devices: Sequence[Device]) -> dict[int, Fault]:
    """The open fault of each device that has one, one that nobody has mended yet before others: one query."""
    rows = Fault.objects.exclude(state__in=CLOSED).filter(device__in=devices).order_by("-opened_at")
    return {fault.device_id: fault for fault in sorted(rows, key=_weight) if fault.device_id}  # the last one stands


def _weight(fault: Fault) -> tuple[bool, bool, bool]:
    return fault.state != State.REPAIRED, fault.trouble != Trouble.LINK, fault.state == State.IN_PROGRESS


def steps_of(pilot: Pilot) -> list[Step]:
    """Every change of stage, the oldest first."""
    return list(pilot.steps.all())


def decision_on(pilot: Pilot) -> Step | None:
    """The last decision."""
    return pilot.steps.filter(stage__in=Verdict.values).last()


def devices_tagged(tags: Iterable[str]) -> list[Device]:
    """The devices with these tags, each once."""
    return list(Device.objects.filter(tag__in={tag for tag in tags if "\0" not in tag}))


def pilots_of(device: int) -> list[Pilot]:
    """Pilots whose repair hours a device's faults count for."""
    return list(Pilot.objects.filter(device_rows__device=device, stage__in=COUNTED))


def repair_series(pilot: Pilot, until: datetime) -> list[Median]:
    """A median for each thirty days since the start; of what was expanded, for those of the year after it.

    A lamp's repairs count from when it was linked, one of this very moment too.
    """
    day, since = expanded_on(pilot), pilot.started_at
    if day and pilot.decided_at:
        since, until = pilot.decided_at, min(until, pilot.decided_at + OUTCOME)
    assert since is not None  # only what was started is measured
    lamps = Device.objects.filter(pilot_rows__pilot=pilot)
    linked = PilotDevice.objects.filter(pilot=pilot, device=OuterRef("fault__device"), linked_at__lte=OuterRef("at"))
    found = [
        median_of([hours for _code, hours in repair_hours(lamps, begin, end, Exists(linked))], end)
        for begin, end in periods(since, until + NEXT)
    ]
    return [one for one in found if day is None or one.on > day]


def repair_baseline(pilot: Pilot, at: datetime) -> Median:
    """What repairs took before the start: of the linked lamps, else of the dong's, else of the district's."""
    known = Device.objects.filter(district=pilot.district_id)
    for lamps in (known.filter(pilot_rows__pilot=pilot), known.filter(dong=pilot.dong_id), known):
        found = median_of([hours for _code, hours in repair_hours(lamps, at - BEFORE, at)], at)
        if found.n:
            break
    return found


def took_part(pilot: Pilot) -> set[UUID]:
    """Everybody whose voice led here: the author, the supporters, those who spoke in the thread."""
    proposal = pilot.proposal
    people = set(Support.objects.filter(proposal=proposal, person__isnull=False).values_list("person_id", flat=True))
    spoke = Post.objects.filter(thread=proposal.thread_id, author__isnull=False)
    people |= set(spoke.values_list("author_id", flat=True))
    return people | ({proposal.author_id} if proposal.author_id else set())


def next_slug() -> str:
    """The first free letter, then numbers: what the desk suggests."""
    taken = set(Pilot.objects.values_list("slug", flat=True))
    names = [*"abcdefghijklmnopqrstuvwxyz", *(f"pilot-{n}" for n in range(1, len(taken) + 2))]
    return next(name for name in names if name not in taken)
