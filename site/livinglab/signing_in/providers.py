"""How does a person get to a provider and back? By a page of ours, and with nothing in the luggage but an address."""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.kakao.provider import KakaoProvider
from allauth.socialaccount.providers.naver.provider import NaverProvider
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from requests import RequestException

from civic.limits.edge import insist_within
from civic.refusals import Refused
from livinglab.settings.signing_in import IDENTITY

_GARBLED = (KeyError, TypeError, ValueError, AttributeError)  # an answer in another shape than the standard's


class Careful:
    """What holds for every provider. Mixed in before allauth's own class, which does the rest."""

    @property
    def login_address(self) -> str:
        """Where the form goes that leaves for it."""
        address: str = self.get_login_url(self.request)  # type: ignore[attr-defined]  # of the class mixed in
        return address

    def redirect(self, request: HttpRequest, process: str, **told: Any) -> HttpResponse:
        """Leave by a page of ours that goes on by itself.

        `form-action 'self'` holds for the redirect after a form too, and providers redirect on to hosts nobody
        can list. A page that leads on is a navigation of its own, and the policy stays shut.
        """
        leave: Callable[..., HttpResponse] = super().redirect  # type: ignore[misc]  # of the class mixed in
        try:
            insist_within(request, "provider")  # each leaving may ask the provider, and coming back does
            answer = leave(request, process, **told)
        except Refused:
            return render(request, "429.html", status=429)
        except (RequestException, OAuth2Error, *_GARBLED) as broken:
            return render_authentication_error(request, self, exception=broken)
        if not isinstance(answer, HttpResponseRedirect):
            return answer
        return render(request, "socialaccount/leaving.html", {"provider": self, "address": answer.url})

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, Any]:
        """What the settings say; allauth would let whoever stands at the computer say otherwise in the address."""
        asked: dict[str, Any] = self.get_auth_params()  # type: ignore[attr-defined]  # of the class mixed in
        return asked

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        """Names, pictures, birthdays: what a provider tells beside the address is not kept."""
        return {}

    def sociallogin_from_response(self, request: HttpRequest, response: Any) -> SocialLogin:
        read: Callable[..., SocialLogin] = super().sociallogin_from_response  # type: ignore[misc]  # as above
        try:
            return read(request, response)
        except _GARBLED as garbled:
            raise ProviderException("an answer in no shape of the standard") from garbled


class Kakao(Careful, KakaoProvider):
    name = _("Kakao")
    package = "allauth.socialaccount.providers.kakao"

    def extract_email_addresses(self, data: Any) -> list[EmailAddress]:
        """Confirmed where Kakao calls it verified, and valid: of nobody else by now (developers.kakao.com)."""
        told = data.get("kakao_account") or {}
        sure = told.get("is_email_verified") is True and told.get("is_email_valid") is True
        return _address(told.get("email"), confirmed=sure)


class Naver(Careful, NaverProvider):
    name = _("Naver")
    package = "allauth.socialaccount.providers.naver"

    def extract_email_addresses(self, data: Any) -> list[EmailAddress]:
        """Naver says nothing of who confirmed it, so that a code of ours has to."""
        return _address(data.get("email"), confirmed=False)


class AnyOpenIDConnect(Careful, OpenIDConnectProvider):
    package = "allauth.socialaccount.providers.openid_connect"

    def sociallogin_from_response(self, request: HttpRequest, response: Any) -> SocialLogin:
        """Both answers of the provider must speak of one person (OpenID Connect Core 5.3.2)."""
        told = [answer.get("sub") for answer in response.values() if isinstance(answer, dict)]
        if len(set(told)) != 1:
            raise ProviderException("the two answers name two people")
        return super().sociallogin_from_response(request, response)

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        """Of the identity provider the claims are read once, in memory, and never saved."""
        return dict(data) if self.app.provider_id == IDENTITY else super().extract_extra_data(data)


def _address(told: str | None, *, confirmed: bool) -> list[EmailAddress]:
    return [EmailAddress(email=told, verified=confirmed, primary=True)] if told else []
