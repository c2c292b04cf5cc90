"""What is somebody told in office, or of a role of their own? One sentence for each fact."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from civic.clocks.deadlines import last_day
from civic.people.roles import ROLES


def _reached_threshold(data: dict[str, Any]) -> str:
    day = date_format(last_day(datetime.fromisoformat(data["due_at"])), "DATE_FORMAT")
    return _("“%(title)s” passed its threshold: your department answers by %(day)s.") % {**data, "day": day}


def _transferred(data: dict[str, Any]) -> str:
    return _("“%(title)s” was handed on to your department. The due time stays.") % data


def _fault_opened(data: dict[str, Any]) -> str:
    if data["source"] == "sensor" and (n := data.get("n", 1)) > 1:
        day = date_format(date.fromisoformat(data["day"]), "DATE_FORMAT")
        told = _("%(day)s: sensors found %(n)s faults, last “%(title)s”. Your department gives the first answers.")
        return told % {**data, "n": n, "day": day}
    if data["source"] == "sensor":
        return _("A sensor found “%(title)s”. Your department gives the first answer.") % data
    return _("“%(title)s” was reported. Your department gives the first answer.") % data


def _fault_back(data: dict[str, Any]) -> str:
    return _("“%(title)s” is out of order again. Your department gives the first answer.") % data


def _granted(data: dict[str, Any]) -> str:
    told = _("You were given a role: %(role)s.") % _named(data)
    if data.get("until"):
        day = date_format(last_day(datetime.fromisoformat(data["until"])), "DATE_FORMAT")
        told = _("You were given a role until %(day)s: %(role)s.") % {**_named(data), "day": day}
    if not data.get("stopped"):
        return told
    stopped = _("Keys for programs that you made before have stopped: make new ones after your second step.")
    return f"{told} {stopped}"


def _revoked(data: dict[str, Any]) -> str:
    if data.get("reason"):
        return _("A role of yours was taken back: %(role)s. The reason: %(reason)s") % _named(data)
    return _("A role of yours was taken back: %(role)s. The administrators tell you why.") % _named(data)


def _expired(data: dict[str, Any]) -> str:
    return _("The term of a role of yours has ended: %(role)s.") % _named(data)


def _named(data: dict[str, Any]) -> dict[str, Any]:
    known = ROLES.get(data["role"])
    return {**data, "role": known.name if known else data["role"]}


OFFICIALS: dict[str, Callable[[dict[str, Any]], str]] = {
    "ProposalReachedThreshold": _reached_threshold,
    "ProposalTransferred": _transferred,
    "FaultOpened": _fault_opened,
    "FaultReopened": _fault_back,
    "FaultTransferred": _transferred,
}
HOLDERS: dict[str, Callable[[dict[str, Any]], str]] = {
    "RoleGranted": _granted,
    "RoleRevoked": _revoked,
    "RoleExpired": _expired,
}
