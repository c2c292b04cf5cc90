"""What happens when a resident says that something is wrong? One fault however many say so, each counted once."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import get_language

from civic.devices.models import Device
from civic.faults import facts, queries, rules
from civic.faults.clock import time_at
from civic.faults.letters import first_letter, send
from civic.faults.models import Category, Contact, Fault, Report, Source, Trouble
from civic.faults.networks import at_fault
from civic.faults.states import State
from civic.faults.trouble import TROUBLES
from civic.outbox.queries import queued_since
from civic.people.bearer import digest
from civic.people.models import Person
from civic.photos.actions import keep_photo
from civic.photos.drawing import Drawn
from civic.places.models import Dong
from civic.places.queries import dong_at
from civic.policies.queries import promise_at
from civic.refusals import insist
from civic.texts import clean_line

from .written import Concerns, Where, affect, begun, held, locked, relapse, write_step

KEY = re.compile(r"[A-Za-z0-9_-]{32,64}", re.ASCII)  # ours have 192 random bits
MOST_FIRST_LETTERS, FIRST_LETTERS_IN = 5, timedelta(hours=1)  # to one address, whoever typed it


@dataclass(frozen=True)
class Giver:
    """Whose word it is: an account, or a guest by the keys of a browser, an address, a network (`networks`)."""

    person: Person | None
    known: Sequence[str]
    email: str
    network: str

    @property
    def concerns(self) -> Concerns:
        return {self.person: {"as": "reporter"}} if self.person else {}


@transaction.atomic
def report_fault(
    *,
    by: Person | None = None,
    device: Device | None = None,
    point: tuple[float, float] | None = None,
    category: str,
    text: str = "",
    photo: Drawn | None = None,
    email: str = "",
    known: Sequence[str] = (),
    network: str = "",
    key: str = "",
    at: datetime,
) -> tuple[Fault, str]:
    """Say that something is wrong with a lamp, or at a point (lon, lat); no account is needed.

    Whoever says so first opens a fault, the others join it; what was mended and is not comes back under its number.
    Returns the fault and the key of the reporter's own page, of which only the digest is kept. `known` are keys
    that this browser holds; `key` is given where a repetition must get the same answer.
    """
    where = Where.of(device) if device else Where(None, _dong(point), *(point or (None, None)))
    text, email = clean_line(text), email.strip().lower()
    insist(rules.why_not_report(where.device, where.dong, category, text, email))
    _hold(where)
    key = key if KEY.fullmatch(key) else ""
    if again := queries.report_by_key(key):
        if _same(again.fault, where, TROUBLES[Category(category)]):
            return again.fault, key
        key = ""  # it opens another report: two words never share one
    moment = time_at(device, at)
    giver = Giver(by, known, email, network)
    fault, said = _fault_for(giver, where, Category(category), moment)
    report, key = _page_of(said, fault, giver, key)
    _keep(report, category, text, moment)
    _write_to(email, report, key, at)
    if photo is not None:
        keep_photo(key=report.key, drawn=photo, public=False, at=at)
    return fault, key


@transaction.atomic
def join_fault(
    *,
    by: Person | None = None,
    fault: Fault,
    text: str = "",
    email: str = "",
    known: Sequence[str] = (),
    network: str = "",
    key: str = "",
    at: datetime,
) -> tuple[Fault, str]:
    """Say "me too": counts a person, a browser or an address once. Returns the fault and a key as `report_fault`."""
    fault = locked(fault)
    key, taken = _told_before(fault, key)
    if taken:
        return fault, key
    text, email = clean_line(text), email.strip().lower()
    insist(rules.why_not_join(by, fault, known, text, email))
    giver, moment = Giver(by, known, email, network), time_at(fault.device, at)
    return fault, _counted(fault, None, giver, text, key, moment, at)


@transaction.atomic
def contest_repair(
    *,
    by: Person | None = None,
    fault: Fault,
    text: str = "",
    email: str = "",
    known: Sequence[str] = (),
    network: str = "",
    key: str = "",
    at: datetime,
) -> tuple[Fault, str]:
    """Say that what was repaired is not mended: it is back under its number. Whoever reported it may, uncounted."""
    fault = locked(fault)
    key, taken = _told_before(fault, key)
    if taken:
        return fault, key
    text, email = clean_line(text), email.strip().lower()
    insist(rules.why_not_contest(fault, text, email))
    giver, moment = Giver(by, known, email, network), max(time_at(fault.device, at), fault.moved_at)
    said = queries.report_of(fault, by, known)
    _back(fault, giver, moment)
    return fault, _counted(fault, said, giver, text, key, moment, at)


def _told_before(fault: Fault, key: str) -> tuple[str, bool]:
    """The key a word came with, empty where it will not do; and whether this very word was taken already."""
    if not KEY.fullmatch(key):
        return "", False
    again = queries.report_by_key(key)
    taken = again is not None and again.fault_id == fault.pk
    return (key if again is None or taken else ""), taken


def _counted(
    fault: Fault, said: Report | None, giver: Giver, text: str, key: str, moment: datetime, at: datetime
) -> str:
    """A word about a known fault, counted where it is the giver's first; the key of its page."""
    if said is None and not queries.report_of(fault, None, (), giver.email):
        _joined(fault, giver, moment)
    report, key = _page_of(said, fault, giver, key)
    _keep(report, "", text, moment)
    _write_to(giver.email, report, key, at)
    return key


def _dong(point: tuple[float, float] | None) -> Dong | None:
    if point is None:
        return None
    dong = dong_at(*point)
    insist(None if dong else rules.OUTSIDE)
    return dong


def _hold(where: Where) -> None:
    """Of two who report the same at once, the second finds the fault of the first."""
    if where.device:
        held(where.device)
    elif where.dong:
        Dong.objects.select_for_update(no_key=True).get(pk=where.dong.pk)


def _fault_for(giver: Giver, where: Where, category: Category, moment: datetime) -> tuple[Fault, Report | None]:
    """The fault that this word belongs to, counted in it; and what the same person said of it before it came back."""
    found = _open_or_relapsed(where, TROUBLES[category], moment)
    if found is None:
        return _opened(giver, where, category, moment), None
    fault = locked(found)
    came_back = fault.state in (State.REPAIRED, State.RESOLVED)
    said = queries.report_of(fault, giver.person, giver.known)
    if not came_back:
        insist(rules.why_not_join(giver.person, fault, giver.known))
    else:
        _back(fault, giver, moment)
    if where.device and where.device.pk != fault.device_id:
        affect(fault, [where.device])
    if said is None and not queries.report_of(fault, None, (), giver.email):
        _joined(fault, giver, moment)
    return fault, said


def _open_or_relapsed(where: Where, trouble: Trouble, moment: datetime) -> Fault | None:
    if where.device is None:
        assert where.lon is not None  # the rule has asked for a place
        assert where.lat is not None
        return queries.open_fault_near(where.lon, where.lat, trouble)
    promise = promise_at(where.device.district_id, moment)
    since = moment - timedelta(days=promise.fault_relapse_days)
    return queries.open_fault(where.device, trouble) or queries.relapsed(where.device, trouble, since=since)


def _opened(giver: Giver, where: Where, category: Category, moment: datetime) -> Fault:
    fault = begun(where, category, Source.RESIDENT, moment)
    fault.reports = 1
    told = facts.FaultOpened(
        key=fault.key,
        district=fault.district_id,
        source=fault.source,
        category=category,
        finding="",
        device=where.device.tag if where.device else "",
    )
    write_step(fault, told, moment, concerns=giver.concerns)
    _independent(fault, giver)
    return fault


def _joined(fault: Fault, giver: Giver, moment: datetime) -> None:
    """One more; the second word of two that do not hang together makes it certain."""
    fault.reports += 1
    told = facts.FaultJoined(key=fault.key, district=fault.district_id, reports=fault.reports)
    write_step(fault, told, moment, concerns=giver.concerns, shown=False)
    if fault.state == State.SUSPECTED and fault.reports > 1 and _independent(fault, giver):
        sure = facts.FaultConfirmed(key=fault.key, district=fault.district_id, source=Source.RESIDENT)
        write_step(fault, sure, moment, to=State.CONFIRMED)


def _independent(fault: Fault, giver: Giver) -> bool:
    """Whether of the words so far one is an account's, or two guests wrote from two networks; notes the first."""
    if giver.person or queries.reports_of(fault).filter(person__isnull=False).exists():
        return True
    network = at_fault(fault.key, giver.network)
    if network and not fault.first_network:
        fault.first_network = network
        fault.save(update_fields=["first_network"])
    return network not in ("", fault.first_network)


def _back(fault: Fault, giver: Giver, moment: datetime) -> None:
    relapse(fault, moment)
    told = facts.FaultReopened(key=fault.key, district=fault.district_id, times=fault.reopened, source=Source.RESIDENT)
    write_step(fault, told, moment, to=State.CONFIRMED, concerns=giver.concerns)


def _same(fault: Fault, where: Where, trouble: Trouble) -> bool:
    """Whether a form sent once more is about the fault that it was about before."""
    if where.device is None:
        return fault.device_id is None and fault.trouble == trouble
    if fault.device_id == where.device.pk:
        return fault.trouble == trouble
    return fault.device_id == where.device.parent_id and trouble in queries.WITH_SUPPLY


def _page_of(said: Report | None, fault: Fault, giver: Giver, key: str) -> tuple[Report, str]:
    """The row for a word, and the key of its page. A page opens only for who proved to own it; no mailed link dies."""
    fresh = key or secrets.token_urlsafe(24)
    if said is None:
        return Report(fault=fault, person=giver.person, digest=digest(fresh)), fresh
    if mine := next((one for one in giver.known if digest(one) == said.digest), ""):
        return said, mine
    if hasattr(said, "contact"):  # its link was mailed: this word, uncounted, stands on a page beside it
        return Report(fault=fault, person=giver.person, digest=digest(fresh), counted=False), fresh
    said.digest = digest(fresh)
    return said, fresh


def _keep(report: Report, category: str, text: str, moment: datetime) -> None:
    report.category, report.text = category or report.category, text or report.text
    report.at = report.at or moment
    report.save()


def _write_to(email: str, report: Report, key: str, at: datetime) -> None:
    """Where to tell the giver, in a row of its own. An address hears of a fault once, and of few in an hour."""
    if not email:
        return
    told = queries.report_of(report.fault, None, (), email) is not None
    Contact.objects.update_or_create(report=report, defaults={"email": email, "language": get_language() or "ko"})
    if not told and queued_since(email, at - FIRST_LETTERS_IN) < MOST_FIRST_LETTERS:
        send(first_letter(report.fault, key), to=email, at=at)
