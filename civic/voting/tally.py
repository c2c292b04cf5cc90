"""How many votes has each option, and which are chosen? Pure: ballots and the announced rule in, the result out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Counted:
    """One option after the count. `tied`: others have as many votes, and the announced order parted them."""

    option: int
    votes: int
    chosen: bool
    tied: bool


def tally(
    ballots: Iterable[Sequence[int]], options: Sequence[int], *, seats: int, quorum: int | None = None
) -> list[Counted]:
    """Approval: each pick is one vote; the `seats` options with the most votes are chosen.

    `options` are ids in the announced order, which settles ties; an option without a vote is never chosen, and below
    the quorum none is. Ids that are no options raise ValueError: a ballot that was taken holds none.
    """
    votes, cast = Counter[int](), 0
    for ballot in ballots:
        votes.update(set(ballot))
        cast += 1
    if strangers := set(votes) - set(options):
        raise ValueError(f"ballots name options that are none: {sorted(strangers)}")
    place = {option: number for number, option in enumerate(options)}
    ranked = sorted(options, key=lambda option: (-votes[option], place[option]))
    holds = quorum is None or cast >= quorum
    chosen = {option for option in ranked[:seats] if votes[option] and holds}
    parted = _parted(ranked, votes, seats) if holds else set()
    return [Counted(option, votes[option], option in chosen, option in parted) for option in options]


def _parted(ranked: Sequence[int], votes: Counter[int], seats: int) -> set[int]:
    """Options on both sides of the last seat with the same number of votes."""
    if seats >= len(ranked) or not votes[ranked[seats]] or votes[ranked[seats - 1]] != votes[ranked[seats]]:
        return set()
    return {option for option in ranked if votes[option] == votes[ranked[seats]]}
