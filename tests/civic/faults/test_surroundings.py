"""What lies around a lamp, in metres, and how it is drawn."""

import pytest

from civic.devices.models import Device, DeviceState, Kind
from civic.faults.surroundings import HEIGHT, WIDTH, around
from livinglab.drawing.lamp_map import lamp_map
from tests.making import make_lamp

pytestmark = pytest.mark.django_db


def beside(lamp, east, north, *, power="on", codes=(), parent=None):
    """Another lamp, so many metres away."""
    other = make_lamp(parent=parent)
    Device.objects.filter(pk=other.pk).update(lat=lamp.lat + north / 111_320, lon=lamp.lon + east / 88_200)
    DeviceState.objects.filter(device=other).update(power_state=power, judged={"open": list(codes)})
    return other


def test_around_places_lamps_by_metres_and_look():
    lamp = make_lamp()
    beside(lamp, 100, 0)
    beside(lamp, 0, 100, codes=["lampFailure"])
    beside(lamp, -50, -50, power="")
    beside(lamp, 5_000, 0)
    view = around(Device.objects.select_related("parent").get(pk=lamp.pk))
    assert view.here == (WIDTH // 2, HEIGHT // 2)
    ((x, y),) = view.lamps["on"]
    assert abs(x - WIDTH / 2 - 100) <= 2
    assert abs(y - HEIGHT / 2) <= 2
    assert len(view.lamps["fault"]) == len(view.lamps["unheard"]) == 1
    assert (view.every, view.wrong) == (3, 1)


def test_around_lamps_of_a_dead_cabinet_stand_in_one_circle():
    cabinet = Device.objects.create(tag="11200-C-7", kind=Kind.CABINET, name="C-7", district_id="11200")
    DeviceState.objects.create(device=cabinet, judged={"open": ["supplyLoss"]})
    lamp = make_lamp(parent=cabinet)
    beside(lamp, 40, 0, parent=cabinet)
    beside(lamp, -40, 0, parent=cabinet)
    view = around(Device.objects.select_related("parent__state").get(pk=lamp.pk))
    assert len(view.lamps["with_cabinet"]) == 2
    assert view.circle is not None
    drawn = lamp_map(view)
    assert drawn.count("map-ring") == 2
    assert "map-together" in drawn


def test_around_unknown_place_is_none():
    assert around(Device(lat=None, lon=None)) is None


def test_lamp_map_is_one_picture_with_a_sentence():
    drawn = lamp_map(around(make_lamp()))
    assert drawn.startswith("<svg")
    assert 'role="img"' in drawn
    assert "map-land" in drawn
