"""What keeps the promises about personal data?"""

from .retention import InactivityNotice, RetentionRule

__all__ = ["InactivityNotice", "RetentionRule"]
