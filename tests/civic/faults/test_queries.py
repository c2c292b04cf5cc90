"""Which lamp, which fault is meant, and whose report is it?"""

import pytest

from civic.devices.models import Device, Kind
from civic.faults.actions import open_by_finding, report_fault
from civic.faults.queries import (
    find,
    lamps_near,
    open_faults,
    open_faults_of,
    report_by_key,
    report_of,
)
from tests.making import NOON, make_fault, make_lamp, make_person

pytestmark = pytest.mark.django_db
METRE = 1 / 111_320


@pytest.mark.parametrize("code", ["", "F-1", "P-2026-000001", "F-2026-000001\0", "F-２０２６-000001", "../x"])
def test_what_is_no_number_of_a_fault_finds_none(code):
    assert find(code) is None


def test_fault_is_found_with_all_that_its_page_shows(django_assert_num_queries):
    fault = make_fault()
    with django_assert_num_queries(1):
        found = find(fault.code)
        assert (found.device.streetlight.count, found.dong.name_ko, found.district.slug) == (
            1,
            found.dong.name_ko,
            "seongdong",
        )


def test_lamps_near_a_point_come_nearest_first():
    near, nearer, far = make_lamp(), make_lamp(), make_lamp()
    for lamp, metres in ((near, 12), (nearer, 4), (far, 16)):
        Device.objects.filter(pk=lamp.pk).update(lat=37.5 + metres * METRE, lon=127.0)
    assert lamps_near(127.0, 37.5) == [nearer, near]
    assert lamps_near(127.0, 37.5, within=20) == [nearer, near, far]
    assert lamps_near(129.0, 35.0) == []


def test_open_faults_of_a_lamp_are_its_own_and_then_its_cabinets():
    cabinet = Device.objects.create(tag="11200-cabinet-7", kind=Kind.CABINET, district_id="11200")
    lamp = make_lamp(parent=cabinet)
    above = open_by_finding(device=cabinet, code="supplyLoss", at=NOON)
    own, _key = report_fault(device=lamp, category="broken", at=NOON)
    assert open_faults_of(lamp) == [own, above]
    assert open_faults_of(make_lamp()) == []


def test_open_faults_cost_one_query_however_many(django_assert_num_queries):
    for _n in range(8):
        make_fault()
    with django_assert_num_queries(1):
        assert len([(fault.device.tag, fault.dong.name_ko) for fault in open_faults()]) == 8


@pytest.mark.parametrize("key", ["", "nothing", "\0", "k" * 5000])
def test_other_words_open_no_report(key):
    make_fault()
    assert report_by_key(key) is None


def test_report_of_somebody_else_is_not_ones_own():
    person = make_person()
    fault = make_fault(by=person)
    assert report_of(fault, person) is not None
    assert report_of(fault, make_person()) is None
    assert report_of(fault, None) is None
