"""Does the map's snapshot hold every lamp, small enough and quick enough, for the real districts?"""

import gzip
import json
import time
from itertools import accumulate

import pytest
from django.test import Client

from civic.live.lamp_snapshot import lamp_snapshot
from civic.live.street import street
from tests.civic.devices.conftest import HEADER, row
from tests.lamps import gateway, import_real, import_rows, switch

pytestmark = pytest.mark.django_db
MOST = 120_000  # bytes, gzipped
SLOWEST = 0.150  # seconds, from what is kept
ONE, TWO = "11200-01-17-01", "11200-01-17-02"


def decoded(snapshot):
    """{tag: (lon, lat, condition, dong)} as a browser reads it."""
    units, origin = snapshot["unit"], snapshot["origin"]
    points = list(
        zip(*([origin[n] + units * step for step in accumulate(snapshot[("x", "y")[n]])] for n in (0, 1)), strict=True)
    )
    dongs = [snapshot["dongs"][index] for index, run in snapshot["dong"] for _n in range(run)]
    return {
        snapshot["prefix"] + tag: (
            *(points[n] if n < len(points) else (None, None)),
            snapshot["conditions"][int(snapshot["state"][n], 36)],
            dongs[n],
        )
        for n, tag in enumerate(snapshot["tags"])
    }


def test_snapshot_read_back_is_the_street():
    import_rows(row("01-17-01"), row("01-17-02", lat="37.5612345"), row("01-17-03", lat="", lon=""), header=HEADER)
    switch(gateway(), [TWO], "on")
    found = street("11200")
    told = decoded(json.loads(json.dumps(lamp_snapshot(found))))
    assert {tag: (how, dong) for tag, (_x, _y, how, dong) in told.items()} == {
        lamp.tag: (how, lamp.dong) for lamp, how in zip(found.lamps.lamps, found.conditions, strict=True)
    }
    assert told[ONE][:2] == pytest.approx((127.0326723, 37.5691083), abs=1e-5)
    assert told["11200-01-17-03"][:2] == (None, None)
    assert told[TWO][2] == "on"


def test_place_for_many_lamps_says_how_many():
    import_rows(row("01-17-01", count="7"), row("01-17-02"), header=HEADER)
    found = street("11200")
    assert lamp_snapshot(found)["count"] == {found.lamps.place_of[ONE]: 7}
    assert found.total.total() == 8


@pytest.mark.parametrize(
    ("code", "rows", "lamps", "placed"), [("11200", 7443, 7443, 6224), ("11530", 7948, 8015, 7948)]
)
def test_snapshot_of_a_real_district_is_small_and_quick(code, rows, lamps, placed):
    import_real(code)
    found = street(code)
    assert (len(found.lamps.lamps), found.total.total(), len(found.lamps.curve)) == (rows, lamps, placed)
    tags = [lamp.tag for n, lamp in enumerate(found.lamps.lamps) if n % 3]  # mixed states press less well
    switch(gateway(code), tags, "on")
    client, path, zipped = Client(), f"/live/snapshot?district={code}", {"Accept-Encoding": "gzip"}
    time.sleep(1.0)  # what is kept may be a second old
    first = client.get(path, headers=zipped)
    assert first["Content-Encoding"] == "gzip"
    assert len(first.content) <= MOST
    assert len(json.loads(gzip.decompress(first.content))["tags"]) == rows
    started = time.perf_counter()
    again = client.get(path, headers=zipped)
    assert time.perf_counter() - started <= SLOWEST
    assert again.content == first.content
    assert client.get(path, headers={**zipped, "If-None-Match": again["ETag"]}).status_code == 304
