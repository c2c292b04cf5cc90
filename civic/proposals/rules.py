"""Why not? Every refusal about a proposal, as a code and a sentence."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from civic.people.levels import CONFIRMED
from civic.people.models import Department, Person
from civic.people.rules import why_below, why_not_by_role, why_not_hand_to
from civic.policies.models import ParticipationPolicy
from civic.refusals import Refusal
from civic.texts import length

from .models import Category, Proposal, Support
from .states import ANSWERED, MOVES, State
from .words import Words

TITLE = (5, 100)  # characters, as a reader counts them
PART = (10, 3_000)
EFFECT = (0, 3_000)
HANDED = (5, 500)  # the reason why it is handed on
TAGS = 5
TAG_LENGTH = 20

Visitor = Person | AnonymousUser


def why_not_propose(person: Visitor, policy: ParticipationPolicy | None) -> Refusal | None:
    """Anyone with an account of the level that the district asks for."""
    if not person.is_authenticated:
        return Refusal("sign_in", _("Sign in to make a proposal."), 401)
    return why_below(person, policy.propose_level if policy else CONFIRMED)


def why_not_publish(category: str, words: Words, policy: ParticipationPolicy | None) -> Refusal | None:
    """A known category, a district that has promised something, and words that will do."""
    if category not in Category.values:
        return Refusal("unknown_category", _("Choose one of the listed categories."), 422, "category")
    if policy is None:
        return Refusal("no_policy", _("This district does not take proposals yet."), 409, "dong")
    return why_not_words(words)


def why_not_words(words: Words) -> Refusal | None:
    """The three statutory parts (국민 제안 규정 article 5): neither empty nor endless."""
    return next(iter(all_about_words(words)), None)


def all_about_words(words: Words) -> list[Refusal]:
    """Everything that is wrong with the words at once, so that nobody has to send a form four times."""
    found = (
        _misfit("title", len(words.title), TITLE) or _no_letters("title", words.title),
        _misfit("problem", length(words.problem), PART) or _no_letters("problem", words.problem),
        _misfit("proposal", length(words.solution), PART) or _no_letters("proposal", words.solution),
        _misfit("effect", length(words.expected_effect), EFFECT),
        _why_not_tags(words.tags),
    )
    return [refusal for refusal in found if refusal]


def _no_letters(field: str, text: str) -> Refusal | None:
    if any(letter.isalnum() for letter in text):
        return None
    return Refusal("no_letters", _("Write words that can be read."), 422, field)


def _why_not_tags(tags: tuple[str, ...]) -> Refusal | None:
    if len(tags) > TAGS:
        return Refusal("too_many_tags", _("Five tags at most."), 422, "tags")
    if any(len(tag) > TAG_LENGTH for tag in tags):
        return Refusal("tag_too_long", _("A tag has twenty characters at most."), 422, "tags")
    return None


def why_not_support(person: Visitor, proposal: Proposal, *, at: datetime) -> Refusal | None:
    """One voice a person, never one's own proposal, only inside the window and before the answer."""
    if not person.is_authenticated:
        return Refusal("sign_in", _("Sign in to support."), 401)
    if proposal.author_id == person.pk:
        return Refusal("own_proposal", _("You cannot support your own proposal. Neighbours can."), 403)
    if refusal := why_window_closed(proposal, at=at) or why_below(person, proposal.policy.support_level):
        return refusal
    if Support.objects.filter(proposal=proposal, person=person).exists():
        return Refusal("already_supported", _("You support this proposal already. One person has one voice."))
    return None


def why_not_withdraw_support(person: Visitor, proposal: Proposal, *, at: datetime) -> Refusal | None:
    """Support can be taken back as long as it can be given."""
    if not person.is_authenticated:
        return Refusal("sign_in", _("Sign in to take your support back."), 401)
    if refusal := why_window_closed(proposal, at=at):
        return refusal
    if not Support.objects.filter(proposal=proposal, person=person).exists():
        return Refusal("not_supported", _("You have not supported this proposal."))
    return None


def why_window_closed(proposal: Proposal, *, at: datetime) -> Refusal | None:
    if proposal.state in ANSWERED:
        return Refusal("decided", _("This proposal has been answered. Support is closed."))
    if proposal.state == State.WITHDRAWN:
        return Refusal("withdrawn", _("Its author has withdrawn this proposal. Support is closed."))
    if proposal.state == State.EXPIRED or at >= proposal.closes_at:
        return Refusal("window_closed", _("The period for support has ended."))
    return None


def why_not_take_back(person: Visitor, proposal: Proposal) -> Refusal | None:
    """One's own words, once."""
    if not person.is_authenticated or proposal.author_id != person.pk:
        return Refusal("not_author", _("Only its author may take a proposal back."), 403)
    if not proposal.problem:
        return Refusal("taken_back", _("These words are taken back already."))
    return None


def why_not_answer(person: Visitor, proposal: Proposal) -> Refusal | None:
    """Only an official of the proposal's own district, and only once the threshold is reached."""
    if not person.is_authenticated:
        return Refusal("sign_in", _("Sign in to answer."), 401)
    if refusal := why_not_by_role(person, "answer_proposals", proposal.scope):
        stranger = Refusal("not_official", _("Only an official of this district may answer."), 403)
        return refusal if refusal.code == "other_department" else stranger
    if proposal.state in ANSWERED:
        return Refusal("already_answered", _("This proposal has its answer already."))
    if State.ADOPTED not in MOVES[State(proposal.state)]:
        return Refusal("not_in_review", _("This proposal has not reached department review."))
    return None


def why_not_transfer(
    person: Visitor, proposal: Proposal, to: Department | None = None, reason: str | None = None
) -> Refusal | None:
    """By an official whom it is with, to another department of the district, while it waits. None: the button."""
    if refusal := why_not_by_role(person, "transfer_proposals", proposal.scope):
        return refusal
    if proposal.state != State.DEPT_REVIEW:
        return Refusal("not_in_review", _("Only a proposal that waits for its answer can be handed on."))
    if reason is None:
        return None
    if refusal := why_not_hand_to(to, proposal.department_id, proposal.district_id):
        return refusal
    return _misfit("reason", len(reason), HANDED)


def why_not_reason(reason: str, headline: str, planned: str) -> Refusal | None:
    """An answer gives its reason (국민 제안 규정 article 13): no bare yes or no."""
    if refusal := _misfit("reason", length(reason), PART):
        return refusal
    if len(headline) > 120:
        return Refusal("too_long", _("The headline has 120 characters at most."), 422, "headline")
    if len(planned) > 60:
        return Refusal("too_long", _("The planned time has 60 characters at most."), 422, "planned")
    return None


def why_not_carry(proposal: Proposal, to: State) -> Refusal | None:
    """Only what was adopted is tried out, and only in the order of the table."""
    if to not in MOVES[State(proposal.state)]:
        return Refusal("not_adopted", _("Only an adopted proposal can be tried out."))
    return None


def why_not_expire(proposal: Proposal, *, at: datetime) -> Refusal | None:
    if proposal.state != State.OPEN or at < proposal.closes_at:
        return Refusal("still_open", _("The period for support is still running."))
    return None


def _misfit(field: str, size: int, bounds: tuple[int, int]) -> Refusal | None:
    least, most = bounds
    if size < least:
        few = ngettext_lazy("Write at least %(n)s character.", "Write at least %(n)s characters.", "n")
        return Refusal("too_short", few % {"n": least}, 422, field)
    if size > most:
        text = _("%(most)s characters at most; these are %(size)s.") % {"most": most, "size": size}
        return Refusal("too_long", text, 422, field)
    return None
