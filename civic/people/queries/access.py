"""Who looked at whose data in a month, and which months has somebody gone through?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncMonth

from civic.clocks.deadlines import SEOUL
from civic.people.models import AccessLook, AccessReview

OFFICE = (9, 18)  # hours; before and after, and on Saturdays and Sundays, a look is counted apart
FRIDAY = 5


@dataclass(frozen=True)
class MonthOfLooks:
    """One month of one district: how many pages with personal data were opened, and who signed it off."""

    district: str
    month: date
    looks: int
    review: AccessReview | None


@dataclass(frozen=True)
class ViewOfData:
    """One page that one of the staff opened: its rows in the log, one for each whose data stood there."""

    looks: tuple[AccessLook, ...]

    @property
    def first(self) -> AccessLook:
        return self.looks[0]


@dataclass(frozen=True)
class Looker:
    """One of the staff in one month: pages opened, things looked at, pages outside office hours."""

    name: str
    looks: int
    subjects: int
    outside: int
    last: datetime


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def looks_in(district: str, month: date) -> QuerySet[AccessLook]:
    """A month's looks of a district, the newest first."""
    start, end = (datetime.combine(day, time.min, tzinfo=SEOUL) for day in (month, next_month(month)))
    rows = AccessLook.objects.filter(district=district, at__gte=start, at__lt=end)
    return rows.select_related("subject").order_by("-at", "-pk")


def moments_in(district: str, month: date) -> QuerySet[AccessLook, datetime]:
    """When pages with personal data were opened in a month, the newest first: all rows of a page have its moment."""
    return looks_in(district, month).order_by("-at").values_list("at", flat=True).distinct()


def views_at(district: str, moments: Iterable[datetime]) -> list[ViewOfData]:
    """The pages opened at these moments, the newest first, with everybody whose data they showed: one query."""
    rows = AccessLook.objects.filter(district=district, at__in=list(moments)).select_related("subject")
    ordered = rows.order_by("-at", "by_name", "what", "task", "pk")
    pages = groupby(ordered, key=lambda look: (look.at, look.by_id, look.by_name, look.what, look.task))
    return [ViewOfData(tuple(looks)) for _page, looks in pages]


def months_of(districts: Collection[str]) -> list[MonthOfLooks]:
    """Months in which somebody looked, the newest first: two queries."""
    rows = (
        AccessLook.objects.filter(district__in=districts)
        .annotate(month=TruncMonth("at", tzinfo=SEOUL))
        .values("district", "month")
        .annotate(looks=Count("at", distinct=True))
        .order_by("-month", "district")
    )
    signed = {(row.district, row.month): row for row in AccessReview.objects.filter(district__in=districts)}
    found = [(row["district"], row["month"].date(), row["looks"]) for row in rows]
    return [MonthOfLooks(place, month, looks, signed.get((place, month))) for place, month, looks in found]


def lookers_in(district: str, month: date) -> list[Looker]:
    """Who looked, at how many, and how often outside office hours: one query."""
    hours = Q(hour__lt=OFFICE[0]) | Q(hour__gte=OFFICE[1]) | Q(day__gt=FRIDAY)
    rows = (
        looks_in(district, month)
        .order_by()
        .annotate(hour=ExtractHour("at", tzinfo=SEOUL), day=ExtractIsoWeekDay("at", tzinfo=SEOUL))
        .values("by_id", "by_name")
        .annotate(
            looks=Count("at", distinct=True),
            subjects=Count("about", distinct=True),
            outside=Count("at", distinct=True, filter=hours),
            last=Max("at"),
        )
        .order_by("-looks", "by_name")
    )
    return [Looker(row["by_name"], row["looks"], row["subjects"], row["outside"], row["last"]) for row in rows]


def review_of(district: str, month: date) -> AccessReview | None:
    """Who signed the month off, and with what remark."""
    return AccessReview.objects.filter(district=district, month=month).first()
