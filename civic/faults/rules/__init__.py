"""Why not? By what it is about: reports of residents, work of officials."""

from .reports import OUTSIDE, why_not_contest, why_not_join, why_not_report
from .work import (
    pictures_needed,
    why_not_note,
    why_not_reject,
    why_not_reopen,
    why_not_repair,
    why_not_resolve,
    why_not_schedule,
    why_not_start,
    why_not_take,
    why_not_transfer,
    why_not_visit,
)

__all__ = [
    "OUTSIDE",
    "pictures_needed",
    "why_not_contest",
    "why_not_join",
    "why_not_note",
    "why_not_reject",
    "why_not_reopen",
    "why_not_repair",
    "why_not_report",
    "why_not_resolve",
    "why_not_schedule",
    "why_not_start",
    "why_not_take",
    "why_not_transfer",
    "why_not_visit",
]
