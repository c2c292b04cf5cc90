"""Which districts and dongs are there?"""

from functools import lru_cache
from time import monotonic

from .models import District, Dong


def districts() -> list[District]:
    """All districts of this installation."""
    return list(District.objects.all())


def all_dongs() -> tuple[Dong, ...]:
    """Every dong with its district, in the order of codes."""
    return tuple(known_dongs().values())


def known_dongs() -> dict[str, Dong]:
    """Every dong by its code. Kept for a minute in each process: names of places change by a deployment."""
    return _dongs_in(int(monotonic() // 60))


@lru_cache(maxsize=1)
def _dongs_in(_minute: int) -> dict[str, Dong]:
    return {dong.code: dong for dong in Dong.objects.select_related("district")}


def find_dong(code: str) -> Dong | None:
    """The dong with this 10-digit code, with its district; None for anything else."""
    if not (code.isascii() and code.isdigit()):
        return None
    return Dong.objects.select_related("district").filter(code=code).first()
