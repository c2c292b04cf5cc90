"""What of an error may be kept or logged? What happened and where; no secret, no key out of an address, no mail."""

import os
import re
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

MASK: Final = "***"
SHORTEST: Final = 8  # characters; what is shorter would be masked in half of all words
_SECRET_NAMES = re.compile(r"SECRET|PASSWORD|TOKEN|(?:^|_)KEY$|PRIVATE", re.I)
_ADDRESSES_WITH_PASSWORDS = ("DATABASE_URL", "REDIS_URL", "MQTT_URL")
_NAMED = re.compile(  # name=value, "name": "value", name: value, 'name': ['value']
    r"""(?ix) ( \b (?: password\d? | passwd | oldpassword | secret | token | csrfmiddlewaretoken | sessionid | csrftoken
        | code_verifier | client_secret | access_token | refresh_token | id_token | api_?key )
        ['"]? \s* [=:] \s* \[? ['"]? ) [^\s'"&,;)}\]]+ """
)
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}")
_KEY = re.compile(r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{24,}(?![\w-])")  # keys in addresses
_MAIL = re.compile(r"\b([\w.+-])[\w.+-]*@([\w-]+(?:\.[\w-]+)+)")
_PHONE = re.compile(r"\b01[016789][-. ]?\d{3,4}[-. ]?\d{4}\b")
_ROW = re.compile(r"(Key|Failing row contains) ?(\([^)]*\)=)?\(.*\)")  # PostgreSQL quotes the row it refused


def masked(line: str) -> str:
    """The same line without what must not be kept."""
    for secret in _secrets():
        line = line.replace(secret, MASK)
    line = _NAMED.sub(rf"\1{MASK}", _BEARER.sub(rf"\1 {MASK}", line))
    line = _ROW.sub(rf"\1 \2({MASK})", line)
    return _PHONE.sub(MASK, _MAIL.sub(rf"\1{MASK}@\2", _KEY.sub(MASK, line)))


@cache
def _secrets() -> tuple[str, ...]:
    """The values of this installation's secrets, the longest first: one may hold another."""
    named = [value for name, value in os.environ.items() if _SECRET_NAMES.search(name)]
    named += [part.strip() for value in named for part in value.split(",")]  # earlier keys stand side by side
    inside = [urlsplit(os.environ.get(name, "")).password or "" for name in _ADDRESSES_WITH_PASSWORDS]
    ours = [settings.SECRET_KEY, settings.EMAIL_HOST_PASSWORD, settings.METRICS_TOKEN]
    ours += [database.get("PASSWORD") or "" for database in settings.DATABASES.values()]
    found = {value for value in (*named, *inside, *ours) if len(value) >= SHORTEST}
    return tuple(sorted(found, key=len, reverse=True))
