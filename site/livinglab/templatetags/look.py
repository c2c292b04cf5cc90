"""Which pictures can a template ask for?"""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from livinglab.drawing import badges, chain, marks, stepper
from livinglab.drawing import gauge as lamps

register = template.Library()

register.simple_tag(badges.state_badge)
register.simple_tag(badges.role_badge)
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
