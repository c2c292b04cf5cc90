"""How often was a password hashed? What a stranger could time, counted instead."""

from django.contrib.auth.hashers import MD5PasswordHasher


class Counting(MD5PasswordHasher):
    """As quick as the tests' own."""

    times = 0

    def encode(self, password: str, salt: str) -> str:
        Counting.times += 1
        return super().encode(password, salt)
