"""Which pictures, and which words of a form, can a template ask for?"""

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from civic.texts import in_korean, with_unit
from livinglab.context import TEXT_SIZES, MenuItem, menu
from livinglab.drawing import badges, chain, chart, lamp_badges, lamp_map, marks, stepper, unbroken
from livinglab.drawing import gauge as lamps
from livinglab.form_words import not_sent

register = template.Library()

register.simple_tag(badges.state_badge)
register.simple_tag(badges.role_badge)
register.simple_tag(badges.stage_badge)
register.simple_tag(chart.kpi_chart)
register.simple_tag(chart.kpi_line)
register.simple_tag(chart.kpi_bars)
register.simple_tag(lamp_badges.lamp_badge)
register.simple_tag(lamp_badges.fault_badge)
register.simple_tag(lamp_badges.trouble_icon)
register.simple_tag(lamp_map.lamp_map)
register.simple_tag(lamps.gauge)
register.simple_tag(chain.hollow_lamp)
register.simple_tag(marks.icon)
register.simple_tag(stepper.stepper)
register.filter(not_sent)
register.filter(in_korean)
register.filter(with_unit)
register.filter(unbroken.unbroken)


@register.filter
def office(signed: str, titles: Mapping[str, str]) -> str:
    """A department as it stands in a signature, by its name in the language of the page where it has one."""
    return titles.get(signed) or in_korean(signed)


@register.simple_tag
def chain_line(line: Hashable, name: str = "") -> SafeString | str:
    """The wire under the header; nothing where a page has no place in the chain."""
    return _wire(line, name, get_language() or "") if line else ""


@lru_cache(maxsize=2_000)  # lines; some 5 kB each
def _wire(line: Any, name: str, _language: str) -> SafeString:
    return chain.chain_line(line, name)


@register.simple_tag
def small_chain(line: Any) -> SafeString | str:
    """The wire in a list."""
    return chain.small_chain(line) if line else ""


@register.simple_tag
def main_menu(at: str) -> list[MenuItem]:
    """The words of the menu; `at` is the one that the page belongs to."""
    return menu(at)


@register.simple_tag
def text_sizes() -> tuple[tuple[int, str | Promise], ...]:
    """The sizes of text that a reader can choose."""
    return TEXT_SIZES


@register.simple_tag
def same(name: str, **given: Hashable) -> str:
    """A part of the frame that reads the same for everybody who is given the same: made once a process."""
    return _markup(name, get_language() or "", tuple(given.items()))


@lru_cache(maxsize=500)  # parts of the frame, some 3 kB each; the live bar has another every minute
def _markup(name: str, _language: str, given: tuple[tuple[str, Hashable], ...]) -> str:
    return get_template(name).render(dict(given))


@register.simple_tag(takes_context=True)
def drawn(context: template.Context, name: str) -> SafeString:
    """A part of the page to be printed more than once: drawn here, printed where its variable stands."""
    engine = context.template.engine  # type: ignore[union-attr]  # a tag is only asked while a template renders
    drawing: SafeString = engine.get_template(name).render(context)
    return drawing


@register.simple_tag
def proposal_row(row: Hashable) -> str:
    """One proposal in a list. The same row reads the same for everybody, so its markup is made once a process."""
    return _row_markup(row, get_language() or "")


@lru_cache(maxsize=2_000)  # rows; some 4 kB each
def _row_markup(row: Hashable, _language: str) -> str:
    return get_template("components/proposal_row.html").render({"row": row})
