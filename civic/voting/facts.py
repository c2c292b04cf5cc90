"""What can become true of a round? Nothing here names a person, and nothing before publication names a choice."""

from dataclasses import dataclass
from typing import ClassVar

from civic.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RoundDrafted(Fact):
    """The desk has made a round; residents do not see it yet."""

    audience: ClassVar[str] = "staff"
    options: int


@dataclass(frozen=True, kw_only=True)
class RoundAnnounced(Fact):
    """Its rule and its options stand still from now on. Moments are ISO 8601."""

    opens: str
    closes: str
    policy: int


@dataclass(frozen=True, kw_only=True)
class RoundOpened(Fact):
    """Ballots are taken until `closes` (ISO 8601)."""

    closes: str


@dataclass(frozen=True, kw_only=True)
class BallotCast(Fact):
    """Somebody took part for the first time. Names the round only; recorded at the round's opening, whenever it was.

    A changed ballot is no fact: whoever could see changes could see who was made to vote and took it back.
    """


@dataclass(frozen=True, kw_only=True)
class BallotWithdrawn(Fact):
    """Somebody left, or their check was taken back: the ballot went along.

    Names the round only; recorded at its opening, as `BallotCast` is.
    """


@dataclass(frozen=True, kw_only=True)
class OptionWordsGone(Fact):
    """A title on the ballot was taken away with the words it came of; option and votes stay. `about` is their key."""

    audience: ClassVar[str] = "staff"
    about: str


@dataclass(frozen=True, kw_only=True)
class RoundClosed(Fact):
    """No ballot is taken any more, and no ballot leads to a person any more."""

    turnout: int


@dataclass(frozen=True, kw_only=True)
class RoundCounted(Fact):
    """The desk has the result; residents do not see it yet."""

    audience: ClassVar[str] = "staff"
    turnout: int


@dataclass(frozen=True, kw_only=True)
class RoundPublished(Fact):
    """The result: votes in the announced order of the options, and the numbers of those that were chosen."""

    turnout: int
    votes: tuple[int, ...]
    chosen: tuple[int, ...]
