"""Does the clock of a played night go on in an open page, whatever is told in it?"""

import pytest

pytestmark = pytest.mark.browser

PLAYED = """
from civic.clocks.now import database_now
from civic.devices.models import Device, Gateway
from civic.faults.actions import report_fault
at = "2026-01-01T{hour}:07:00+09:00"
Gateway.objects.update_or_create(district_id="11200", clock="simulated", defaults=dict(clock_at=at))
lamps = Device.objects.filter(district="11200", parent=None, faults=None, retired_at=None, streetlight__isnull=False)
report_fault(device=lamps.order_by("tag").last(), category="flickering", at=database_now())
"""
STILL = "from civic.devices.models import Gateway; Gateway.objects.filter(district='11200', clock='simulated').delete()"


def test_clock_of_a_played_night_goes_on_though_no_lamp_switches(live_site, browser):
    page = browser.new_page()
    live_site.command("shell", "--no-imports", "-c", PLAYED.format(hour="22"))
    try:
        page.goto(f"{live_site.url}/live/?district=11200")
        page.wait_for_selector(".lamp-mark")
        page.wait_for_timeout(1_000)
        assert "22:07" in page.inner_text("[data-played]")
        live_site.command("shell", "--no-imports", "-c", PLAYED.format(hour="23"))
        page.wait_for_function(
            "() => document.querySelector('[data-played]').innerText.includes('23:07')", timeout=8_000
        )
    finally:
        live_site.command("shell", "--no-imports", "-c", STILL)


OVER = """
from django.db import transaction
from django.utils.dateparse import parse_datetime
from civic.devices.facts import FindingClosed
from civic.devices.models import Device
from civic.ledger.record import record
lamp = Device.objects.filter(district="11200", parent=None, faults=None, retired_at=None).order_by("tag").last()
fact, at = FindingClosed(key=lamp.key, district="11200", code="lampFailure"), parse_datetime("2026-01-01T23:40+09:00")
with transaction.atomic():
    record(fact, state={"power": "on", "since": None, "findings": []}, concerns={}, at=at)
"""


def test_clock_of_a_played_night_goes_on_with_what_is_found_in_it(live_site, browser):
    page = browser.new_page()
    live_site.command("shell", "--no-imports", "-c", PLAYED.format(hour="22"))
    try:
        page.goto(f"{live_site.url}/live/?district=11200")
        page.wait_for_selector(".lamp-mark")
        page.wait_for_timeout(1_000)
        live_site.command("shell", "--no-imports", "-c", OVER)
        page.wait_for_function(
            "() => document.querySelector('[data-played]').innerText.includes('23:40')", timeout=8_000
        )
    finally:
        live_site.command("shell", "--no-imports", "-c", STILL)
