"""Whose key is this? One query, by the key's digest."""

from hashlib import sha256

from .models import ApiToken, Person


def digest(raw: str) -> str:
    """SHA-256 of a key, hexadecimal. Keys have 256 random bits, so that no slow hash is needed."""
    return sha256(raw.encode()).hexdigest()


def person_for_token(raw: str) -> Person | None:
    """The person for whom a program with this key acts; None where it is unknown, revoked or the account closed."""
    token = (
        ApiToken.objects.select_related("person")
        .filter(digest=digest(raw), revoked_at__isnull=True, person__is_active=True)
        .first()
    )
    return token.person if token else None
