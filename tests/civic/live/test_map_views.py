"""Does the map get what it asks for, cut by the server, and a sentence where it asks for nonsense?"""

import gzip
import json

import pytest
from django.test import Client

from civic import places
from civic.live import map_views
from civic.live.street import street
from civic.places.actions import load_areas, load_boundaries
from civic.places.models import Boundary, Dong
from livinglab.reference import read
from tests.civic.devices.conftest import HEADER, row
from tests.lamps import gateway, import_rows, switch

pytestmark = pytest.mark.django_db
VIEW = "district=11200&bbox=127.0,37.5,127.1,37.6"


@pytest.fixture
def lamps():
    """Two at one point, one a kilometre away, one without a point."""
    rows = [row("01-17-01"), row("01-17-02"), row("01-17-03", lat="37.5600"), row("01-17-04", lat="", lon="")]
    import_rows(*rows, header=HEADER)


@pytest.fixture
def client():
    return Client()


def test_clusters_hold_the_lamps_of_the_view(client, lamps):
    found = client.get(f"/live/clusters?{VIEW}&zoom=14").json()
    assert found["version"] == street("11200").lamps.version
    assert sorted((places, lamps) for _lon, _lat, _first, places, lamps in found["cells"]) == [(1, 1), (2, 2)]
    far = client.get(f"/live/clusters?{VIEW}&zoom=9").json()["cells"]
    assert [cell[3] for cell in far] == [3]
    tags = [lamp.tag for lamp in street("11200").lamps.lamps]
    assert tags[far[0][2] : far[0][2] + far[0][3]] == sorted(tags[:3], key=tags.index)


def test_clusters_outside_the_view_are_left_out(client, lamps):
    assert client.get("/live/clusters?district=11200&bbox=127.05,37.5,127.1,37.6&zoom=14").json()["cells"] == []


def test_a_view_that_many_look_at_is_cut_once(client, lamps):
    first = client.get(f"/live/clusters?{VIEW}&zoom=14")
    kept = street("11200").lamps.kept
    assert len(kept) == 1
    nudged = client.get("/live/clusters?district=11200&bbox=127.0001,37.5001,127.1,37.6&zoom=14")  # the same cells
    assert nudged.content == first.content
    assert len(kept) == 1
    assert client.get(f"/live/clusters?{VIEW}&zoom=14", headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.fixture
def _nothing_loaded():
    """A web process that is up before `livinglab prepare` has loaded the areas."""
    places.queries._known_dongs.cache_clear()
    map_views._borders.cache_clear()
    Boundary.objects.all().delete()
    Dong.objects.all().delete()
    yield
    places.queries._known_dongs.cache_clear()
    map_views._borders.cache_clear()


@pytest.mark.usefixtures("_nothing_loaded")
def test_map_asked_before_the_areas_are_loaded_is_there_afterwards(client):
    paths = ["/live/boundaries?district=11200", f"/live/clusters?{VIEW}&zoom=14", "/live/picture?district=11200"]
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]
    areas = read("reference/areas.json")
    load_areas(districts=areas["districts"], dongs=areas["dongs"])
    assert client.get(paths[0]).status_code == 404
    for name in areas["boundaries"]:
        load_boundaries(features=read(f"reference/boundaries/{name}")["features"])
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]
    assert len(client.get(paths[0]).json()["features"]) == 17


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("", 404, "unknown_district"),
        ("district=99999", 404, "unknown_district"),
        ("district=11200", 400, "bad_view"),
        ("district=11200&bbox=1,2,3&zoom=14", 400, "bad_view"),
        ("district=11200&bbox=nan,37.5,127.1,37.6&zoom=14", 400, "bad_view"),
        ("district=11200&bbox=127.1,37.5,127.0,37.6&zoom=14", 400, "bad_view"),
        (f"{VIEW}&zoom=99", 400, "bad_view"),
        (f"{VIEW}&zoom=x", 400, "bad_view"),
        ("district=11200&bbox=-180,-85,180,85&zoom=14", 400, "view_too_wide"),
        (f"{VIEW}&zoom=20", 400, "view_too_wide"),
    ],
)
def test_nonsense_is_refused_in_a_sentence(client, lamps, query, status, code):
    answer = client.get(f"/live/clusters?{query}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["text"]


def test_clusters_are_read_only(client, lamps):
    assert client.post(f"/live/clusters?{VIEW}&zoom=14").status_code == 405


def test_boundaries_are_our_own_geojson(client):
    answer = client.get("/live/boundaries?district=11530")
    found = answer.json()
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) == 16
    assert found["features"][0]["properties"].keys() == {"code", "ko", "en", "at"}
    assert client.get("/live/boundaries?district=1").status_code == 404
    zipped = client.get("/live/boundaries?district=11530", headers={"Accept-Encoding": "gzip"})
    assert json.loads(gzip.decompress(zipped.content)) == found
    assert "Accept-Encoding" in zipped["Vary"]


def test_picture_has_a_point_for_each_lamp_with_a_place(client, lamps):
    switch(gateway(), ["11200-01-17-01"], "on")
    answer = client.get("/live/picture?district=11200")
    text = answer.content.decode()
    assert answer["Content-Type"] == "image/svg+xml"
    assert text.count("h0") == 2 + 2  # two unheard; the lit one and its glow
    assert "<script" not in text
    assert "style=" not in text
    assert client.get("/live/picture?district=0").status_code == 404


def test_snapshot_without_district_is_that_of_things(client, lamps):
    assert client.get("/live/snapshot").json().keys() == {"epoch", "cursor", "state", "counts"}
    lamps_told = client.get("/live/snapshot?district=11200").json()
    assert lamps_told["district"] == "11200"
    assert client.get("/live/snapshot?district=x").status_code == 404


def test_no_answer_of_the_map_is_kept_without_asking(client, lamps):
    for path in ("snapshot?district=11200", "boundaries?district=11200", f"clusters?{VIEW}&zoom=14"):
        assert client.get(f"/live/{path}")["Cache-Control"] == "no-cache"
