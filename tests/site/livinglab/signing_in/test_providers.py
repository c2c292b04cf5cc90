"""Do we read what Kakao and Naver tell as they document it, believe of it what they vouch for, and keep a number?

Their answers are those of developers.kakao.com and developers.naver.com; the sign-in itself needs a contract.
"""

from typing import Any

import pytest
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import ProviderException
from django.test import RequestFactory

from livinglab.settings.signing_in import sign_in_providers

pytestmark = pytest.mark.django_db
KNOWN = ("KAKAO_CLIENT_ID", "KAKAO_CLIENT_SECRET", "NAVER_CLIENT_ID", "NAVER_CLIENT_SECRET")
KAKAO_ACCOUNT = {
    "profile_needs_agreement": False,
    "profile": {"nickname": "홍길동", "thumbnail_image_url": "http://kakao.example/110.jpg"},
    "has_email": True,
    "email_needs_agreement": False,
    "is_email_valid": True,
    "is_email_verified": True,
    "email": "sample@sample.com",
    "birthyear": "2002",
}
NAVER = {
    "email": "openapi@naver.com",
    "nickname": "OpenAPI",
    "profile_image": "https://naver.example/face.png",
    "age": "40-49",
    "id": "32742776",
    "name": "오픈 API",
    "birthday": "10-01",
}


@pytest.fixture(autouse=True)
def _set_up(settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = sign_in_providers(dict.fromkeys(KNOWN, "between-us"))


def read(kind: str, answer: Any) -> SocialLogin:
    request = RequestFactory().get("/")
    return get_adapter(request).get_provider(request, kind).sociallogin_from_response(request, answer)


def kakao(**changed: Any) -> SocialLogin:
    told = {name: value for name, value in (KAKAO_ACCOUNT | changed).items() if value is not None}
    return read("kakao", {"id": 123456789, "connected_at": "2026-04-11T01:45:28Z", "kakao_account": told})


def addresses(login: SocialLogin) -> list[tuple[str, bool]]:
    return [(address.email, address.verified) for address in login.email_addresses]


def test_kakao_tells_a_number_and_an_address_that_it_vouches_for() -> None:
    login = kakao()
    assert (login.account.uid, login.account.extra_data) == ("123456789", {})
    assert addresses(login) == [("sample@sample.com", True)]


@pytest.mark.parametrize(
    "doubt", [{"is_email_valid": False}, {"is_email_verified": False}, {"is_email_verified": None}]
)
def test_address_that_kakao_does_not_vouch_for_is_not_taken_as_confirmed(doubt: dict[str, Any]) -> None:
    assert addresses(kakao(**doubt)) == [("sample@sample.com", False)]


def test_person_who_lets_kakao_tell_no_address_comes_without_one() -> None:
    assert addresses(kakao(email=None)) == []
    assert addresses(read("kakao", {"id": 123456789})) == []


def test_naver_tells_a_number_and_an_address_that_a_code_has_to_confirm() -> None:
    login = read("naver", NAVER)
    assert (login.account.uid, login.account.extra_data) == ("32742776", {})
    assert addresses(login) == [("openapi@naver.com", False)]


@pytest.mark.parametrize("kind", ["kakao", "naver"])
@pytest.mark.parametrize("answer", [{}, {"resultcode": "024"}, [], None, "<html>"])
def test_answer_in_no_known_shape_is_refused_and_breaks_nothing(kind: str, answer: Any) -> None:
    with pytest.raises(ProviderException):
        read(kind, answer)
