"""How often may something be done? Often enough for the busiest person and the fullest school, not for a machine."""

from dataclasses import dataclass
from typing import Final

HOUR: Final = 3600
MINUTE: Final = 60

# A desk left open closes by itself (안전성 확보조치 기준 article 6): a step shown is good for a working day.
STEP_HOLDS: Final = 8 * HOUR
DESK_IDLE: Final = 30 * MINUTE


@dataclass(frozen=True)
class Limit:
    """At most so many within so many seconds: of one account, and of all who come from one address together."""

    of_person: int
    of_address: int
    seconds: int


# Carriers and schools put hundreds of people behind one address, so that its share is many times a person's.
LIMITS: Final[dict[str, Limit]] = {
    "proposal": Limit(of_person=60, of_address=600, seconds=HOUR),
    "support": Limit(of_person=300, of_address=6_000, seconds=HOUR),  # and taking it back
    "post": Limit(of_person=120, of_address=1_200, seconds=HOUR),
    "ballot": Limit(of_person=120, of_address=6_000, seconds=HOUR),  # each change of mind is one
    "report": Limit(of_person=120, of_address=120, seconds=HOUR),  # of faults; an address counts for guests alone
    "office": Limit(of_person=1_200, of_address=12_000, seconds=HOUR),  # answers and repairs, also by programs
    "letters": Limit(of_person=20, of_address=200, seconds=HOUR),  # sheets of codes, of 100 letters each
    "look_up": Limit(of_person=120, of_address=1_200, seconds=HOUR),  # whose account an address or a card belongs to
    "token": Limit(of_person=20, of_address=200, seconds=HOUR),  # keys for programs
    "sign_up": Limit(of_person=20, of_address=200, seconds=HOUR),  # after a provider has said who somebody is
    "provider": Limit(of_person=60, of_address=1_200, seconds=HOUR),  # leaving to one, and coming back
    "code": Limit(of_person=10, of_address=200, seconds=HOUR),  # of letters, typed
    "details": Limit(of_person=20, of_address=400, seconds=HOUR),  # nickname and dong put right
    "consents": Limit(of_person=20, of_address=6_000, seconds=HOUR),  # a changed text asks everybody on one day
    "own_data": Limit(of_person=60, of_address=1_200, seconds=HOUR),  # everything of one's own, to read
    "export": Limit(of_person=20, of_address=400, seconds=HOUR),  # the file of one's own data
    "line": Limit(of_person=120, of_address=1_200, seconds=MINUTE),  # sockets opened; after a restart all come back
}
