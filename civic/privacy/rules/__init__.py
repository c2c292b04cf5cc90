"""What may not be done with personal data, and why?"""

from .erasing import why_not_erase
from .retention import why_not_keep_retention, why_not_set_retention

__all__ = ["why_not_erase", "why_not_keep_retention", "why_not_set_retention"]
