"""What is somebody told of a fault they reported? One sentence for each fact."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from civic.clocks.deadlines import SEOUL
from civic.faults.letters import in_hours
from civic.faults.models import Rejection


def _taken(data: dict[str, Any]) -> str:
    return _("An office has taken on “%(title)s”, which you reported.") % data


def _scheduled(data: dict[str, Any]) -> str:
    moment = datetime.fromisoformat(data["planned_for"]).astimezone(SEOUL)
    when = date_format(moment, "SHORT_DATETIME_FORMAT")
    return _("Somebody comes to “%(title)s”, which you reported: %(when)s.") % {**data, "when": when}


def _repaired(data: dict[str, Any]) -> str:
    words = {**data, "time": in_hours(data["minutes"])}
    return _("“%(title)s”, which you reported, has been repaired after %(time)s.") % words


def _resolved(data: dict[str, Any]) -> str:
    if data["by"] == "evidence":
        return _("“%(title)s”, which you reported, is over, as the light itself has shown. It is closed.") % data
    return _("“%(title)s”, which you reported, was looked at and is closed.") % data


def _rejected(data: dict[str, Any]) -> str:
    if data["duplicate_of"]:
        return _("“%(title)s”, which you reported, is followed under number %(duplicate_of)s.") % data
    words = {**data, "reason": Rejection(data["reason"]).label}
    return _("“%(title)s”, which you reported, is not taken on: %(reason)s.") % words


def _reopened(data: dict[str, Any]) -> str:
    return _("“%(title)s”, which you reported, is out of order again. It keeps its number.") % data


def _transferred(data: dict[str, Any]) -> str:
    return _("“%(title)s”, which you reported, was handed on to another department. The due time stays.") % data


REPORTERS: dict[str, Callable[[dict[str, Any]], str]] = {
    "FaultTaken": _taken,
    "FaultScheduled": _scheduled,
    "FaultRepaired": _repaired,
    "FaultResolved": _resolved,
    "FaultRejected": _rejected,
    "FaultReopened": _reopened,
    "FaultTransferred": _transferred,
}
