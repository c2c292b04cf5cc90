"""Which mails did the demonstration send? They leave for nowhere and are read here."""

from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from civic.outbox.queries import newest_messages
from civic.texts import clean_line

ON_A_PAGE = 20


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Every mail with its words, newest first, `?to=` narrowed to one address. Outside the demonstration: 404."""
    if not settings.DEMO:
        raise Http404
    to = clean_line(request.GET.get("to", ""))
    page = Paginator(newest_messages(to), ON_A_PAGE).get_page(request.GET.get("page"))
    query = urlencode({"to": to}) if to else ""
    return render(request, "demo/mail.html", {"page": page, "to": to, "pager_query": query})
