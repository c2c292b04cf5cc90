"""Which districts and dongs are there?"""

from .models import District, Dong


def districts() -> list[District]:
    """All districts of this installation."""
    return list(District.objects.all())


def find_dong(code: str) -> Dong | None:
    """The dong with this 10-digit code, with its district; None for anything else."""
    if not (code.isascii() and code.isdigit()):
        return None
    return Dong.objects.select_related("district").filter(code=code).first()
