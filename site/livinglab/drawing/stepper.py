"""Where am I in a task of several steps?"""

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


def stepper(now: int, *labels: str | Promise) -> SafeString:
    """Numbered steps; the ones before `now` (counted from 1) have a tick."""
    steps = format_html_join("", "{}", ((_step(number, label, now),) for number, label in enumerate(labels, start=1)))
    return format_html('<ol class="stepper">{}</ol>', steps)


def _step(number: int, label: str | Promise, now: int) -> SafeString:
    done = number < now
    return format_html(
        '<li{}><span class="step-mark" aria-hidden="true">{}</span>{}{}</li>',
        mark_safe(' class="done"' if done else ' aria-current="step"' if number == now else ""),  # noqa: S308 - constants
        "✓" if done else number,
        label,
        format_html('<span class="visually-hidden">, {}</span>', _("done")) if done else "",
    )
