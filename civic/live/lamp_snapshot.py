"""What does a map need to draw every lamp? Positional arrays, written once for each state of the street.

`{"epoch", "cursor", "district", "clock", "version", "conditions": [key], "dongs": [code], "prefix", "origin": [lon,
lat], "unit": degrees, "tags": [tag less prefix], "x": [...], "y": [...], "dong": [[index, run]], "state": "base-36
digits", "known": {place: condition by an open fault}, "count": {place: lamps, where not 1}, "cabinets": [[tag, dong,
lon, lat, condition, 1 while its lamps are dark with it]], "parents": {place: cabinet}}`

`x` and `y` are steps from the lamp before, in units, for the lamps that have a point; those without one come after
them. Places count from 0 in the order of `tags`, which is that of the map's cells.
"""

import gzip
import json
from itertools import groupby
from typing import Any

from civic.devices.words import CONDITIONS

from .street import Street

UNIT = 1e-5  # degrees: a metre
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_KEYS = list(CONDITIONS)


def plain(street: Street) -> bytes:
    """The snapshot as JSON."""
    if "plain" not in street.kept:
        written = json.dumps(lamp_snapshot(street), ensure_ascii=False, separators=(",", ":"))
        street.kept["plain"] = written.encode()
    return street.kept["plain"]


def zipped(street: Street) -> bytes:
    """The same, compressed."""
    if "gzip" not in street.kept:
        street.kept["gzip"] = gzip.compress(plain(street), 6, mtime=0)
    return street.kept["gzip"]


def lamp_snapshot(street: Street) -> dict[str, Any]:
    """Its shape is told above."""
    lamps, dongs = street.lamps.lamps, sorted(street.by_dong)
    cabinets = {cabinet.pk: number for number, cabinet in enumerate(street.lamps.cabinets)}
    prefix = f"{street.district}-"
    return {
        "epoch": street.epoch,
        "cursor": street.cursor,
        "district": street.district,
        "clock": street.clock.isoformat() if street.clock else None,
        "version": street.lamps.version,
        "conditions": _KEYS,
        "dongs": dongs,
        "prefix": prefix,
        **_points(street),
        "tags": [lamp.tag.removeprefix(prefix) for lamp in lamps],
        "dong": [[dongs.index(code), len(list(run))] for code, run in groupby(lamp.dong for lamp in lamps)],
        "state": "".join(_DIGITS[_KEYS.index(how)] for how in street.conditions),
        "known": street.known,
        "count": {place: lamp.count for place, lamp in enumerate(lamps) if lamp.count != 1},
        "cabinets": [
            [cabinet.tag.removeprefix(prefix), cabinet.dong, cabinet.lon, cabinet.lat, how, int(lost)]
            for cabinet, how, lost in zip(street.lamps.cabinets, street.cabinets, street.lost, strict=True)
        ],
        "parents": {place: cabinets[lamp.parent] for place, lamp in enumerate(lamps) if lamp.parent in cabinets},
    }


def _points(street: Street) -> dict[str, Any]:
    placed = street.lamps.lamps[: len(street.lamps.curve)]
    origin = [min((getattr(lamp, axis) for lamp in placed), default=0.0) for axis in ("lon", "lat")]
    steps = {}
    for name, axis, start in (("x", "lon", origin[0]), ("y", "lat", origin[1])):
        units = [round((getattr(lamp, axis) - start) / UNIT) for lamp in placed]
        steps[name] = [here - before for before, here in zip([0, *units], units, strict=False)]
    return {"origin": origin, "unit": UNIT, **steps}
