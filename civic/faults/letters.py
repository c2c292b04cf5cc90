"""What is written to somebody who left an address? In their language, with one link and no name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic.chain.queries import localised
from civic.outbox.actions import queue_message

from .listing import dark_with
from .marks import fault_path, guest_path, in_office
from .models import Fault, Rejection
from .shown import title


@dataclass(frozen=True)
class Letter:
    """A subject and plain text."""

    subject: str
    body: str


def first_letter(fault: Fault, key: str) -> Letter:
    """Thanks, and the only place where the reporter's own page is named."""
    words = {"title": _title(fault), "code": fault.code, "page": _address(guest_path(key))}
    return Letter(
        _("We have your report: %(title)s") % words,
        _(
            "Thank you. Your report is number %(code)s.\n%(title)s\n\n"
            "This page is yours alone and shows what happens:\n%(page)s\n\n"
            "We write again when it is repaired and when it is closed. "
            "Your address is kept for that only and deleted 30 days after."
        )
        % words,
    )


def news(fact: str, codes: Mapping[str, Any], fault: Fault) -> Letter:
    """What became of a report, in the language that is active."""
    sentence = NEWS[fact](codes, fault)
    parts = (
        f"{_title(fault)} · {fault.code}",
        f"{sentence}\n{fault.result}".strip(),
        in_charge(fault),
        _address(fault_path(fault)),
    )
    return Letter(f"{sentence} ({fault.code})", "\n\n".join(part for part in parts if part))


def in_charge(fault: Fault) -> str:
    """Who stands for it in office, by name and telephone; the department while nobody has taken it on."""
    who = in_office(fault)
    named = " · ".join(part for part in (f"{who['office']} {who['official']}".strip(), who["phone"]) if part)
    return _("In charge: %(who)s") % {"who": named} if named else ""


def send(letter: Letter, *, to: str, at: datetime) -> None:
    """Into the outbox, in the transaction of what it tells."""
    queue_message(sender=settings.DEFAULT_FROM_EMAIL, recipient=to, subject=letter.subject, body=letter.body, at=at)


def in_hours(minutes: int) -> str:
    """How long it took, in hours and minutes."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


def _title(fault: Fault) -> str:
    """As its page says it, in the language that is active."""
    return title(fault, dark_with([fault]).get(fault.pk, 0))


def _address(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{localised(path)}"


def _repaired(codes: Mapping[str, Any], fault: Fault) -> str:
    return _("What you reported has been repaired, after %(time)s.") % {"time": in_hours(codes["minutes"])}


def _scheduled(codes: Mapping[str, Any], fault: Fault) -> str:
    moment = localtime(datetime.fromisoformat(codes["planned_for"]))
    return _("Somebody comes to what you reported: %(when)s.") % {"when": date_format(moment, "SHORT_DATETIME_FORMAT")}


def _resolved(codes: Mapping[str, Any], fault: Fault) -> str:
    if codes["by"] == "evidence":
        return _("The light itself has shown that what you reported is over. It is closed.")
    return _("What you reported has been looked at and is in order. It is closed.")


def _rejected(codes: Mapping[str, Any], fault: Fault) -> str:
    reason = Rejection(codes["reason"]).label
    if codes["duplicate_of"]:
        return _("What you reported is followed under number %(code)s.") % {"code": codes["duplicate_of"]}
    return _("What you reported is not taken on: %(reason)s.") % {"reason": reason}


def _reopened(codes: Mapping[str, Any], fault: Fault) -> str:
    return _("What you reported is out of order again. It keeps its number.")


def _transferred(codes: Mapping[str, Any], fault: Fault) -> str:
    named = {"department": fault.department or ""}
    return _("What you reported was handed on to %(department)s. The due time stays as it was.") % named


NEWS: dict[str, Callable[[Mapping[str, Any], Fault], str]] = {
    "FaultScheduled": _scheduled,
    "FaultRepaired": _repaired,
    "FaultResolved": _resolved,
    "FaultRejected": _rejected,
    "FaultReopened": _reopened,
    "FaultTransferred": _transferred,
}
