"""Which districts and dongs are there, and where do they lie?"""

from functools import cache

from .models import Boundary, District, Dong
from .polygons import Area, area, which


def districts() -> list[District]:
    """All districts of this installation."""
    return list(District.objects.all())


def district_codes() -> frozenset[str]:
    """The codes of all districts. Kept by each process, an empty table excepted: they come with a deployment."""
    return frozenset(dong.district_id for dong in all_dongs())


def all_dongs() -> tuple[Dong, ...]:
    """Every dong with its district, in the order of codes."""
    return tuple(known_dongs().values())


def known_dongs() -> dict[str, Dong]:
    """Every dong by its code. Kept by each process, an empty table excepted: names change by a deployment."""
    try:
        return _known_dongs()
    except LookupError:
        return {}


@cache
def _known_dongs() -> dict[str, Dong]:
    found = {dong.code: dong for dong in Dong.objects.select_related("district")}
    if not found:
        raise LookupError("no dongs")
    return found


def known_districts() -> list[District]:
    """The districts of all known dongs, in the order of codes, by what the process keeps: no query."""
    return list(dict.fromkeys(dong.district for dong in all_dongs()))


def find_dong(code: str) -> Dong | None:
    """The dong with this 10-digit code, with its district; None for anything else."""
    if not (code.isascii() and code.isdigit()):
        return None
    return Dong.objects.select_related("district").filter(code=code).first()


def areas(district: str = "") -> list[Area]:
    """The outlines of all dongs, or of one district's, for many look-ups with `polygons.which`."""
    rows = Boundary.objects.filter(**({"dong__district": district} if district else {}))
    return [area(code, geometry) for code, geometry in rows.order_by("dong").values_list("dong", "geometry")]


def dong_at(lon: float, lat: float) -> Dong | None:
    """The dong that holds a point in WGS84 degrees; None outside the districts of this installation."""
    near = Boundary.objects.filter(west__lte=lon, east__gte=lon, south__lte=lat, north__gte=lat).order_by("dong")
    code = which((area(pk, geometry) for pk, geometry in near.values_list("dong", "geometry")), lon, lat)
    return find_dong(code) if code else None
