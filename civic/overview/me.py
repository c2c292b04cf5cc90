"""What is mine here? Notices, proposals, roles, and keys for programs."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from civic.clocks.now import database_now
from civic.limits.edge import insist_within
from civic.notifications.actions import mark_all_read, mark_read
from civic.notifications.models import Notice
from civic.notifications.queries import inbox, path_of
from civic.people.actions import issue_token, revoke_token
from civic.people.levels import NAMES
from civic.people.models import ApiToken, Person
from civic.people.queries import RoleShown, roles_shown, tokens_of
from civic.people.roles import EVERYWHERE, district_of, district_scope
from civic.people.rules import why_not_ask_for_token
from civic.places.models import District
from civic.proposals.models import Proposal
from civic.proposals.shown import row
from civic.refusals import Refused

from .forms import TokenForm

SHOWN = 50  # of one's own proposals, the newest
AT_FIRST = 10  # notices that one sees at once; the others unfold


@never_cache
@login_required
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """A person's own page; nobody else can see it."""
    person, at = _person(request), database_now()
    notices = inbox(person)
    context = {
        "person": person,
        "inbox": notices[:AT_FIRST],
        "earlier": notices[AT_FIRST:],
        "rows": [row(proposal, at=at) for proposal in _proposals(person)],
        "roles": _roles_and_places(person),
        "level": NAMES[person.level],  # of the row at hand: whoever is signed in has confirmed an address
        "now": at,
    }
    return render(request, "overview/me.html", context)


@never_cache
@login_required
@require_GET
def open_notice(request: HttpRequest, notice: int) -> HttpResponse:
    """Go where a notice points, and take it as read, unless a browser only fetches ahead."""
    found = get_object_or_404(Notice, pk=notice, person=request.user)
    if not _fetched_ahead(request):
        mark_read(by=_person(request), notice=found.pk, at=database_now())
    return redirect(path_of(found) or "me")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Take every notice as read."""
    mark_all_read(by=_person(request), at=database_now())
    return redirect("me")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """Keys for programs: make one, having shown once more who it is, and see the others."""
    if request.method == "POST":
        refusal = why_not_ask_for_token(_person(request))
        if refusal:
            messages.warning(request, str(refusal.text))
            return redirect("mfa_index")
    return _tokens(request)


@reauthentication_required(allow_get=True)
def _tokens(request: HttpRequest) -> HttpResponse:
    """The new key is shown this once."""
    person, form, made = _person(request), TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            insist_within(request, "token")
            made = issue_token(by=person, person=person, label=form.cleaned_data["label"], at=database_now())
            form = TokenForm()
        except Refused as refused:
            form.refuse(refused.refusal)
    status = 422 if form.errors else 200
    context = {"form": form, "made": made, "tokens": tokens_of(person)}
    return render(request, "overview/tokens.html", context, status=status)


@login_required
@require_POST
def revoke(request: HttpRequest, token: int) -> HttpResponse:
    """Stop one key."""
    person = _person(request)
    key = ApiToken.objects.filter(pk=token, person=person).first()
    if key is None:
        raise Http404
    try:
        revoke_token(by=person, token=key, at=database_now())
    except Refused as refused:
        messages.error(request, str(refused.refusal.text))
    else:
        messages.success(request, _("The key “%(label)s” works no more.") % {"label": key.label})
    return redirect("me-tokens")


def _fetched_ahead(request: HttpRequest) -> bool:
    """Browsers that load a page before anybody asked for it say so."""
    return any("prefetch" in request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def _proposals(person: Person) -> QuerySet[Proposal]:
    rows = Proposal.objects.filter(author=person).select_related("dong", "policy", "answer", "thread")
    rows = rows.prefetch_related("tags")  # type: ignore[misc]  # the plugin does not know taggit's manager
    return rows.order_by("-published_at")[:SHOWN]


def _roles_and_places(person: Person) -> list[tuple[RoleShown, str]]:
    places = {district_scope(district.code): str(district) for district in District.objects.all()}
    places[EVERYWHERE] = _("every district")
    where = {shown: district_of(shown.scope) for shown in roles_shown(person)}
    return [(shown, places.get(district_scope(code) if code else shown.scope, "")) for shown, code in where.items()]
