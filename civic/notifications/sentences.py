"""What does a notice say? One sentence for each fact, made in the language of whoever reads it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from civic.clocks.deadlines import last_day

from .check_sentences import CHECKED
from .fault_sentences import REPORTERS
from .models import Notice
from .office_sentences import HOLDERS, OFFICIALS


def sentence(notice: Notice, title: str) -> str:
    """The sentence of a notice about the thing called `title`; a plain one for facts without their own."""
    known = TOLD_AS.get(notice.data.get("as", ""), SENTENCES)
    words = known.get(notice.fact, _something)
    return words({**notice.data, "title": title or _("a page that is no longer public")})


def _reached_threshold(data: dict[str, Any]) -> str:
    if "due_at" not in data:
        return _("Your proposal “%(title)s” passed its threshold. The department must answer.") % data
    return _("Your proposal “%(title)s” passed its threshold. The department must answer by %(day)s.") % {
        **data,
        "day": date_format(last_day(datetime.fromisoformat(data["due_at"])), "DATE_FORMAT"),
    }


def _adopted(data: dict[str, Any]) -> str:
    return _("The district adopted your proposal “%(title)s”. Its answer says what happens next.") % data


def _declined(data: dict[str, Any]) -> str:
    return _("The district declined your proposal “%(title)s”. Its answer gives the reason.") % data


def _transferred(data: dict[str, Any]) -> str:
    return _("Your proposal “%(title)s” was handed on to another department. The due time stays.") % data


def _supported_transferred(data: dict[str, Any]) -> str:
    return _("“%(title)s”, which you support, was handed on to another department. The due time stays.") % data


def _expired(data: dict[str, Any]) -> str:
    return _("The time for supporting your proposal “%(title)s” ended below its threshold.") % data


def _supported_reached(data: dict[str, Any]) -> str:
    return _("“%(title)s”, which you support, passed its threshold. The department must answer by %(day)s.") % {
        **data,
        "day": date_format(last_day(datetime.fromisoformat(data["due_at"])), "DATE_FORMAT"),
    }


def _supported_adopted(data: dict[str, Any]) -> str:
    return _("The district adopted “%(title)s”, which you support. Its answer says what happens next.") % data


def _supported_declined(data: dict[str, Any]) -> str:
    return _("The district declined “%(title)s”, which you support. Its answer gives the reason.") % data


def _supported_withdrawn(data: dict[str, Any]) -> str:
    return _("A proposal that you support was withdrawn: its author has left.") % data


def _spoken(data: dict[str, Any]) -> str:
    return _("There is a new post in the discussion of your proposal “%(title)s”.") % data


def _answered(data: dict[str, Any]) -> str:
    return _("Somebody replied where you wrote in the discussion of “%(title)s”.") % data


def _vote_opened(data: dict[str, Any]) -> str:
    return _("The vote “%(title)s” is open. It is about a proposal that you wrote or support.") % data


def _vote_decided(data: dict[str, Any]) -> str:
    told = _("The result of the vote “%(title)s” is published. It is about a proposal that you wrote or support.")
    return told % data


def _voted_decided(data: dict[str, Any]) -> str:
    return _("The result of the vote “%(title)s”, in which you took part, is published.") % data


def _pilot_planned(data: dict[str, Any]) -> str:
    return _("What you took part in gets a pilot: “%(title)s”. It is being prepared.") % data


def _pilot_moved(data: dict[str, Any]) -> str:
    stages = {
        "running": _("The pilot “%(title)s”, which you helped to bring about, runs now."),
        "judging": _("The pilot “%(title)s”, which you helped to bring about, is being judged."),
    }
    return stages[data["stage"]] % data


def _pilot_set_back(data: dict[str, Any]) -> str:
    return _("The pilot “%(title)s” went back one stage. Its page gives the reason.") % data


def _pilot_decided(data: dict[str, Any]) -> str:
    decisions = {
        "expanded": _("The pilot “%(title)s” is expanded. Its page gives the reason."),
        "improving": _("The pilot “%(title)s” is improved and tried again. Its page gives the reason."),
        "continued": _("The pilot “%(title)s” goes on. Its page gives the reason."),
        "stopped": _("The pilot “%(title)s” is stopped. Its page gives the reason."),
    }
    return decisions[data["decision"]] % data


def _something(data: dict[str, Any]) -> str:
    return _("There is news about “%(title)s”.") % data


SENTENCES: dict[str, Callable[[dict[str, Any]], str]] = {
    "ProposalReachedThreshold": _reached_threshold,
    "ProposalTransferred": _transferred,
    "ProposalAdopted": _adopted,
    "ProposalDeclined": _declined,
    "ProposalExpired": _expired,
    "PostWritten": _spoken,
    "RoundOpened": _vote_opened,
    "RoundPublished": _vote_decided,
}
VOTERS: dict[str, Callable[[dict[str, Any]], str]] = {"RoundPublished": _voted_decided}
WRITERS: dict[str, Callable[[dict[str, Any]], str]] = {"PostWritten": _answered}
PARTS: dict[str, Callable[[dict[str, Any]], str]] = {
    "PilotPlanned": _pilot_planned,
    "PilotMoved": _pilot_moved,
    "PilotSetBack": _pilot_set_back,
    "PilotDecided": _pilot_decided,
}
SUPPORTERS: dict[str, Callable[[dict[str, Any]], str]] = {
    "ProposalReachedThreshold": _supported_reached,
    "ProposalTransferred": _supported_transferred,
    "ProposalAdopted": _supported_adopted,
    "ProposalDeclined": _supported_declined,
    "ProposalWithdrawn": _supported_withdrawn,
}
TOLD_AS: dict[str, dict[str, Callable[[dict[str, Any]], str]]] = {
    "supporter": SUPPORTERS,
    "writer": WRITERS,
    "voter": VOTERS,
    "part": PARTS,
    "reporter": REPORTERS,
    "official": OFFICIALS,
    "grantee": HOLDERS,
    "holder": CHECKED,
}
