"""The plate's page: a report in two taps without an account, in the reader's own language, sent once."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from civic.faults.browser import COOKIE
from civic.faults.limits import MOST
from civic.faults.models import Contact, Fault, Report
from civic.photos.models import Photo
from tests.answers import text
from tests.making import make_fault, make_lamp, make_person

pytestmark = pytest.mark.django_db
KEY = "a-key-of-thirty-two-characters-at-least"


def english(path):
    return Client(headers={"accept-language": "en"}).get(path)


def test_ac_1_2_plate_opens_the_form_with_the_lamp_filled_in():
    lamp = make_lamp("03-03-18")
    shown = text(Client().get(f"/l/{lamp.tag}/"))
    assert lamp.tag.removeprefix("11200-") in shown
    assert f'action="/l/{lamp.tag}/"' in shown
    assert shown.count('type="radio"') == 8
    assert 'name="device"' not in shown  # the address says which lamp it is


def test_report_two_taps_open_a_fault_and_lead_to_a_page_of_ones_own():
    lamp = make_lamp()
    answer = Client().post(f"/l/{lamp.tag}/", {"category": "dark", "key": KEY})
    fault = Fault.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/faults/mine/{KEY}/")
    assert (fault.device, fault.category, fault.source, fault.reports) == (lamp, "dark", "resident", 1)
    assert COOKIE in answer.cookies
    assert answer.cookies[COOKIE]["httponly"]


def test_report_sent_twice_is_one_report():
    lamp, guest = make_lamp(), Client()
    first = guest.post(f"/l/{lamp.tag}/", {"category": "dark", "key": KEY})
    again = Client().post(f"/l/{lamp.tag}/", {"category": "dark", "key": KEY})  # before the cookie came back
    assert first["Location"] == again["Location"]
    assert Report.objects.count() == Fault.objects.get().reports == 1


def test_report_with_words_photo_and_address_keeps_them():
    picture = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(picture, "PNG")
    lamp = make_lamp()
    said = {
        "category": "broken",
        "text": "기둥이 기울었습니다.",
        "email": "someone@example.org",
        "photo": SimpleUploadedFile("pole.png", picture.getvalue(), "image/png"),
        "key": KEY,
    }
    assert Client().post(f"/l/{lamp.tag}/", said).status_code == 302
    report = Report.objects.get()
    assert report.text == "기둥이 기울었습니다."
    assert Contact.objects.get().email == "someone@example.org"
    assert [photo.public for photo in Photo.objects.filter(key=report.key)] == [False]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"text": "깜깜해요"}, 422),
        ({"category": "silent", "text": "깜깜해요"}, 422),
        ({"category": "dark", "text": "깜깜해요", "email": "no address"}, 422),
        ({"category": "dark", "text": "깜깜해요" * 300}, 422),
        ({"category": "dark", "text": "깜깜해요", "photo": SimpleUploadedFile("a.txt", b"no picture")}, 422),
    ],
)
def test_report_that_will_not_do_keeps_the_words(said, status):
    lamp = make_lamp()
    shown = text(Client().post(f"/l/{lamp.tag}/", said), status)
    assert "깜깜해요" in shown
    assert 'id="errors"' in shown
    assert not Fault.objects.exists()


def test_report_with_a_stale_token_keeps_the_words():
    lamp = make_lamp()
    guest = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    answer = guest.post(f"/l/{lamp.tag}/", {"category": "flickering", "text": "밤새 깜빡입니다."})
    shown = text(answer, 403)
    assert "밤새 깜빡입니다." in shown
    assert "Your words are here" in shown
    assert 'value="flickering"' in shown
    assert "checked" in shown
    assert not Fault.objects.exists()


def test_page_known_fault_offers_me_too_and_counts(now):
    lamp = make_lamp()
    fault = make_fault(lamp, at=now)
    shown = text(english(f"/l/{lamp.tag}/"))
    assert "A fault we know of" in shown
    assert f'action="/en/faults/{fault.code}/me-too/"' in shown
    assert "It troubles me too · 1 now" in shown


def test_ac_1_2_second_report_on_the_same_fault_joins(now):
    lamp = make_lamp()
    fault = make_fault(lamp, at=now)
    Client().post(f"/l/{lamp.tag}/", {"category": "dark", "key": KEY})
    fault.refresh_from_db()
    assert fault.reports == 2
    assert Fault.objects.count() == 1


def test_page_own_report_is_offered_instead_of_another(now):
    lamp, guest = make_lamp(), Client()
    guest.post(f"/l/{lamp.tag}/", {"category": "dark", "key": KEY})
    shown = text(guest.get(f"/l/{lamp.tag}/"))
    assert f"/faults/mine/{KEY}/" in shown
    assert "/me-too/" not in shown


def test_report_by_somebody_signed_in_is_theirs():
    person, lamp, browser = make_person(), make_lamp(), Client()
    browser.force_login(person)
    browser.post(f"/l/{lamp.tag}/", {"category": "dark"})
    assert Report.objects.get().person == person


@pytest.mark.parametrize(
    ("headers", "query", "language"),
    [
        ({}, "", "ko"),
        ({"accept-language": "en-GB,en;q=0.9"}, "", "en"),
        ({"accept-language": "en"}, "?lang=ko", "ko"),
        ({}, "?lang=en", "en"),
        ({}, "?lang=xx", "ko"),
    ],
)
def test_page_speaks_the_readers_language(headers, query, language):
    lamp = make_lamp()
    answer = Client(headers=headers).get(f"/l/{lamp.tag}/{query}")
    shown = text(answer)
    assert f'<html lang="{language}">' in shown
    assert answer["Content-Language"] == language
    assert "Accept-Language" in answer["Vary"]
    assert 'href="?lang=ko"' in shown or 'href="?lang=en"' in shown


def test_page_language_once_chosen_stays():
    lamp, reader = make_lamp(), Client()
    reader.get(f"/l/{lamp.tag}/?lang=en")
    assert '<html lang="en">' in text(reader.get(f"/l/{lamp.tag}/"))


def test_page_is_kept_by_no_cache():
    answer = Client().get(f"/l/{make_lamp().tag}/")
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_page_retired_lamp_takes_no_report(now):
    lamp = make_lamp()
    lamp.retired_at = now
    lamp.save()
    shown = text(english(f"/l/{lamp.tag}/"))
    assert "has been taken down" in shown
    assert 'type="radio"' not in shown
    assert Client().post(f"/l/{lamp.tag}/", {"category": "dark"}).status_code == 409


@pytest.mark.parametrize("tag", ["11200-99-99-99", "nothing", "%3Cscript%3E"])
def test_page_unknown_plate_leads_on(tag):
    shown = text(english(f"/l/{tag}/"), 404)
    assert "We do not know this plate" in shown
    assert 'action="/l/"' in shown
    assert "<script>" not in shown.replace("<script src", "")


def test_search_by_number_leads_to_the_plate_or_asks_which():
    lamp = make_lamp("77-01-01")
    assert Client().get("/l/?plate=77-01-01")["Location"] == f"/l/{lamp.tag}/"
    assert Client().get(f"/l/?plate={lamp.tag}")["Location"] == f"/l/{lamp.tag}/"
    twin = make_lamp("77-01-01")
    shown = text(english("/l/?plate=77-01-01"))
    assert lamp.tag in shown
    assert twin.tag in shown
    assert text(english("/l/?plate=00"), 404)
    assert text(english("/l/"))


def test_report_too_often_from_one_network_is_asked_to_wait():
    lamp = make_lamp()
    for _n in range(MOST):
        Client().post(f"/l/{lamp.tag}/", {"category": "dark"})
    shown = text(Client().post(f"/l/{lamp.tag}/", {"category": "dark", "text": "또 꺼졌어요"}), 429)
    assert "또 꺼졌어요" in shown
