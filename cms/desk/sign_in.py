"""How does one come to the desk? Through the same door as everybody: Wagtail's own sign-in form is not used."""

from urllib.parse import urlencode

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache


@never_cache
def desk_login(request: HttpRequest) -> HttpResponse:
    """Strangers to the sign-in page and back, the staff to the desk, others to a page that says why not (403)."""
    wanted = request.GET.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    if not own or not wanted.startswith("/"):  # a bare word would be taken for the name of an address
        wanted = reverse("wagtailadmin_home")
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")
    if request.user.has_perm("wagtailadmin.access_admin"):
        return redirect(wanted)
    list(get_messages(request))  # Wagtail's own sentence is used up: the page says it better
    return render(request, "cms/desk/refused.html", {"messages": ()}, status=403)
