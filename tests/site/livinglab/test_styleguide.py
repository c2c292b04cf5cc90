"""Does the style guide show each component in each state, and do error pages stand alone?"""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from livinglab.styleguide import GAUGES, GROUNDS, PANELS, STATES

ERRORS = {
    "400.html": "400",
    "403.html": "403",
    "403_csrf.html": "403",
    "404.html": "404",
    "413.html": "413",
    "429.html": "429",
    "500.html": "500",
}


@pytest.fixture
def guide(client: Client, db: None) -> str:
    response = client.get(reverse("styleguide"))
    assert response.status_code == 200
    return response.content.decode()


def test_guide_on_paper_and_night_shows_every_state_of_the_lights(guide: str) -> None:
    assert guide.count("<live-gauge") == 2 * len(GAUGES) + 6 + 1  # two grounds, six panels, one open row
    assert guide.count('<span class="badge ') == 2 * len(STATES) + 4 + 3  # two grounds, four rows, three answers
    assert guide.count('class="chain chain-object"') == 2 * 2


def test_guide_shows_the_support_panel_in_its_six_states(guide: str) -> None:
    assert len(re.findall(r'class="panel support-panel"', guide)) == 6


def test_guide_has_every_id_once(guide: str) -> None:
    ids = re.findall(r' id="([^"]+)"', guide)

    assert sorted(ids) == sorted(set(ids))


def test_guide_names_grounds_panels_and_states_in_the_reader_s_language(client: Client, db: None) -> None:
    raw = {*STATES, *GROUNDS, *PANELS}
    for address in ("/styleguide/", "/en/styleguide/"):
        page = client.get(address).content.decode()
        said = set(re.findall(r'(?<=>)[^<>]+(?=<)|(?<=aria-label=")[^"]+', page))
        assert said & raw == set()


def test_guide_holds_no_style_attribute_and_no_inline_script(guide: str) -> None:
    assert re.findall(r"\sstyle=|<script(?![^>]* src=)|\son\w+=", guide) == []


@pytest.mark.parametrize(("template", "code"), ERRORS.items())
def test_error_page_without_any_context_still_says_what_to_do(template: str, code: str) -> None:
    page = render_to_string(template)

    assert re.findall(r'<p class="meta tabular">(\d+)</p>', page) == [code]
    assert page.count('<a class="button') >= 2


def test_address_that_leads_nowhere_gives_the_error_page(client: Client, db: None) -> None:
    response: Any = client.get("/no/such/page/")

    assert (response.status_code, "404.html" in [template.name for template in response.templates]) == (404, True)
