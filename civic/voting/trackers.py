"""How does a voter find the own ballot again? By a code that nothing can be worked out from."""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is misread for another
FORM = re.compile(rf"[{ALPHABET}]{{4}}(-[{ALPHABET}]{{4}}){{2}}")


def new_tracker() -> str:
    """Twelve characters such as K7Q2-9XHD-44TM, some 59 bits from the machine's own chance.

    Ballots leave the round in the order of their trackers, so this is also what shuffles them.
    """
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
