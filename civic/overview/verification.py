"""Who am I to this site, what does that open, and how do I get further?"""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from civic.clocks.now import database_now
from civic.limits.edge import address_of, insist_within
from civic.limits.figures import HOUR
from civic.people.actions import declare_tie, give_consents, redeem_letter, withdraw_tie
from civic.people.levels import CHECKED, CONFIRMED, NAMES, PROVEN, WAYS
from civic.people.models import Person
from civic.people.queries import PLACE, agrees_to, documents_in_force, level_of, ties_of, verification_of
from civic.places.queries import find_dong
from civic.policies.models import ParticipationPolicy
from civic.policies.queries import policies_in_force
from civic.policies.voters import ACTS
from civic.refusals import Refused

from .verification_forms import CodeForm, TieForm

_SCANNED: Final = "llab_scanned"  # a cookie, until the code stands in the form: whoever scans is often not signed in
_OF_A_CODE: Final = frozenset("0123456789-")


@dataclass(frozen=True)
class Step:
    """One level: what it is called, how one gets there, what it opens beyond the one before."""

    level: int
    name: str | Promise
    way: str | Promise
    opens: str
    reached: bool


@never_cache
@require_GET
def verification(request: HttpRequest) -> HttpResponse:
    """The levels, how far one is, and the ties to dongs; a scanned letter brings its code along.

    The code leaves the address at once, also of whoever has to sign in first: an address stands in logs, and goes along
    with whatever the page loads. The browser keeps it, so that nobody fills a table of ours with made-up ones.
    """
    if "code" not in request.GET:
        return _verification(request)
    code = "".join(sign for sign in request.GET["code"][:40] if sign in _OF_A_CODE)
    response = redirect("me-verification")
    response["Referrer-Policy"] = "no-referrer"
    secure = request.is_secure()
    response.set_cookie(_SCANNED, code, max_age=HOUR, httponly=True, samesite="Lax", secure=secure)
    return response


@login_required
def _verification(request: HttpRequest) -> HttpResponse:
    scanned = request.COOKIES.get(_SCANNED, "")
    response = _page(request, CodeForm(initial={"code": scanned}))
    if scanned:
        response.delete_cookie(_SCANNED, samesite="Lax")
    return response


@sensitive_post_parameters("code")
@never_cache
@login_required
@require_POST
def use_code(request: HttpRequest) -> HttpResponse:
    """Type the code of a letter, or press the button after scanning it."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        insist_within(request, "code")
        redeem_letter(by=_person(request), code=form.cleaned_data["code"], at=database_now())
    except Refused as refused:
        form.refuse(refused.refusal)
        return _page(request, form, status=refused.refusal.status)
    messages.success(request, _("Thank you. The district knows you as one person now: you can vote."))
    return redirect("me-verification")


@never_cache
@login_required
@require_POST
def declare(request: HttpRequest) -> HttpResponse:
    """Say where one lives, works or studies."""
    form = _tie_form(_person(request), request.POST)
    if not form.is_valid():
        return _page(request, CodeForm(), form, status=422)
    try:
        insist_within(request, "details")
        _declare(request, form)
    except Refused as refused:
        form.refuse(refused.refusal)
        return _page(request, CodeForm(), form, status=refused.refusal.status)
    messages.success(request, _("Noted. At the counter it can be confirmed."))
    return redirect("me-verification")


@login_required
@require_POST
def withdraw(request: HttpRequest, kind: str) -> HttpResponse:
    """Take back what one said about a dong."""
    try:
        insist_within(request, "details")
        withdraw_tie(by=_person(request), kind=kind, at=database_now())
    except Refused as refused:
        messages.error(request, str(refused.refusal.text))
    else:
        messages.success(request, _("Taken back. Nothing of it is kept."))
    return redirect("me-verification")


@transaction.atomic
def _declare(request: HttpRequest, form: TieForm) -> None:
    """The consent first, where it was given here: the tie rests on it."""
    person, at = _person(request), database_now()
    if "consent_place" in form.fields:
        agreed = [document for document in documents_in_force() if document.kind == PLACE]
        give_consents(person=person, documents=agreed, network=address_of(request), at=at)
    dong = find_dong(form.cleaned_data["tie_dong"])
    assert dong is not None  # the form has asked
    declare_tie(by=person, kind=form.cleaned_data["kind"], dong=dong, at=at)


def _tie_form(person: Person, typed: QueryDict | None = None) -> TieForm:
    asked = not agrees_to(person, PLACE)
    consent = next((one for one in documents_in_force() if one.kind == PLACE), None) if asked else None
    return TieForm(typed, consent=consent)


def _page(request: HttpRequest, code: CodeForm, tie: TieForm | None = None, *, status: int = 200) -> HttpResponse:
    person, at = _person(request), database_now()
    level = level_of(person)
    context = {
        "level": level,
        "steps": _steps(level, policies_in_force(at)),
        "check": verification_of(person),
        "ties": ties_of(person),
        "code_form": code,
        "tie_form": tie or _tie_form(person),
        "wants_code": level < CHECKED,
    }
    return render(request, "overview/verification.html", context, status=status)


def _steps(level: int, policies: list[ParticipationPolicy]) -> list[Step]:
    """What each level opens where it opens it in every district: the strictest one counts."""
    needed = {name: max((getattr(policy, name) for policy in policies), default=CONFIRMED) for name in ACTS}
    return [
        Step(
            level=step,
            name=NAMES[step],
            way=WAYS[step],
            opens=", ".join(str(words) for name, words in ACTS.items() if needed[name] == step),
            reached=level >= step,
        )
        for step in (CONFIRMED, CHECKED, PROVEN)
    ]


def _person(request: HttpRequest) -> Person:
    user: Any = request.user
    assert isinstance(user, Person)
    return user
