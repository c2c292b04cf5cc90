"""Which pictures can a template ask for?"""

from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from livinglab.drawing import badges, chain, lamp_badges, lamp_map, marks, stepper
from livinglab.drawing import gauge as lamps

register = template.Library()

register.simple_tag(badges.state_badge)
register.simple_tag(badges.role_badge)
register.simple_tag(lamp_badges.lamp_badge)
register.simple_tag(lamp_badges.fault_badge)
register.simple_tag(lamp_map.lamp_map)
register.simple_tag(lamps.gauge)
register.simple_tag(chain.hollow_lamp)
register.simple_tag(marks.icon)
register.simple_tag(stepper.stepper)


@register.simple_tag
def chain_line(line: Any, name: str = "") -> SafeString | str:
    """The wire under the header; nothing where a page has no place in the chain."""
    return chain.chain_line(line, name) if line else ""


@register.simple_tag
def small_chain(line: Any) -> SafeString | str:
    """The wire in a list."""
    return chain.small_chain(line) if line else ""


@register.simple_tag
def proposal_row(row: Hashable) -> str:
    """One proposal in a list. The same row reads the same for everybody, so its markup is made once a process."""
    return _row_markup(row, get_language() or "")


@lru_cache(maxsize=2_000)  # rows; some 4 kB each
def _row_markup(row: Hashable, _language: str) -> str:
    return get_template("components/proposal_row.html").render({"row": row})
