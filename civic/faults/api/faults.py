"""Faults for programs: anybody may report and join, officials take on and repair; the same actions as the pages."""

import hmac
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Field, Router, Schema, Status
from ninja.utils import check_csrf

from civic.clocks.now import database_now
from civic.devices.models import Device
from civic.devices.queries import find_device
from civic.faults import actions, queries
from civic.faults.limits import why_not_now
from civic.faults.marks import in_office, live_state
from civic.faults.models import Fault
from civic.faults.networks import network_of
from civic.faults.rules.reports import NO_DEVICE
from civic.faults.trouble import FOR_RESIDENTS
from civic.ledger.api import PROBLEMS, Problem, write_once
from civic.ledger.receipts import fingerprint
from civic.limits.edge import address_of, insist_within
from civic.people.actions import act_by_token
from civic.people.models import Person
from civic.refusals import Refusal, Refused, insist

router = Router(tags=["faults"])
NO_FAULT = Refusal("unknown_fault", _("There is no such fault."), 404)
NO_TOKEN = Refusal("sign_in", _("This key does not work."), 401)
NO_CSRF = Refusal("csrf", _("The form has expired. Load the page again and repeat."), 403)
MOST_LAMPS = 3  # named, of those that a point may have meant
NO_POINT = Refusal("no_point", _("A place needs both, longitude and latitude."), 422, "lat")


class ReportIn(Schema):
    """A fault of a lamp by its tag, or of something at a point in WGS84 degrees. Nobody has to say who they are.

    A point within 15 m of one lamp means that lamp; of more, the fault stands at the point and the answer names them.
    Whoever means something else says `not_a_lamp`.
    """

    device: str | None = None
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)
    not_a_lamp: bool = False
    category: str = Field(description=f"one of: {' '.join(FOR_RESIDENTS)}")
    text: str = ""
    email: str = ""


class Made(Schema):
    """The fault's public number, and the key of the reporter's own page: it is shown this once.

    That page is `/faults/mine/<key>/`; `Location` names it.
    """

    code: str
    key: str


class ReportMade(Made):
    """`device` is the lamp that a point was taken for; `near` are those it may have meant, the nearest first."""

    device: str | None = None
    near: list[str] | None = None


class JoinIn(Schema):
    """`key` is the one that an earlier report of the same guest was answered with: whoever has one counts once."""

    text: str = ""
    email: str = ""
    key: str = ""


class Joined(Made):
    reports: int
    state: str


class FaultOut(Schema):
    """What everybody may know. Times are ISO 8601, `device` is a tag, `due_at` is the clock that runs now."""

    code: str
    state: str
    category: str
    source: str
    device: str | None
    dong: str | None
    reports: int
    opened_at: str
    due_at: str | None
    planned_for: str | None = Field(description="when somebody comes")
    repaired_at: str | None
    reopened: int
    closure_proposed: bool
    result: str
    office: str = Field(description="who stands for it: the department, with whoever has taken it on")
    official: str
    phone: str


class NoteIn(Schema):
    note: str = ""


class RepairIn(Schema):
    """What was done, in words for everybody."""

    result: str


class Moved(Schema):
    """`hours` from the first sign, or from the last relapse, to the repair."""

    code: str
    state: str
    due_at: str | None
    repaired_at: str | None
    hours: float | None


@router.get("faults/{code}", response={200: FaultOut, PROBLEMS: Problem}, auth=None)
def read_fault(request: HttpRequest, code: str) -> Any:
    """One fault."""
    fault = _found(code)
    return live_state(fault) | {"code": fault.code, "result": fault.result} | in_office(fault)


@router.post("faults", response={201: ReportMade, PROBLEMS: Problem}, auth=None, exclude_none=True)
def create_report(request: HttpRequest, response: HttpResponse, body: ReportIn) -> Any:
    """Report a fault, with or without an account. The second report of the same fault joins it."""
    by, device, point = _caller(request), _device(body.device), _point(body)
    near = queries.lamps_near(*point) if point and not device and not body.not_a_lamp else []
    meant = {"device": near[0].tag} if len(near) == 1 else {"near": [lamp.tag for lamp in near[:MOST_LAMPS]]}

    def write(key: str) -> tuple[int, dict[str, Any]]:
        fault, made = actions.report_fault(
            by=by,
            device=near[0] if len(near) == 1 else device,
            point=point,
            category=body.category,
            text=body.text,
            email=body.email,
            network=network_of(address_of(request)),
            key=key,
            at=database_now(),
        )
        return 201, {"code": fault.code, "key": made} | (meant if near else {})

    return _with_location(response, _once(request, by, write))


@router.post("faults/{code}/me-too", response={200: Joined, PROBLEMS: Problem}, auth=None)
def join(request: HttpRequest, code: str, body: JoinIn | None = None) -> Any:
    """Say "me too": each person, and each guest by key or address, counts once; nobody learns whose."""
    return _voice(request, code, body or JoinIn(), actions.join_fault)


@router.post("faults/{code}/not-mended", response={200: Joined, PROBLEMS: Problem}, auth=None)
def contest(request: HttpRequest, code: str, body: JoinIn | None = None) -> Any:
    """Say that what is recorded as repaired is not mended, reporters too: it is open again under its number."""
    return _voice(request, code, body or JoinIn(), actions.contest_repair)


@router.post("faults/{code}/take", response={200: Moved, PROBLEMS: Problem})
def take(request: HttpRequest, code: str, body: NoteIn | None = None) -> Any:
    """Take it on, as an official of its district."""
    insist_within(request, "office")
    by: Any = request.user
    note = body.note if body else ""
    return write_once(
        request, lambda: _moved(actions.take_fault(by=by, fault=_found(code), note=note, at=database_now()))
    )


@router.post("faults/{code}/repair", response={200: Moved, PROBLEMS: Problem})
def repair(request: HttpRequest, code: str, body: RepairIn) -> Any:
    """Record the repair, as an official of its district; where that asks for a picture, on the page it names."""
    insist_within(request, "office")
    by: Any = request.user

    def write() -> tuple[int, Any]:
        fault = _found(code)
        try:
            return _moved(actions.repair_fault(by=by, fault=fault, result=body.result, at=database_now()))
        except Refused as refused:
            raise Refused(_with_page(refused.refusal, fault)) from None

    return write_once(request, write)


def _caller(request: HttpRequest) -> Person | None:
    """Whose token or session it is, None for a guest; everybody may write so often and no more."""
    scheme, _space, raw = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        person = act_by_token(raw=raw)
        insist(None if person else NO_TOKEN)
        request.user = person  # type: ignore[assignment]  # the rule has asked
    elif isinstance(request.user, Person):
        insist(NO_CSRF if check_csrf(request) else None)
    person = request.user if isinstance(request.user, Person) else None
    insist(why_not_now(request, person))
    return person


def _once(request: HttpRequest, by: Person | None, write: Any) -> Status[Any]:
    """Answer a repetition as the first time. The key in the answer is kept nowhere: it is made again."""
    sent = request.headers.get("Idempotency-Key", "")
    if not sent:
        return Status(*write(""))
    whose = str(by.pk) if by else fingerprint(address_of(request), request.path, request.body)
    key = hmac.new(settings.SECRET_KEY.encode(), f"{whose}:{sent}".encode(), "sha256").hexdigest()
    if by is None:
        return Status(*write(key))

    def without_key() -> tuple[int, Any]:
        status, body = write(key)
        return status, body | {"key": ""}

    answer = write_once(request, without_key)
    if "key" in answer.value:
        answer.value["key"] = key
    return answer


def _voice(request: HttpRequest, code: str, said: JoinIn, verb: Callable[..., tuple[Fault, str]]) -> Any:
    by, known = _caller(request), [said.key] if said.key else []

    def write(key: str) -> tuple[int, dict[str, Any]]:
        fault, made = verb(
            by=by,
            fault=_found(code),
            text=said.text,
            email=said.email,
            known=known,
            network=network_of(address_of(request)),
            key=key,
            at=database_now(),
        )
        return 200, {"code": fault.code, "key": made, "reports": fault.reports, "state": fault.state}

    return _once(request, by, write)


def _with_location(response: HttpResponse, answer: Status[Any]) -> Status[Any]:
    """Where the reporter's own page is, if a report was made."""
    if answer.value.get("key"):
        response["Location"] = reverse("fault-mine", args=[answer.value["key"]])
    return answer


def _device(tag: str | None) -> Device | None:
    if not tag:
        return None
    device = find_device(tag)
    insist(None if device else NO_DEVICE)
    return device


def _point(body: ReportIn) -> tuple[float, float] | None:
    if body.lon is None and body.lat is None:
        return None
    if body.lon is None or body.lat is None:
        raise Refused(NO_POINT)
    return body.lon, body.lat


def _found(code: str) -> Fault:
    fault = queries.find(code)
    if fault is None:
        raise Refused(NO_FAULT)
    return fault


def _with_page(refusal: Refusal, fault: Fault) -> Refusal:
    """What asks for a picture names the page that takes one: JSON carries none."""
    if refusal.code != "photo_needed":
        return refusal
    page = {"why": refusal.text, "page": reverse("fault-work", args=[fault.code, "repair"])}
    return replace(refusal, text=_("%(why)s Record the repair with it on this page: %(page)s") % page)


def _moved(fault: Fault) -> tuple[int, Any]:
    told = live_state(fault)
    return 200, {"code": fault.code, "hours": queries.hours_to_repair(fault)} | {
        name: told[name] for name in ("state", "due_at", "repaired_at")
    }
