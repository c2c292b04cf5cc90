"""With which accounts of others may one sign in? What the environment names, or a sentence on what it left out; pure.

KAKAO_CLIENT_ID, KAKAO_CLIENT_SECRET
NAVER_CLIENT_ID, NAVER_CLIENT_SECRET
OIDC_PROVIDERS=town,campus     any number of OpenID Connect providers; of each:
    OIDC_TOWN_NAME, OIDC_TOWN_ISSUER, OIDC_TOWN_CLIENT_ID, OIDC_TOWN_CLIENT_SECRET
IDENTITY_NAME, IDENTITY_ISSUER, IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET
    who says who somebody is (간편인증, in the shape of OpenID Connect); nobody signs in with it
IDENTITY_SUBJECT               the claim that names a person there: `sub`, or `di`; never the CI, under no name
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

IDENTITY: Final = "identity"  # the id under which the identity provider stands beside the others
HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
SUBJECTS: Final = frozenset({"sub", "di"})
_ID: Final = re.compile(r"[a-z][a-z0-9]{0,19}")
_TAKEN: Final = frozenset({IDENTITY, "kakao", "naver"})

Environment = Mapping[str, str]
App = dict[str, Any]


def sign_in_providers(given: Environment) -> dict[str, dict[str, Any]]:
    """SOCIALACCOUNT_PROVIDERS. Raises ImproperlyConfigured by the name of what is missing or does not do.

    Asked for is the least: a number that stands for the account, and its address.
    """
    return {
        "kakao": {
            "provider_class": "livinglab.signing_in.providers.Kakao",
            "SCOPE": ["account_email"],
            "APPS": list(_korean(given, "KAKAO")),
        },
        "naver": {"provider_class": "livinglab.signing_in.providers.Naver", "APPS": list(_korean(given, "NAVER"))},
        "openid_connect": {
            "provider_class": "livinglab.signing_in.providers.AnyOpenIDConnect",
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [*_named(given), *_identity(given)],
        },
    }


def _korean(given: Environment, prefix: str) -> Iterator[App]:
    if any(given.get(f"{prefix}_CLIENT_{part}") for part in ("ID", "SECRET")):
        yield _client(given, prefix)


def _named(given: Environment) -> Iterator[App]:
    known = [word.strip() for word in given.get("OIDC_PROVIDERS", "").split(",") if word.strip()]
    for name in known:
        if not _ID.fullmatch(name) or name in _TAKEN or known.count(name) > 1:
            raise ImproperlyConfigured(f"OIDC_PROVIDERS: {name} is no name of its own in small letters and digits.")
        yield _openid_connect(given, f"OIDC_{name.upper()}", name, {"scope": ["openid", "email"]})


def _identity(given: Environment) -> Iterator[App]:
    """Hidden: it is not offered for signing in."""
    if not any(given.get(f"IDENTITY_{part}") for part in ("NAME", "ISSUER", "CLIENT_ID", "CLIENT_SECRET")):
        return
    subject = given.get("IDENTITY_SUBJECT") or "sub"
    if subject not in SUBJECTS:
        raise ImproperlyConfigured("IDENTITY_SUBJECT is sub or di: a CI, whatever it is called, is not ours to handle.")
    # Asked anew each time: at a shared computer the one before may still be signed in there.
    asked = {"scope": ["openid", "profile"], "hidden": True, "uid_field": subject, "auth_params": {"prompt": "login"}}
    yield _openid_connect(given, "IDENTITY", IDENTITY, asked)


def _openid_connect(given: Environment, prefix: str, name: str, asked: dict[str, Any]) -> App:
    issuer = _needed(given, f"{prefix}_ISSUER").rstrip("/")
    address = urlsplit(issuer)
    if address.scheme != "https" and (address.scheme != "http" or address.hostname not in HERE):
        raise ImproperlyConfigured(f"{prefix}_ISSUER must begin with https://: what it says is believed.")
    told = {"name": _needed(given, f"{prefix}_NAME"), "provider_id": name}
    return {**_client(given, prefix), **told, "settings": {"server_url": issuer, **asked}}


def _client(given: Environment, prefix: str) -> App:
    return {
        "client_id": _needed(given, f"{prefix}_CLIENT_ID"),
        "secret": _needed(given, f"{prefix}_CLIENT_SECRET"),
        "settings": {},
    }


def _needed(given: Environment, name: str) -> str:
    value = given.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: this way to sign in needs it.")
    return value
