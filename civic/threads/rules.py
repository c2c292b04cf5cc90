"""Why not? Every refusal about a thread, as a code and a sentence."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from civic.people.models import Person
from civic.people.rules import why_below
from civic.people.rules.powers import why_consent_due
from civic.refusals import Refusal
from civic.texts import length

from .models import Post, Stance, Thread
from .speakers import IN_OFFICE, Speaker, speaker_of

SHORTEST, LONGEST = 2, 2_000  # characters, as a reader counts them

Visitor = Person | AnonymousUser


def why_not_speak(person: Visitor, thread: Thread) -> Refusal | None:
    """Anyone with an account of the thread's level, and whoever speaks for the house, as long as it is open."""
    if refusal := why_closed(thread):
        return refusal
    if not person.is_authenticated or not person.is_active:
        return Refusal("sign_in", _("Sign in to take part in the discussion."), 401)
    in_office = speaker_of(person, thread.district).in_office
    return why_consent_due(person) if in_office else why_below(person, thread.level)


def why_closed(thread: Thread) -> Refusal | None:
    """A thread that its owner has closed is read only."""
    if not thread.open:
        return Refusal("thread_closed", _("This discussion is closed. You can still read it."))
    return None


def why_not_post(person: Visitor, thread: Thread, *, speaker: Speaker, stance: str, text: str) -> Refusal | None:
    """Open, signed in, with a stance and words that will do; who speaks for the house need not take a side."""
    if refusal := why_not_speak(person, thread):
        return refusal
    if stance not in Stance.values and (stance or not speaker.in_office):
        return Refusal("unknown_stance", _("Choose for, against, question or evidence."), 422, "stance")
    return _why_not_text(length(text))


def why_not_reply(reply_to: int | None, above: Post | None) -> Refusal | None:
    """A reply answers a post of its own thread: `above` is what was found there under the number `reply_to`."""
    if reply_to is not None and above is None:
        return Refusal("unknown_post", _("The post you reply to is not in this discussion."), 422, "reply_to")
    return None


def why_not_take_back(person: Visitor, post: Post) -> Refusal | None:
    """One's own words, once; but not what was said in office, which the office answers for."""
    if not person.is_authenticated or post.author_id != person.pk:
        return Refusal("not_writer", _("Only its writer may take a post back."), 403)
    if post.role in IN_OFFICE:
        return Refusal("said_in_office", _("What was said in office stays: the office stands for it."), 403)
    if not post.text:
        return Refusal("taken_back", _("These words are taken back already."))
    return None


def why_not_close(thread: Thread) -> Refusal | None:
    return why_closed(thread)


def _why_not_text(size: int) -> Refusal | None:
    if not size:
        return Refusal("empty", _("Write what you want to say."), 422, "text")
    if size < SHORTEST:
        return Refusal("too_short", _("Write at least %(n)s characters.") % {"n": SHORTEST}, 422, "text")
    if size > LONGEST:
        text = _("%(most)s characters at most; these are %(size)s.") % {"most": LONGEST, "size": size}
        return Refusal("too_long", text, 422, "text")
    return None
