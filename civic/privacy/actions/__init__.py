"""What is done to personal data? Erased at a person's word, destroyed when its time is up."""

from .addresses import leave_addresses
from .affected import list_everybody, list_looked_at
from .destroying import BATCH
from .erasing import erase_again, erase_person, erase_returned
from .inactivity import tell_unused
from .purging import destroy_over
from .retention import load_retention, set_retention

__all__ = [
    "BATCH",
    "destroy_over",
    "erase_again",
    "erase_person",
    "erase_returned",
    "leave_addresses",
    "list_everybody",
    "list_looked_at",
    "load_retention",
    "set_retention",
    "tell_unused",
]
