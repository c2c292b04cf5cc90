"""How do n of thirty lamps look? The same drawing as frontend/src/gauge.ts."""

from math import ceil

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

A_ROW = 15
PITCH = 20
RADIUS = 7
EDGE = 1
MOST_LAMPS = 90  # above it: numeral and bar
MOST_NEEDED = 60  # a threshold above it: numeral and bar


def gauge(supports: int, needed: int) -> SafeString:
    """A picture with its sentence; the client redraws it when `data-supports` changes."""
    sentence = _("{n} of {needed} supporters")
    rule = _("threshold %(needed)s") % {"needed": needed}
    return format_html(
        '<live-gauge role="img" aria-label="{}" data-needed="{}" data-supports="{}"'
        ' data-label="{}" data-rule="{}">{}</live-gauge>',
        sentence.replace("{n}", str(supports)).replace("{needed}", str(needed)),
        needed,
        supports,
        sentence,
        rule,
        _picture(supports, needed, rule),
    )


def _picture(supports: int, needed: int, rule: str) -> SafeString:
    if supports > MOST_LAMPS or needed > MOST_NEEDED:
        return format_html('<span class="gauge-number">{} / {}</span>{}', supports, needed, _bar(supports, needed))
    below = lamps(min(supports, needed), needed)
    if supports <= needed:
        return below
    beyond = lamps(supports - needed, supports - needed)
    return format_html('{}<span class="gauge-rule">{}</span>{}', below, rule, beyond)


def lamps(lit: int, every: int) -> SafeString:
    """Rows of fifteen: `lit` of them amber with a dark edge, the rest hollow."""
    width = (A_ROW - 1) * PITCH + 2 * (RADIUS + EDGE)
    height = (ceil(every / A_ROW) - 1) * PITCH + 2 * (RADIUS + EDGE)
    circles = "".join(_lamp(place, lit=place < lit) for place in range(every))
    return mark_safe(  # noqa: S308 - numbers only
        f'<svg class="gauge" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true">'
        f"{circles}</svg>"
    )


def _lamp(place: int, *, lit: bool) -> str:
    row, column = divmod(place, A_ROW)
    x, y = (RADIUS + EDGE + step * PITCH for step in (column, row))
    return f'<circle class="{"lit" if lit else "unlit"}" cx="{x}" cy="{y}" r="{RADIUS}"/>'


def _bar(supports: int, needed: int) -> SafeString:
    share = round(298 * min(1, supports / needed))
    return mark_safe(  # noqa: S308 - numbers only
        '<svg class="gauge-bar" viewBox="0 0 300 14" width="300" height="14" preserveAspectRatio="none"'
        ' aria-hidden="true">'
        '<rect class="unlit" x="1" y="1" width="298" height="12"/>'
        f'<rect class="lit" x="1" y="1" width="{share}" height="12"/></svg>'
    )
