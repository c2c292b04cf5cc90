"""Does everything that somebody wrote of faults go with them, also what they wrote signed out, and nobody else's?"""

from datetime import timedelta

import pytest

from civic.faults.actions import forget_reporter, repair_fault, report_fault, take_fault
from civic.faults.models import Contact, Fault, Report
from civic.faults.networks import network_of
from civic.photos.models import Photo
from tests.making import NOON, make_lamp, make_official, make_person

pytestmark = pytest.mark.django_db


def test_words_of_a_person_go_with_those_of_a_relapse_and_those_left_signed_out_under_their_address():
    person, lamp, official = make_person(), make_lamp(), make_official()
    said = {"category": "dark", "text": "왕십리로 222-7 앞입니다.", "at": NOON}
    fault, _key = report_fault(by=person, device=lamp, email=person.email, **said)
    take_fault(by=official, fault=fault, at=NOON)
    repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=NOON)
    report_fault(by=person, device=lamp, **said | {"at": NOON + timedelta(hours=1)})
    guest = {"network": network_of("203.0.113.7")}
    report_fault(device=make_lamp(), email=person.email.upper(), **said, **guest)
    other, _key = report_fault(device=make_lamp(), email="other@example.org", **said, **guest)
    assert forget_reporter(by=person, addresses=[person.email]) == 3
    assert Report.objects.exclude(text="").count() == Contact.objects.count() == 1
    assert Fault.objects.exclude(first_network="").get() == other


def test_report_of_another_account_to_ones_own_mailbox_loses_its_address_and_keeps_its_words():
    """Two people with one mailbox: he reports, signed in, and she leaves."""
    she, he = make_person(), make_person()
    said = {"category": "dark", "text": "세 번째 가로등입니다.", "at": NOON}
    report_fault(by=he, device=make_lamp(), email=she.email, **said)
    report_fault(by=he, device=make_lamp(), email=he.email, **said)
    report = Report.objects.order_by("pk")[0]
    Photo.objects.create(key=report.key, file="photos/xx/lamp.jpg", width=1, height=1, public=True, at=NOON)
    assert forget_reporter(by=she, addresses=[she.email]) == 0
    assert list(Report.objects.values_list("person", "text")) == [(he.pk, said["text"])] * 2
    assert list(Contact.objects.values_list("email", flat=True)) == [he.email]
    assert Photo.objects.filter(key=report.key).exists()
    assert forget_reporter(by=he, addresses=[he.email]) == 2
    assert not Report.objects.exclude(text="").exists()
    assert not Photo.objects.exists()
