"""How does somebody show once more who it is who has a mailbox alone? By a code that is mailed now, and typed."""

import time
from typing import Any, Final

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import BaseReauthenticateView
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from civic.limits.edge import address_of, home_of

from .account_forms import CodeAgainForm

_SENT: Final = "code_again"  # in the session: the code, when it was mailed, and how many wrong ones were typed
_TRIES: Final = 3


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class CodeAgain(LoginRequiredMixin, BaseReauthenticateView):
    """A button that mails the code, then the field for it; three wrong ones, and a new one is needed."""

    form_class = CodeAgainForm
    template_name = "account/code_again.html"
    http_method_names = ("get", "head", "post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("action") == "send":
            self._send()
            return redirect(self.passthrough_next_url(request.path))
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"code": self._sent().get("code", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"sent": bool(self._sent()), "email": self.request.user.email}
        return super().get_context_data(**kwargs) | more

    def form_valid(self, form: Any) -> HttpResponse:
        self.request.session.pop(_SENT, None)
        record_authentication(self.request, self.request.user, method="code", reauthenticated=True)
        answer: HttpResponse = super().form_valid(form)
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        if sent := self._sent():
            self.request.session[_SENT] = sent | {"tries": sent["tries"] + 1}
        answer: HttpResponse = super().form_invalid(form)
        return answer

    def _sent(self) -> dict[str, Any]:
        """The code that counts still; empty where none was mailed, it is too old, or it was missed too often."""
        sent: dict[str, Any] = self.request.session.get(_SENT, {})
        if not sent or sent["tries"] >= _TRIES or time.time() - sent["at"] > app_settings.LOGIN_BY_CODE_TIMEOUT:
            return {}
        return sent

    def _send(self) -> None:
        """Counted as sign-in codes are: nobody's mailbox is filled through us."""
        to = self.request.user.email
        key = f"{to} {home_of(address_of(self.request))}".lower()
        if not ratelimit.consume(self.request, action="request_login_code_from", key=key):
            messages.error(self.request, _("Too many attempts. Please wait a moment."))
            return
        code = get_adapter().generate_login_code()
        self.request.session[_SENT] = {"code": code, "at": time.time(), "tries": 0}
        get_adapter().send_mail("account/email/code_again", to, {"request": self.request, "code": code})


code_again = CodeAgain.as_view()
