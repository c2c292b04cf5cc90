"""Which little picture stands for what? Inner SVG by name, in a box of 20 by 20."""

from typing import Final

from django.utils.safestring import SafeString, mark_safe

ICONS: Final[dict[str, str]] = {
    "part": '<circle cx="10" cy="10" r="7.5"/><path class="solid" d="M10 10V4.5a5.5 5.5 0 1 1-5.5 5.5z"/>',
    "clock": '<path d="M3 3h14v14H3z"/><path d="M10 6v4.5l3 2"/>',
    "tick": '<circle class="solid" cx="10" cy="10" r="8.5"/><path class="cut" d="M6 10.3l2.8 2.8L14 7.6"/>',
    "cross": '<circle cx="10" cy="10" r="8"/><path d="M6.8 6.8l6.4 6.4M13.2 6.8l-6.4 6.4"/>',
    "diamond": '<path d="M10 1.8L18.2 10 10 18.2 1.8 10z"/><path d="M7 10.2l2.2 2.2 4-4.4"/>',
    "hexagon": '<path d="M10 1.8l7.1 4.1v8.2L10 18.2l-7.1-4.1V5.9z"/><circle class="solid" cx="10" cy="10" r="2.8"/>',
    "triangle": '<path class="solid" d="M10 1.5L19 18H1z"/><path class="cut" d="M10 7.5v4.6M10 14.2v1.6"/>',
    "bar": '<circle cx="10" cy="10" r="7.5"/><path d="M6 10h8"/>',
    "info": '<circle cx="10" cy="10" r="8"/><path d="M10 9v5.5M10 5.4v1.8"/>',
    "ring": '<circle cx="10" cy="10" r="7.5"/>',
    "square": '<path class="solid" d="M3 3h14v14H3z"/>',
    "lozenge": '<path class="solid" d="M10 1.5L18.5 10 10 18.5 1.5 10z"/>',
    "open_triangle": '<path d="M10 3L18 17H2z"/>',
    "dot": '<circle class="solid" cx="10" cy="10" r="6"/>',
    "open_diamond": '<path d="M10 1.8L18.2 10 10 18.2 1.8 10z"/>',
    "open_square": '<path d="M3.5 3.5h13v13h-13z"/>',
    "dashed": '<circle cx="10" cy="10" r="7.5" stroke-dasharray="3.2 2.7"/>',
    # what a resident says is wrong
    "no_light": '<circle cx="10" cy="10" r="7.5"/><path d="M4.8 15.2L15.2 4.8"/>',
    "flicker": '<path class="solid" d="M11.5 1L4 11.5h4.6L7.5 19 16 8h-5z"/>',
    "sun": '<circle cx="10" cy="10" r="4"/><path d="M10 1v2.5M10 16.5V19M1 10h2.5M16.5 10H19"/>'
    '<path d="M3.6 3.6l1.8 1.8M14.6 14.6l1.8 1.8M3.6 16.4l1.8-1.8M14.6 5.4l1.8-1.8"/>',
    "dim": '<path d="M10 2.5a7.5 7.5 0 1 0 0 15z"/><path class="solid" d="M10 2.5a7.5 7.5 0 0 1 0 15z"/>',
    "glare": '<circle class="solid" cx="10" cy="10" r="4.5"/><path d="M10 1v2.5M10 16.5V19M1 10h2.5M16.5 10H19"/>',
    "broken": '<path d="M7 18L12.5 4.5M12.5 4.5L17 7.5M3.5 18h8"/>',
    "other": '<path d="M3 4h14v10H9l-4 3.5V14H3z"/>',
}


def icon(name: str) -> SafeString:
    """A decorative picture: the words beside it say the same."""
    return mark_safe(  # noqa: S308 - constants of this file only
        f'<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">{ICONS[name]}</svg>'
    )
