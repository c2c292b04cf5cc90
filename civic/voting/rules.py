"""Why not? Every refusal about a vote, as a code and a sentence."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from civic.chain.models import Node
from civic.clocks.deadlines import last_day
from civic.people.levels import CHECKED
from civic.people.models import Person
from civic.people.rules import may, why_below
from civic.policies.models import ParticipationPolicy
from civic.refusals import Refusal

from .drafts import RoundDraft
from .models import Round
from .queries import SLUG, took_part
from .states import MOVES, State

TITLE = (5, 120)  # characters
LEAD = 400
OPTIONS = (2, 100)
TEXT = 3_000
MOST_BALLOTS = 100_000_000  # more than there are people
LONG_AGO, FAR_AHEAD = timedelta(days=366), timedelta(days=3_653)

Visitor = Person | AnonymousUser


def why_not_vote(person: Visitor, round: Round, *, at: datetime) -> Refusal | None:
    """Open, by its state and by the clock, for whoever has the level that the pinned policy asks for."""
    if refusal := why_not_open_now(round, at=at):
        return refusal
    if not person.is_authenticated or not person.is_active:
        return Refusal("sign_in", _("Sign in to vote."), 401)
    return why_below(person, round.policy.vote_level if round.policy else CHECKED)


def why_not_withdraw_ballot(person: Visitor, round: Round, *, at: datetime) -> Refusal | None:
    """While the round is open, and only a ballot that was cast: a closed urn gives none back."""
    if refusal := why_not_open_now(round, at=at):
        return refusal
    if not isinstance(person, Person) or not took_part(person, round):
        return Refusal("not_voted", _("You have not voted here."))
    return None


def why_not_open_now(round: Round, *, at: datetime) -> Refusal | None:
    """While it takes ballots, by its state and by the clock."""
    if round.state == State.DRAFT:
        return Refusal(
            "not_open_yet", _("This vote opens on %(day)s.") % {"day": date_format(localtime(round.opens_at))}
        )
    if round.state_at(at) != State.OPEN:
        ended = last_day(min(round.closed_at or round.closes_at, round.closes_at))
        return Refusal("voting_closed", _("This vote closed on %(day)s.") % {"day": date_format(ended)})
    return None


def why_not_choose(round: Round, choices: Sequence[int], options: Sequence[int]) -> Refusal | None:
    """Options of this round, each once, as many as its rule says."""
    if set(choices) - set(options):
        return Refusal("unknown_option", _("Choose among the options of this vote."), 422, "choices")
    if len(set(choices)) < len(choices):
        return Refusal("option_twice", _("Each option can be chosen once."), 422, "choices")
    if len(choices) > round.max_picks:
        text = ngettext_lazy(
            "You can choose %(most)s option. You chose %(n)s.",
            "You can choose up to %(most)s options. You chose %(n)s.",
            round.max_picks,
        )
        return Refusal("too_many", text % {"most": round.max_picks, "n": len(choices)}, 422, "choices")
    if len(choices) < round.min_picks:
        text = ngettext_lazy(
            "Choose at least %(least)s option. You chose %(n)s.",
            "Choose at least %(least)s options. You chose %(n)s.",
            round.min_picks,
        )
        return Refusal("too_few", text % {"least": round.min_picks, "n": len(choices)}, 422, "choices")
    return None


def why_not_run(by: Person | None, district: str) -> Refusal | None:
    """Officials and administrators of the district run its votes; `by` None is the installation and its clock."""
    if by is None or may(by, "run_votes", f"district:{district}"):
        return None
    return Refusal("not_official", _("Only an official of this district may run its votes."), 403)


def why_not_draft(
    by: Person | None, district: str, draft: RoundDraft, *, at: datetime, slug_taken: bool
) -> Refusal | None:
    """Somebody in office there, with a rule that can be followed and words that will do."""
    return (
        why_not_run(by, district)
        or _why_not_slug(draft.slug, taken=slug_taken)
        or _why_not_words(draft)
        or _why_not_options(draft, district)
        or _why_not_picks(draft)
        or _why_not_times(draft, at)
    )


def why_not_announce(
    by: Person | None, round: Round, policy: ParticipationPolicy | None, *, at: datetime
) -> Refusal | None:
    """Once, before its end, about proposals of its own district, which has said who may vote."""
    if refusal := why_not_run(by, round.district_id):
        return refusal
    if round.announced_at is not None:
        return Refusal("already_announced", _("This vote is announced already."))
    if at >= round.closes_at:
        return Refusal("time_over", _("The time for this vote is over already."))
    if policy is None:
        return Refusal("no_policy", _("This district has not set its rules of participation yet."))
    abouts = round.options.exclude(about="").values("about")
    if Node.objects.filter(key__in=abouts).exclude(district=round.district_id).exists():  # drafts were not always asked
        text = _("This vote has a proposal of another district among its options. Make a new vote without it.")
        return Refusal("subject_elsewhere", text)
    return None


def why_not_move(by: Person | None, round: Round, to: State, *, at: datetime) -> Refusal | None:
    """Each state follows from the one before: open, closed, counted, published. The clock opens and closes in time."""
    if refusal := why_not_run(by, round.district_id):
        return refusal
    if to not in MOVES[State(round.state)]:
        return Refusal("wrong_state", _SENTENCES[to])
    if to == State.OPEN and at >= round.closes_at:
        return Refusal("time_over", _("The time for this vote is over already."))
    return None


_SENTENCES: dict[State, str | Promise] = {
    State.OPEN: _("Only a vote that has not been open yet can be opened."),
    State.CLOSED: _("Only an open vote can be closed."),
    State.COUNTED: _("Only a closed vote can be counted, and only once."),
    State.PUBLISHED: _("Only a counted result can be published, and only once."),
}


def _why_not_slug(slug: str, *, taken: bool) -> Refusal | None:
    if not SLUG.fullmatch(slug) or slug.strip("-") != slug:
        return Refusal("bad_slug", _("The address takes small letters, digits and hyphens."), 422, "slug")
    if taken:
        return Refusal("slug_taken", _("Another vote has this address."), 409, "slug")
    return None


def _why_not_words(draft: RoundDraft) -> Refusal | None:
    if not TITLE[0] <= len(draft.title) <= TITLE[1]:
        return Refusal("title_length", _("The title has 5 to 120 characters."), 422, "title")
    if len(draft.lead) > LEAD:
        return Refusal("too_long", _("The introduction has 400 characters at most."), 422, "lead")
    return None


def _why_not_options(draft: RoundDraft, district: str) -> Refusal | None:
    if not OPTIONS[0] <= len(draft.options) <= OPTIONS[1]:
        return Refusal("options_number", _("A vote has 2 to 100 options."), 422, "options")
    if any(not 1 <= len(option.title) <= TITLE[1] or len(option.text) > TEXT for option in draft.options):
        return Refusal("option_words", _("Each option has a title of 1 to 120 characters."), 422, "options")
    if len({option.title for option in draft.options}) < len(draft.options):
        return Refusal("option_twice", _("Two options have the same title."), 422, "options")
    if any(option.cost is not None and not 0 <= option.cost < 10**15 for option in draft.options):
        return Refusal("option_cost", _("A cost is a whole number of won."), 422, "options")
    abouts = {option.about for option in draft.options if option.about}
    subjects = Node.objects.filter(key__in=abouts, public=True).values_list("district", flat=True)
    if len(subjects) < len(abouts):
        return Refusal("unknown_subject", _("An option names a proposal that is not there."), 422, "options")
    if set(subjects) - {district}:
        text = _("A vote takes proposals of its own district. Take out those of another one.")
        return Refusal("subject_elsewhere", text, 422, "options")
    return None


def _why_not_picks(draft: RoundDraft) -> Refusal | None:
    if not 1 <= draft.min_picks <= draft.max_picks <= len(draft.options):
        text = _("The least number of picks is 1 or more, the largest no more than there are options.")
        return Refusal("picks", text, 422, "max_picks")
    if not 1 <= draft.seats < len(draft.options):
        return Refusal("seats", _("Fewer options are chosen than there are, and at least one."), 422, "seats")
    if draft.quorum is not None and not 1 <= draft.quorum <= MOST_BALLOTS:
        return Refusal("quorum", _("A quorum is a whole number from 1 to 100,000,000."), 422, "quorum")
    return None


def _why_not_times(draft: RoundDraft, at: datetime) -> Refusal | None:
    for field in ("opens_at", "closes_at"):
        if not at - LONG_AGO <= getattr(draft, field) <= at + FAR_AHEAD:
            return Refusal("far_away", _("A vote lies between a year ago and ten years from now."), 422, field)
    if draft.closes_at <= draft.opens_at:
        return Refusal("times", _("A vote closes after it opens."), 422, "closes_at")
    if draft.closes_at <= at:
        return Refusal("time_over", _("The time for this vote is over already."), 422, "closes_at")
    return None
