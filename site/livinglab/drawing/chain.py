"""How does the wire with its eight lamps look? Full under the header, small in lists."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.chain.line import Line, Place

_STEM = '<path class="lamp-line" d="M16 0V24"/>'
_HOLLOW_STEM = '<path class="lamp-hollow" d="M16 0V24"/>'
_SHADE = '<path class="lamp-solid" d="M4 38C4 28.5 9 23.5 16 23.5S28 28.5 28 38Z"/>'
_LIT_SHADE = '<path class="lamp-solid" d="M2 38.5C2 28.5 7.5 23 16 23S30 28.5 30 38.5Z"/>'
_LAMPS = {
    "lit": _STEM + '<path class="lamp-bulb" d="M7.2 38.5a8.8 8.4 0 0 0 17.6 0Z"/>' + _LIT_SHADE,
    "done": _STEM
    + _SHADE
    + '<path class="lamp-tick" d="M11.4 31.6l3.3 3.3 5.9-6"/><path class="lamp-solid" d="M11 39.5a5 4.5 0 0 0 10 0Z"/>',
    "to_come": _HOLLOW_STEM
    + '<path class="lamp-hollow" d="M3.8 38.2C3.8 28.7 8.6 23.8 16 23.8S28.2 28.7 28.2 38.2Z"/>',
}
_NAMES = {
    "object": gettext_lazy("Where this stands on the way to policy"),
    "index": gettext_lazy("The way from worry to policy"),
}
_LAMPS["skipped"] = _LAMPS["to_come"]
_UNHEARD = 'aria-hidden="true" focusable="false"'
_LAMP_BOX = f'viewBox="0 0 32 48" width="32" height="48" {_UNHEARD}'


def chain_line(line: Line, name: str = "") -> SafeString:
    """The whole wire: every place a link where it leads somewhere, the lit one `aria-current="step"`.

    `name` is what the landmark is called where a page has more than one.
    """
    reach = _reach(line)
    places = format_html_join("", "{}", ((_place(place, line, reach),) for place in line.places))
    return format_html(
        '<nav class="chain chain-{}" aria-label="{}"><ol class="chain-places">{}</ol>{}</nav>',
        line.kind,
        name or _NAMES[line.kind],
        places,
        _now(line),
    )


def small_chain(line: Line) -> SafeString:
    """206 by 37, without labels: for lists, with a text beside it."""
    lit, reach = line.lit, _reach(line)
    if lit:
        label = _("Place %(number)s of 8: %(label)s") % {"number": lit.number, "label": lit.label}
    else:
        label = _("The way from worry to policy")
    drawn = "".join(_small_wire(place.number, reach) for place in line.places[1:])
    drawn += "".join(_small_lamp(place) for place in line.places)
    return format_html(
        '<svg class="small-chain" viewBox="0 0 206 37" width="206" height="37" role="img" aria-label="{}">{}</svg>',
        label,
        mark_safe(drawn),  # noqa: S308 - numbers and constants only
    )


def hollow_lamp() -> SafeString:
    """The picture of an empty state."""
    return mark_safe(f"<svg {_LAMP_BOX}>{_LAMPS['to_come']}</svg>")  # noqa: S308 - constants only


def _reach(line: Line) -> int:
    """How far the wire is black: to the last place that is done or lit; on an index page everywhere."""
    if line.kind == "index":
        return len(line.places) + 1
    return max((place.number for place in line.places if place.status in ("done", "lit")), default=0)


def _place(place: Place, line: Line, reach: int) -> SafeString:
    inner = format_html(
        '{}{}{}<span class="place-label">{}</span>{}{}',
        _wire(place.number, reach),
        mark_safe('<span class="cone"></span>' if place.status == "lit" else ""),  # noqa: S308 - a constant
        _lamp(place.status),
        place.label,
        format_html('<span class="place-fact">{}</span>', _fact(place)) if _fact(place) else "",
        _spoken(place, line),
    )
    current = mark_safe(' aria-current="step"') if place.status == "lit" else ""
    if place.href:
        return format_html('<li class="place {}"><a href="{}"{}>{}</a></li>', place.status, place.href, current, inner)
    return format_html('<li class="place {}"><div{}>{}</div></li>', place.status, current, inner)


def _fact(place: Place) -> str:
    if place.status != "skipped":
        return place.fact
    skipped = _("skipped")
    return f"{skipped} · {place.fact}" if place.fact else skipped


def _spoken(place: Place, line: Line) -> SafeString:
    """What the drawing says, for those who hear the page."""
    words = {"done": _("done"), "lit": _("current place"), "to_come": _("to come"), "skipped": ""}
    word = words[place.status] if line.kind == "object" or place.status == "lit" else ""
    return format_html('<span class="visually-hidden">, {}</span>', word) if word else mark_safe("")


def _wire(number: int, reach: int) -> SafeString:
    """Half an arc to the left of the hanger, half to the right; the middle of an arc hangs lowest."""
    left, right = ("" if number <= reach else ' class="off"', "" if number < reach else ' class="off"')
    return mark_safe(  # noqa: S308 - constants only
        f'<svg class="wire" viewBox="0 0 142 24" width="142" height="24" preserveAspectRatio="none" {_UNHEARD}>'
        f'<path{left} d="M0 10Q35.5 10 71 2"/><path{right} d="M71 2Q106.5 10 142 10"/></svg>'
    )


def _lamp(status: str) -> SafeString:
    return mark_safe(f'<svg class="lamp" {_LAMP_BOX}>{_LAMPS[status]}</svg>')  # noqa: S308 - constants only


def _now(line: Line) -> SafeString:
    """Under the wire on a phone, where labels have no room: this place, and the ones beside it."""
    lit = line.lit
    if lit is None:
        return mark_safe("")
    beside: Iterable[tuple[str, Place | None]] = ((_("back to"), line.before), (_("on to"), line.after))
    links = format_html_join(
        " · ", '<a href="{}">{} {}</a>', ((place.href, word, place.label) for word, place in beside if place)
    )
    return format_html(
        '<div class="chain-now"><p><strong>{} {}</strong> <span class="fact">{}</span></p><p>{}</p></div>',
        lit.number,
        lit.label,
        _fact(lit),
        links,
    )


def _small_wire(number: int, reach: int) -> str:
    """The arc that ends at lamp `number`."""
    end, start = _x(number), _x(number - 1)
    name = "on" if number <= reach else "off"
    return f'<path class="{name}" d="M{start} 3.5Q{(start + end) / 2:g} 10 {end} 3.5"/>'


def _small_lamp(place: Place) -> str:
    x = _x(place.number)
    if place.status == "lit":
        return (
            f'<path class="light" d="M{x - 5.5:g} 15h11l4 17h-19z"/>'
            f'<path class="bulb" d="M{x - 4.5:g} 15a4.5 6 0 0 0 9 0z"/>'
            f'<path class="shade" d="M{x - 7:g} 15C{x - 7:g} 8 {x - 4:g} 3 {x} 3S{x + 7:g} 8 {x + 7:g} 15z"/>'
        )
    name = "shade" if place.status == "done" else "hollow"
    return f'<path class="{name}" d="M{x - 6:g} 14C{x - 6:g} 8 {x - 4:g} 4 {x} 4S{x + 6:g} 8 {x + 6:g} 14z"/>'


def _x(number: int) -> int:
    return 8 + 27 * (number - 1)
