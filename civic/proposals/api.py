"""Proposals for programs: the same actions as the pages, as JSON."""

from typing import Any, Literal

from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router, Schema

from civic.clocks.now import database_now
from civic.ledger.api import PROBLEMS, Problem, write_once
from civic.limits.edge import insist_within
from civic.places.queries import find_dong
from civic.refusals import Refusal, Refused
from civic.texts import plain

from . import actions, queries
from .forms import give_answer
from .menus import filters_from
from .models import Category, Proposal, ProposalTag
from .rules import PART, TITLE
from .states import State
from .words import words

router = Router(tags=["proposals"])
WITH_TAGS = Prefetch("tag_uses", ProposalTag.objects.select_related("tag"))
PAGE_SIZE = 100  # rows a page at most
NO_PROPOSAL = Refusal("unknown_proposal", _("There is no such proposal."), 404)
NO_DONG = Refusal("unknown_dong", _("Choose one of the listed dongs."), 422, "dong")


def _told(bounds: tuple[int, int]) -> Any:
    """A text whose bounds the description tells; the rule judges it, by what is left after cleaning."""
    least, most = bounds
    return Field(json_schema_extra={"minLength": least, "maxLength": most})


class ProposalIn(Schema):
    """A proposal in its three statutory parts; `dong` is a 10-digit code."""

    title: str = _told(TITLE)
    problem: str = _told(PART)
    proposal: str = _told(PART)
    effect: str = ""
    category: str = Field(json_schema_extra={"enum": list(Category.values)})
    dong: str
    tags: list[str] = []


class ProposalMade(Schema):
    id: str
    state: str
    supports: int


class ProposalOut(ProposalMade):
    title: str
    problem: str
    proposal: str
    effect: str
    category: str
    dong: str
    tags: list[str]
    needed: int
    published_at: str
    closes_at: str
    due_at: str | None


class ProposalPage(Schema):
    items: list[ProposalOut]
    count: int


class SupportOut(Schema):
    supports: int
    state: str


class AnswerIn(Schema):
    """The district's answer; `planned` says in words when an adopted proposal will be done."""

    decision: Literal["adopted", "declined"]
    reason: str = _told(PART)
    planned: str = ""
    headline: str = ""


class PostIn(Schema):
    """A post in the thread; `reply_to` is the `id` of the post it answers. Staff may leave the stance out."""

    stance: Literal["for", "against", "question", "evidence", ""] = ""
    text: str
    reply_to: int | None = None


class PostMade(Schema):
    """`posts` is how many the thread holds now."""

    id: int
    role: str
    stance: str
    reply_to: int | None
    posts: int


class ListQuery(Schema):
    """Filters of the list; an empty one filters nothing, one that cannot be is refused."""

    district: str = Field("", pattern=r"^(\d{5})?$")
    dong: str = Field("", pattern=r"^(\d{10})?$")
    state: State | Literal[""] = ""
    category: Category | Literal[""] = ""
    tag: str = ""
    q: str = ""
    sort: Literal["moved", "deadline", "supports"] = "moved"
    page: int = Field(1, ge=1, le=100_000)
    page_size: int = Field(20, ge=1, le=PAGE_SIZE)


@router.get("proposals", response={200: ProposalPage, PROBLEMS: Problem}, auth=None)
def list_proposals(request: HttpRequest, query: Query[ListQuery]) -> Any:
    """Proposals, newest movement first, with the filters of the page."""
    filters = filters_from(query.dict(exclude={"page", "page_size"}))
    start = (query.page - 1) * query.page_size
    rows = queries.proposals(filters).prefetch_related(WITH_TAGS)[start : start + query.page_size]
    return {"items": [_out(proposal) for proposal in rows], "count": queries.counts(filters).total}


@router.get("proposals/{code}", response={200: ProposalOut, PROBLEMS: Problem}, auth=None, exclude_unset=True)
def read_proposal(request: HttpRequest, code: str) -> Any:
    """One proposal."""
    return _out(_found(code))


@router.post("proposals", response={201: ProposalMade, PROBLEMS: Problem}, exclude_unset=True)
def create_proposal(request: HttpRequest, body: ProposalIn) -> Any:
    """Publish a proposal."""
    insist_within(request, "proposal")

    def write() -> tuple[int, Any]:
        dong = find_dong(body.dong)
        if dong is None:
            raise Refused(NO_DONG)
        said = words(
            title=body.title,
            problem=body.problem,
            solution=body.proposal,
            expected_effect=body.effect,
            tags=body.tags,
        )
        by: Any = request.user
        made = actions.publish_proposal(by=by, dong=dong, category=body.category, words=said, at=database_now())
        return 201, {"id": made.code, "state": made.state, "supports": made.supports}

    return write_once(request, write)


@router.post("proposals/{code}/support", response={200: SupportOut, PROBLEMS: Problem}, exclude_unset=True)
def support(request: HttpRequest, code: str) -> Any:
    """Add the caller's voice."""
    insist_within(request, "support")
    return write_once(request, lambda: _voice(request, code, actions.support_proposal))


@router.post("proposals/{code}/withdraw-support", response={200: SupportOut, PROBLEMS: Problem}, exclude_unset=True)
def withdraw_support(request: HttpRequest, code: str) -> Any:
    """Take the caller's voice back."""
    insist_within(request, "support")
    return write_once(request, lambda: _voice(request, code, actions.withdraw_support))


@router.post("proposals/{code}/answer", response={200: SupportOut, PROBLEMS: Problem}, exclude_unset=True)
def answer(request: HttpRequest, code: str, body: AnswerIn) -> Any:
    """Adopt or decline, as an official of the proposal's district."""
    insist_within(request, "office")

    def write() -> tuple[int, Any]:
        decided = give_answer(request.user, _found(code), body.dict(), at=database_now())
        return 200, {"supports": decided.supports, "state": decided.state}

    return write_once(request, write)


@router.post("proposals/{code}/posts", response={201: PostMade, PROBLEMS: Problem})
def create_post(request: HttpRequest, code: str, body: PostIn) -> Any:
    """Speak in the proposal's thread, in the role that the caller holds in its district."""
    insist_within(request, "post")

    def write() -> tuple[int, Any]:
        by: Any = request.user
        post = actions.discuss_proposal(by=by, proposal=_found(code), **body.dict(), at=database_now())
        made = {"id": post.pk, "role": post.role, "stance": post.stance}
        return 201, made | {"reply_to": post.above_id, "posts": post.thread.posts}

    return write_once(request, write)


def _voice(request: HttpRequest, code: str, act: Any) -> tuple[int, Any]:
    bare = queries.find_bare(code)
    if bare is None:
        raise Refused(NO_PROPOSAL)
    proposal = act(by=request.user, proposal=bare, at=database_now())
    return 200, {"supports": proposal.supports, "state": proposal.state}


def _found(code: str) -> Proposal:
    proposal = queries.find(code)
    if proposal is None:
        raise Refused(NO_PROPOSAL)
    return proposal


def _out(proposal: Proposal) -> dict[str, Any]:
    return {
        "id": proposal.code,
        "title": proposal.title,
        "problem": plain(proposal.problem),
        "proposal": plain(proposal.solution),
        "effect": plain(proposal.expected_effect),
        "category": proposal.category,
        "dong": proposal.dong_id,
        "tags": [use.tag.name for use in proposal.tag_uses.all()],
        "state": proposal.state,
        "supports": proposal.supports,
        "needed": proposal.policy.support_needed,
        "published_at": proposal.published_at.isoformat(),
        "closes_at": proposal.closes_at.isoformat(),
        "due_at": proposal.due_at.isoformat() if proposal.due_at else None,
    }
