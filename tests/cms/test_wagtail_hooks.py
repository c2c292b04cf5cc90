"""The desk is ours: our name, our rail, and no request to another host."""

import json
import re

import pytest

from cms.models import HomePage
from tests.making import make_official, make_reviewed
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
RECORDS = ["turn", "proposals", "faults", "pilots", "rounds"]
HOUSE = ["departments", "roles", "looks", "retention"]
ASKED = re.compile(r'<(?:script|img|iframe|source|video|audio)[^>]*\ssrc="([^"]*)"|<link[^>]*\shref="([^"]*)"')


def desk_pages(now):
    proposal, home = make_reviewed(at=now), HomePage.objects.get(locale__language_code="ko")
    return [
        "/desk/",
        "/desk/proposals/",
        f"/desk/proposals/inspect/{proposal.pk}/",
        f"/desk/proposals/answer/{proposal.pk}/",
        "/desk/keys/",
        "/desk/policies/",
        "/desk/policies/new/",
        "/desk/departments/",
        "/desk/departments/11200.safety.roads/categories/",
        "/desk/roles/",
        "/desk/roles/grant/",
        "/desk/set-aside/",
        "/desk/pages/",
        f"/desk/pages/{home.pk}/edit/",
        "/desk/images/",
        "/desk/account/",
    ]


def test_desk_pages_ask_no_other_host_and_carry_our_name(admin, now):
    for path in desk_pages(now):
        page = admin.get(path).content.decode()
        assert [a or b for a, b in ASKED.findall(page) if re.match(r"(https?:)?//", a or b)] == []
        assert " - Wagtail</title>" not in page
        assert "gravatar" not in page


def test_desk_pages_have_the_desks_own_content_policy(admin):
    policy = admin.get("/desk/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy


def rail(page):
    props = json.loads(re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', page, re.S).group(1))
    return re.findall(r'"name": "([a-z-]+)", "label"', json.dumps(props, ensure_ascii=False))


@pytest.mark.parametrize(
    ("who", "items"),
    [
        ("official", [*RECORDS, "checks", "keys"]),
        ("moderator", RECORDS),
        ("admin", [*RECORDS, "pages", "images", "policies", "keys", *HOUSE, "set-aside"]),
        ("auditor", ["turn", "roles", "looks", "retention"]),
    ],
)
def test_rail_shows_what_the_role_may_open(who, items, pages):
    shown = rail(signed_in(make_official(role=who)).get("/desk/").content.decode())
    assert [name for name in shown if name not in ("account", "logout")] == items
