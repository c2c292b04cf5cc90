"""Items set aside are shown with their errors, to administrators."""

import pytest

from civic.clocks.now import database_now
from civic.feed.models import SetAside

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(pages):
    return SetAside.objects.create(
        consumer="notify_author",
        item_seq=7,
        kind="ProposalSupported",
        key="proposal:P-2026-000001",
        error="ValueError: <b>poison</b>",
        at=database_now(),
    )


def test_set_aside_admin_sees_item_and_error(admin, item):
    listed = admin.get("/desk/set-aside/").content.decode()
    assert "notify_author" in listed
    assert "ValueError: &lt;b&gt;poison&lt;/b&gt;" in listed
    assert "proposal:P-2026-000001" in admin.get(f"/desk/set-aside/inspect/{item.pk}/").content.decode()


def test_set_aside_official_sees_nothing(official, item):
    assert official.get("/desk/set-aside/").status_code == 302
    assert official.get(f"/desk/set-aside/inspect/{item.pk}/").status_code == 302
