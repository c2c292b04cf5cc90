"""Who writes in a thread? These verbs, each called by the owner of the thread in the owner's transaction."""

from datetime import datetime

from django.db import connection, transaction

from civic.ledger.record import record
from civic.people.levels import CONFIRMED
from civic.people.models import Person
from civic.refusals import insist
from civic.texts import clean_html, why_not_clean

from .facts import PostTakenBack, PostWritten, ThreadClosed
from .models import Post, Thread
from .queries import find_post
from .rules import why_not_close, why_not_post, why_not_reply, why_not_take_back
from .speakers import IN_OFFICE, Speaker, speaker_of
from .state import thread_state


def open_thread(*, key: str, district: str, level: int = CONFIRMED) -> Thread:
    """A thread for a thing that is being made, whose fact tells of it; `level` of verification takes part."""
    if not connection.in_atomic_block:
        raise RuntimeError("a thread is opened inside the transaction that makes its owner")
    return Thread.objects.create(key=key, district=district, level=level)


@transaction.atomic
def write_post(
    *, by: Person, thread: Thread, stance: str, text: str, reply_to: int | None = None, at: datetime
) -> Post:
    """Say something in a thread, or answer what was said there; replies to replies stand in the same branch."""
    insist(why_not_clean(text, "text"))
    thread = Thread.objects.select_for_update().get(pk=thread.pk)
    speaker, text = speaker_of(by, thread.district), clean_html(text)
    above = find_post(thread, reply_to)
    insist(why_not_post(by, thread, speaker=speaker, stance=stance, text=text))
    insist(why_not_reply(reply_to, above))
    post = Post.objects.create(
        thread=thread,
        root_id=(above.root_id or above.pk) if above else None,
        above=above,
        author=by,
        role=speaker.role,
        name=speaker.name,
        office=speaker.office,
        phone=speaker.phone,
        stance=stance,
        text=text,
        at=at,
    )
    _count(thread, post, speaker)
    fact = PostWritten(
        key=thread.key,
        district=thread.district,
        post=post.pk,
        above=above.pk if above else 0,
        role=post.role,
        stance=stance,
        posts=thread.posts,
    )
    record(fact, state=thread_state(thread), concerns={by: {"as": "writer"}}, at=at)
    return post


@transaction.atomic
def take_back_post(*, by: Person, post: Post, at: datetime) -> Post:
    """Take one's words away for good. The place stays, so that answers still hang on something."""
    thread = Thread.objects.select_for_update().get(pk=post.thread_id)
    post = Post.objects.select_for_update().get(pk=post.pk)
    insist(why_not_take_back(by, post))
    post.text = ""
    post.save(update_fields=["text"])
    fact = PostTakenBack(key=thread.key, district=thread.district, post=post.pk, posts=thread.posts)
    record(fact, state=thread_state(thread), concerns={by: {"as": "writer"}}, at=at)
    return post


def forget_affiliations(*, by: Person) -> None:
    """What a person showed beside the name for themselves: an expert's field, a panel's term. An office's stays."""
    Post.objects.filter(author=by).exclude(role__in=IN_OFFICE).update(name="", office="", phone="")


@transaction.atomic
def close_thread(*, thread: Thread, at: datetime) -> Thread:
    """Nobody writes in it any more. The owner decides that, no person."""
    thread = Thread.objects.select_for_update().get(pk=thread.pk)
    insist(why_not_close(thread))
    thread.open = False
    thread.save(update_fields=["open"])
    fact = ThreadClosed(key=thread.key, district=thread.district, posts=thread.posts)
    record(fact, state=thread_state(thread), concerns={}, at=at)
    return thread


def _count(thread: Thread, post: Post, speaker: Speaker) -> None:
    thread.posts += 1
    thread.roots += post.root_id is None
    thread.spoken = {**thread.spoken, speaker.role: thread.spoken.get(speaker.role, 0) + 1}
    thread.last_at, thread.last_post = post.at, post.pk
    thread.save(update_fields=["posts", "roots", "spoken", "last_at", "last_post"])
