"""What is known of the personal data that is kept?"""

from .retention import (
    Due,
    Kept,
    days_of,
    destructions,
    due,
    due_tonight,
    free_again,
    known_rules,
    number_over,
    retention_rules,
    told_before,
)

__all__ = [
    "Due",
    "Kept",
    "days_of",
    "destructions",
    "due",
    "due_tonight",
    "free_again",
    "known_rules",
    "number_over",
    "retention_rules",
    "told_before",
]
