"""Is this process alive, may it take visitors, and how much does it do? For machines that watch."""

import hmac
import logging
import resource
from collections.abc import Callable, Iterator
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from civic.devices.hearing import silent_gateways, speaking_gateways
from civic.limits.edge import from_this_machine

from .pulse import Pulse, feel_pulse

logger = logging.getLogger(__name__)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all; asks nothing of anybody."""
    return _plain("alive\n")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and the feed moves; else 503 with the sentence why not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        pulse = feel_pulse()
    except DatabaseError:
        logger.exception("The database does not answer")  # its host and port are for the log, not for strangers
        return _plain("The database does not answer.\n", 503)
    if pulse.feed_is_late:
        return _plain(f"{pulse.lag.waiting} feed items wait for a number: is `livinglab worker` running?\n", 503)
    return _plain("ready\n")


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures in Prometheus' text format, to this machine itself or whoever holds METRICS_TOKEN."""
    if not _may_read(request):
        return _plain("Metrics are for this machine or the holder of METRICS_TOKEN.\n", 403)
    answer = _plain("".join(f"{line}\n" for line in _lines(feel_pulse())))
    answer["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8"
    return answer


WATCHED: Final = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}


class WatchedMiddleware:
    """Whoever watches asks by an address that is no name of the site, and not through the proxy: answered all the same.

    No answer holds anything of the host's name, so nobody is turned away for it (`ALLOWED_HOSTS`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = WATCHED.get(request.path)
        return view(request) if view else self.get_response(request)


def _may_read(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    return from_this_machine(request.META.get("REMOTE_ADDR", ""), request.headers)


def _lines(pulse: Pulse) -> Iterator[str]:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    yield from _metric("livinglab_feed_head", "counter", "Last number given in the feed.", pulse.seq)
    yield from _metric("livinglab_feed_unnumbered", "gauge", "Committed items without a number.", pulse.lag.waiting)
    yield from _metric(
        "livinglab_feed_wait_seconds", "gauge", "Since when this process sees one item wait.", pulse.lag.seconds
    )
    yield "# HELP livinglab_consumer_lag Items a reaction is behind the head."
    yield "# TYPE livinglab_consumer_lag gauge"
    for name, behind in sorted(pulse.lag.behind.items()):
        yield f'livinglab_consumer_lag{{consumer="{name}"}} {behind}'
    yield from _metric("livinglab_set_aside", "gauge", "Items that a reaction could not handle.", pulse.set_aside)
    yield from _metric("livinglab_outbox_waiting", "gauge", "Messages not sent yet.", pulse.waiting)
    yield from _metric("livinglab_outbox_failing", "gauge", "Messages that failed at least once.", pulse.failing)
    yield "# HELP livinglab_gateway_heard_seconds Since a gateway brought anything new; its lamps are not to blame."
    yield "# TYPE livinglab_gateway_heard_seconds gauge"
    for gateway in speaking_gateways():
        quiet = (pulse.at - (gateway.heard_at or pulse.at)).total_seconds()
        yield f'livinglab_gateway_heard_seconds{{district="{gateway.district_id}"}} {quiet}'
    yield from _metric(
        "livinglab_gateways_silent", "gauge", "Gateways that bring nothing.", len(silent_gateways(pulse.at))
    )
    seconds = usage.ru_utime + usage.ru_stime
    yield from _metric("process_cpu_seconds_total", "counter", "Processor time of this process.", seconds)
    yield from _metric("process_peak_memory_bytes", "gauge", "Largest resident size so far.", usage.ru_maxrss * 1024)


def _metric(name: str, kind: str, sentence: str, value: float) -> Iterator[str]:
    yield f"# HELP {name} {sentence}"
    yield f"# TYPE {name} {kind}"
    yield f"{name} {value}"


def _plain(text: str, status: int = 200) -> HttpResponse:
    answer = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    add_never_cache_headers(answer)
    return answer
