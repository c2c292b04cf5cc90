"""Which part of a line may not be torn apart at its end? A number with a hyphen: of a house, of a lamp."""

import re

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

_NUMBER = re.compile(r"(?<![\w-])\d{1,4}(?:-\d{1,4}){1,2}(?![\w-])")


def unbroken(line: str) -> SafeString:
    """The line with each such number kept whole."""
    return mark_safe(_NUMBER.sub(r'<span class="unbroken">\g<0></span>', conditional_escape(line)))  # noqa: S308  # escaped first
