"""What can become true of a thread?"""

from dataclasses import dataclass

from civic.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PostWritten(Fact):
    """Somebody spoke in a role; `posts` is the count after, `above` the post that is answered, 0 for none."""

    post: int
    above: int
    role: str
    stance: str
    posts: int


@dataclass(frozen=True, kw_only=True)
class PostTakenBack(Fact):
    """The words of a post are gone; that somebody spoke there, and who answered, stays."""

    post: int
    posts: int


@dataclass(frozen=True, kw_only=True)
class ThreadClosed(Fact):
    """What the thread is about has ended: it can be read, and nobody writes in it any more."""

    posts: int
