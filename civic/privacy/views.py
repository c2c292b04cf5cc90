"""A person's rights over their own data: see, take along, correct, take consent back, leave."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from civic.clocks.now import database_now
from civic.limits.edge import address_of, insist_within
from civic.people.actions import correct_person, give_consents, withdraw_consent
from civic.people.levels import NAMES
from civic.people.models import ConsentDocument, Person
from civic.people.queries import PLACE, agrees_to, consents_due, consents_of, documents_in_force, versions_of
from civic.refusals import Refused

from .actions import erase_person
from .forms import ConsentsForm, DetailsForm, LeaveForm
from .queries.export import export_of, tables_of
from .rules import why_not_erase


@require_safe
def document(request: HttpRequest, kind: str, version: int | None = None) -> HttpResponse:
    """One text to which people agree, in the version that holds or in an earlier one, with the way to the others."""
    versions = versions_of(kind)
    found = next((one for one in versions if version in (None, one.version)), None)
    if found is None:
        raise Http404
    others = [one for one in versions if one != found]
    context = {"document": found, "newest": versions[0], "others": others}
    return render(request, "privacy/document.html", context)


@never_cache
@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What one agreed to and when, and the ways to one's data."""
    person = _person(request)
    held = {record.document.kind: record for record in consents_of(person)}
    consents = [(one, held.get(one.kind)) for one in documents_in_force()]
    return render(request, "privacy/me.html", {"person": person, "consents": consents})


@login_required
@require_POST
def give(request: HttpRequest, kind: str) -> HttpResponse:
    """Agree to one optional text."""
    chosen = _in_force(kind)
    try:
        insist_within(request, "details")
        give_consents(person=_person(request), documents=[chosen], network=address_of(request), at=database_now())
    except Refused as refused:
        messages.error(request, str(refused.refusal.text))
    else:
        messages.success(request, _("You agree to: %(title)s") % {"title": chosen.title})
    return redirect("me-privacy")


@login_required
@require_POST
def withdraw(request: HttpRequest, kind: str) -> HttpResponse:
    """Take one consent back."""
    chosen = _in_force(kind)
    try:
        insist_within(request, "details")
        withdraw_consent(by=_person(request), document=chosen, at=database_now())
    except Refused as refused:
        messages.error(request, str(refused.refusal.text))
    else:
        messages.success(request, _("Taken back, and what rested on it is erased: %(title)s") % {"title": chosen.title})
    return redirect("me-privacy")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def asked_again(request: HttpRequest) -> HttpResponse:
    """What changed since one agreed; everything else waits until it is answered."""
    person = _person(request)
    form = ConsentsForm(consents_due(person), _typed(request))
    after = request.POST.get("next") or request.GET.get("next", "")
    if request.method == "POST" and form.is_valid():
        try:
            insist_within(request, "consents")
            _answer(request, person, form)
        except Refused as refused:
            form.refuse(refused.refusal)
        else:
            return redirect(_onward(request, after))
    status = 422 if form.errors else 200
    return render(request, "privacy/consents.html", {"form": form, "next": after}, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """Put one's nickname and dong right; the address has a page of its own."""
    person = _person(request)
    asked = [] if agrees_to(person, PLACE) else [one for one in documents_in_force() if one.kind == PLACE]
    initial = {"nickname": person.nickname, "dong": person.dong_id or ""}
    form = DetailsForm(asked, _typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            insist_within(request, "details")
            _correct(request, person, form)
        except Refused as refused:
            form.refuse(refused.refusal)
        else:
            messages.success(request, _("Your details are changed."))
            return redirect("me")
    return render(request, "privacy/details.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@login_required
@reauthentication_required
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Everything that is kept of a person, to read."""
    try:
        insist_within(request, "own_data")
    except Refused as refused:
        messages.error(request, str(refused.refusal.text))
        return redirect("me-privacy")
    person = _person(request)
    return render(
        request, "privacy/export.html", {"person": person, "level": NAMES[person.level], "tables": tables_of(person)}
    )


@never_cache
@login_required
@reauthentication_required
@require_GET
def export_file(request: HttpRequest) -> HttpResponse:
    """The same as JSON, to take along."""
    try:
        insist_within(request, "export")
    except Refused as refused:
        messages.error(request, str(refused.refusal.text))
        return redirect("me-export")
    at = database_now()
    found = {"made_at": at, **export_of(_person(request))}
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="livinglab-{at:%Y-%m-%d}.json"'
    return response


@never_cache
@login_required
@reauthentication_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Erase one's own account."""
    person = _person(request)
    refusal = why_not_erase(person, person)
    form = LeaveForm(person, _typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            erase_person(by=person, person=person, texts=form.choice, at=database_now())
        except Refused as refused:
            form.refuse(refused.refusal)
        except Person.DoesNotExist:  # pressed twice
            return redirect("privacy-left")
        else:
            logout(request)
            return redirect("privacy-left")
    status = 409 if refusal and request.method == "POST" else 422 if form.errors else 200
    return render(request, "privacy/leave.html", {"form": form, "refusal": refusal}, status=status)


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """The account is gone."""
    return render(request, "privacy/left.html")


@transaction.atomic
def _answer(request: HttpRequest, person: Person, form: ConsentsForm) -> None:
    """Asked again and not ticked means taken back."""
    at = database_now()
    give_consents(person=person, documents=form.agreed, network=address_of(request), at=at)
    for refused in form.documents.values():
        if refused not in form.agreed:
            withdraw_consent(by=person, document=refused, at=at)


@transaction.atomic
def _correct(request: HttpRequest, person: Person, form: DetailsForm) -> None:
    """The consent first, if it was given here: the dong rests on it."""
    at = database_now()
    if form.agreed:
        give_consents(person=person, documents=form.agreed, network=address_of(request), at=at)
    correct_person(by=person, nickname=form.cleaned_data["nickname"], dong=form.cleaned_data["dong"], at=at)


def _typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, also where not a single box was ticked."""
    return request.POST if request.method == "POST" else None


def _in_force(kind: str) -> ConsentDocument:
    found = next((one for one in documents_in_force() if one.kind == kind), None)
    if found is None:
        raise Http404
    return found


def _onward(request: HttpRequest, after: str) -> str:
    own = url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure())
    return after if own and after.startswith("/") else "me"


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
