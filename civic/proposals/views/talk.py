"""How do neighbours discuss a proposal? The form on an address of its own, and the part a browser fetches anew."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from civic.chain.queries import line_of_marks
from civic.clocks.now import database_now
from civic.feed.pages import goes_on_live
from civic.ledger.receipts import answer_once, fingerprint
from civic.limits.edge import insist_within
from civic.proposals.actions import discuss_proposal
from civic.proposals.forms import STALE
from civic.proposals.marks import marks
from civic.proposals.models import Proposal
from civic.proposals.queries import find
from civic.proposals.shown import row
from civic.refusals import Refusal, Refused
from civic.threads import queries as threads
from civic.threads.forms import PostForm
from civic.threads.models import Post
from civic.threads.rules import why_not_speak
from civic.threads.shown import Region, badge, region, shown
from civic.threads.speakers import speaker_of


def thread_part(proposal: Proposal, asked: QueryDict) -> Region:
    """The part of the thread that an address asks for; what we do not know is left out rather than refused."""
    number, since = _whole(asked.get("page")) or 1, _whole(asked.get("since"))
    thread = proposal.thread
    root = threads.find_post(thread, _whole(asked.get("branch"))) if asked.get("branch") else None
    if root is not None and root.root_id is None:
        page = threads.branch_of(thread, root, number=number, since=since)
    else:
        page = threads.page_of(thread, number=number, since=since)
    return region(thread, page, starter=proposal.author_id, since=since)


@require_GET
@never_cache
def proposal_posts(request: HttpRequest, code: str) -> HttpResponse:
    """The thread alone, the same for everybody: what a browser fetches when somebody has spoken."""
    proposal = _found(code)
    context = {"thread": thread_part(proposal, request.GET), "proposal": proposal}
    return render(request, "threads/region.html", context)


@require_GET
def proposal_said(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One post by its number: leads to the page that holds it today."""
    proposal = _found(code)
    post = threads.find_post(proposal.thread, number)
    if post is None:
        raise Http404
    return redirect(_address(proposal, post))


@require_http_methods(["GET", "POST"])
@goes_on_live
def proposal_post(request: HttpRequest, code: str) -> HttpResponse:
    """Write a post, or a reply to one. What was written is never lost on the way."""
    proposal = _found(code)
    above = _above(request, proposal)
    refusal = why_not_speak(request.user, proposal.thread)
    if refusal and refusal.status == 401 and request.method == "GET":
        return redirect_to_login(request.get_full_path())
    form = PostForm(request.POST or None, speaker=speaker_of(request.user, proposal.district_id))
    status = refusal.status if refusal else 200
    if refusal and form.is_bound:
        form.add_error(None, str(refusal.text))  # the words stay on the page
    elif form.is_bound and form.is_valid():
        try:
            return _sent(request, proposal, form, above)
        except Refused as refused:
            form.refuse(refused.refusal)
            status = refused.refusal.status
    elif form.is_bound:
        status = 422
    return _form(request, proposal, form, above, refusal, status)


def post_again(request: HttpRequest, code: str) -> HttpResponse:
    """The form as it was sent, with a fresh token: for a page that was open while its reader signed in elsewhere."""
    proposal = _found(code)
    form = PostForm(request.POST, speaker=speaker_of(request.user, proposal.district_id))
    form.add_error(None, STALE)
    return _form(request, proposal, form, _above(request, proposal), None, 403)


def _sent(request: HttpRequest, proposal: Proposal, form: PostForm, above: Post | None) -> HttpResponse:
    insist_within(request, "post")
    post = _spoken_once(request, proposal, form, above)
    messages.success(request, _("Your post is published. Whoever follows this discussion sees it now."))
    return redirect(_address(proposal, post))


def _address(proposal: Proposal, post: Post) -> str:
    query = {name: value for name, value in threads.place_of(post).items() if (name, value) != ("page", 1)}
    path = reverse("proposal", args=[proposal.code])
    return f"{path}{'?' if query else ''}{urlencode(query)}#post-{post.pk}"


def _spoken_once(request: HttpRequest, proposal: Proposal, form: PostForm, above: Post | None) -> Post:
    """Write once, however often the same form is sent; one that is sent back rewritten is another post."""
    at = database_now()
    by: Any = request.user
    said = {"stance": form.cleaned_data["stance"], "text": form.cleaned_data["text"]}
    reply_to = above.pk if above else None

    def write() -> tuple[int, Any]:
        return 201, discuss_proposal(by=by, proposal=proposal, **said, reply_to=reply_to, at=at).pk

    key = form.cleaned_data["receipt"]
    if key:
        print_ = fingerprint("post", proposal.code, key, str(reply_to), *said.values())
        (_status, number), _again = answer_once(person=by, key=f"form:{print_}", print_=print_, at=at, write=write)
    else:
        number = write()[1]
    return Post.objects.get(pk=number)


def _form(
    request: HttpRequest,
    proposal: Proposal,
    form: PostForm,
    above: Post | None,
    refusal: Refusal | None,
    status: int,
) -> HttpResponse:
    speaker = speaker_of(request.user, proposal.district_id)
    context = {
        "form": form,
        "proposal": proposal,
        "row": row(proposal, at=database_now()),
        "above": shown(above, proposal.author_id) if above else None,
        "refusal": refusal,
        "line": line_of_marks(marks(proposal)),
        "speaker": speaker.role,
        "signed": speaker.name,
        "badge": badge(speaker.role, speaker.office, mine=request.user.pk == proposal.author_id),
    }
    return render(request, "threads/write.html", context, status=status)


def _above(request: HttpRequest, proposal: Proposal) -> Post | None:
    """The post that the address names; an address that names none of this thread leads nowhere."""
    named = request.GET.get("reply_to")
    post = threads.find_post(proposal.thread, _whole(named)) if named else None
    if named and post is None:
        raise Http404
    return post


def _found(code: str) -> Proposal:
    proposal = find(code)
    if proposal is None:
        raise Http404
    return proposal


def _whole(text: Any) -> int:
    """A whole number from an address; 0 for anything else."""
    digits = str(text or "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else 0
