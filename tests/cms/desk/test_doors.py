"""Every address under the desk, asked by those who answer and moderate: their own lists open, nothing else does."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver

from cms import urls
from tests.making import make_official, make_reviewed
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
OPEN = {"", "account/", "dismissibles/", "sprite/", "jsi18n/", "faults/"} | {
    f"{thing}/{part}" for thing in ("proposals", "pilots", "rounds") for part in ("", "results/")
}
AT_COUNTERS = {"rounds/new/", "checks/", "checks/letters/", "checks/take-back/", "keys/"}
OF_ROLE = {
    "official": OPEN | AT_COUNTERS,
    "moderator": OPEN,
}  # only who answers makes a vote, checks cards, revokes keys
ELSEWHERE = {"login/", "logout/", "test404/"}  # sign in, sign out, a page that says there is none


@pytest.fixture(params=["official", "moderator"])
def role(request):
    return request.param


@pytest.fixture
def office(role, pages):
    return signed_in(make_official(role=role))


def addresses(patterns, before: str = "") -> Iterator[str]:
    """Each path that the desk routes, with 1 where a number belongs; regular expressions are left out."""
    for entry in patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, path)
        elif isinstance(entry, URLPattern) and "^" not in path:
            yield re.sub(r"<[^>]*>", "1", path)


def test_office_asking_for_every_address_opens_its_own_and_no_other(office, role):
    asked = {path for path in addresses(urls.urlpatterns) if not path.startswith("password_reset/")} - ELSEWHERE
    assert {path for path in asked if office.get(f"/desk/{path}").status_code == 200} == OF_ROLE[role]
    assert len(asked) > 100


@pytest.mark.parametrize(
    "path", ["reports/site-history/", "pages/", "images/", "documents/", "collections/", "choose-page/", "failwhale/"]
)
def test_office_at_a_wagtail_area_is_led_back_to_its_turn(office, path):
    answer = office.get(f"/desk/{path}")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")


def test_office_still_reads_a_proposal(office, now):
    assert office.get(f"/desk/proposals/inspect/{make_reviewed(at=now).pk}/").status_code == 200


def test_admin_of_the_site_still_opens_history_and_pages(keeper):
    assert [keeper.get(f"/desk/{path}").status_code for path in ("reports/site-history/", "pages/")] == [200, 200]


def test_address_that_leads_nowhere_is_not_found_for_everybody(office, admin):
    assert {office.get("/desk/nowhere/").status_code, admin.get("/desk/nowhere/").status_code} == {404}
