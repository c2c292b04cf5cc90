"""From where does an open page go on? From the number that stood before its first query."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from .numbering import head

View = Callable[..., HttpResponse]


def goes_on_live(view: View) -> View:
    """Read the feed's head before the view reads anything: what happens meanwhile is sent to the page again."""

    @wraps(view)
    def reading_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.feed_head = head()  # type: ignore[attr-defined]  # read by the shell
        return view(request, *args, **kwargs)

    return reading_first
