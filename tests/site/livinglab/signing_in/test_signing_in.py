"""Does the environment name every provider whole, and does a half of one say what is missing?"""

import pytest
from django.core.exceptions import ImproperlyConfigured

from livinglab.settings.signing_in import sign_in_providers

TOWN = {
    "OIDC_PROVIDERS": "town",
    "OIDC_TOWN_NAME": "마을",
    "OIDC_TOWN_ISSUER": "https://id.example.kr/",
    "OIDC_TOWN_CLIENT_ID": "lab",
    "OIDC_TOWN_CLIENT_SECRET": "between-us",
}
IDENTITY = {name.replace("OIDC_TOWN", "IDENTITY"): value for name, value in TOWN.items() if "TOWN" in name}
KAKAO = {"KAKAO_CLIENT_ID": "lab", "KAKAO_CLIENT_SECRET": "between-us"}


def names(given: dict[str, str]) -> list[str]:
    found = sign_in_providers(given)
    return [app.get("provider_id", kind) for kind, told in found.items() for app in told["APPS"]]


def test_environment_without_a_word_sets_up_nobody() -> None:
    assert names({}) == []


def test_every_provider_that_is_named_whole_is_set_up() -> None:
    campus = {name.replace("TOWN", "CAMPUS"): value for name, value in TOWN.items()}
    given = KAKAO | campus | TOWN | IDENTITY | {"OIDC_PROVIDERS": "town, campus"}
    assert names(given) == ["kakao", "town", "campus", "identity"]


def test_issuer_is_where_the_provider_is_asked() -> None:
    app = sign_in_providers(TOWN)["openid_connect"]["APPS"][0]
    assert (app["settings"]["server_url"], app["settings"]["scope"]) == ("https://id.example.kr", ["openid", "email"])


@pytest.mark.parametrize("missing", [*list(TOWN)[1:], *IDENTITY, *KAKAO])
def test_half_a_provider_is_refused_by_the_name_of_what_is_missing(missing: str) -> None:
    given = {name: value for name, value in (TOWN | IDENTITY | KAKAO).items() if name != missing}
    with pytest.raises(ImproperlyConfigured, match=f"^{missing} "):
        sign_in_providers(given)


@pytest.mark.parametrize("issuer", ["http://id.example.kr", "id.example.kr", "file:///etc/passwd"])
def test_issuer_without_tls_is_refused(issuer: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="OIDC_TOWN_ISSUER"):
        sign_in_providers(TOWN | {"OIDC_TOWN_ISSUER": issuer})


@pytest.mark.parametrize("listed", ["identity", "kakao", "Town", "to/wn", "town,town"])
def test_name_that_is_none_of_its_own_is_refused(listed: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="OIDC_PROVIDERS"):
        sign_in_providers(TOWN | {"OIDC_PROVIDERS": listed})


def test_identity_provider_is_not_offered_for_signing_in_and_its_ci_is_never_read() -> None:
    app = sign_in_providers(IDENTITY | {"IDENTITY_SUBJECT": "di"})["openid_connect"]["APPS"][0]
    assert (app["settings"]["hidden"], app["settings"]["uid_field"]) == (True, "di")
    for claim in ("CI", "ci", "ci_hash", "CI_HASH", "connInfo", "connecting_info", "DI", "email", "sub "):
        with pytest.raises(ImproperlyConfigured, match="IDENTITY_SUBJECT"):
            sign_in_providers(IDENTITY | {"IDENTITY_SUBJECT": claim})
