"""Whose key is this? One query, by the key's digest."""

from hashlib import sha256

from civic.clocks.now import database_clock

from .models import ApiToken, Person


def digest(raw: str) -> str:
    """SHA-256 of a key, hexadecimal. Keys have 256 random bits, so that no slow hash is needed."""
    return sha256(raw.encode()).hexdigest()


def token_for(raw: str) -> ApiToken | None:
    """The key with `now`, the database's time; None where it is unknown, revoked or the account closed."""
    works = ApiToken.objects.filter(digest=digest(raw), revoked_at__isnull=True, person__is_active=True)
    return works.select_related("person").annotate(now=database_clock()).first()


def person_for_token(raw: str) -> Person | None:
    """The person for whom a program with this key acts, if any."""
    token = token_for(raw)
    return token.person if token else None
