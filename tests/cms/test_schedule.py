"""Does what an editor schedules happen, and only that?"""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localtime
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.signals import page_unpublished

from cms.models import HomePage, TextPage
from cms.schedule import publish_scheduled
from livinglab.worker import JOBS
from tests.cms.desk.test_pages import COMMENTS, draft

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def moment(at: datetime) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}"


def passes(hours: int) -> None:
    """So many hours ago everything was that is scheduled."""
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        past = revision.approved_go_live_at - hours * HOUR
        revision.content["go_live_at"] = past.isoformat()
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past, content=revision.content)


@pytest.fixture
def scheduled(keeper: Client, now: datetime) -> TextPage:
    """A page that an editor set to go online in two hours."""
    home = HomePage.objects.get(locale__language_code="ko")
    words = {"title": "여름 운영", "slug": "summer", "lead": "", "body": draft("밤 열 시까지 엽니다.")} | COMMENTS
    when = {"go_live_at": moment(now + 2 * HOUR), "action-publish": "action-publish"}
    keeper.post(f"/desk/pages/add/cms/textpage/{home.pk}/", words | when)
    return TextPage.objects.get(slug="summer")


def test_page_goes_online_at_its_time_and_not_before(scheduled: TextPage, now: datetime) -> None:
    assert not scheduled.live
    assert publish_scheduled(now) == 0
    assert Client().get("/summer/").status_code == 404
    passes(3)
    assert publish_scheduled(now) == 1
    assert "밤 열 시까지 엽니다." in Client().get("/summer/").content.decode()
    assert PageLogEntry.objects.filter(page=scheduled.pk, action="wagtail.publish.scheduled").count() == 1
    assert publish_scheduled(now) == 0


def test_page_goes_offline_at_its_time_and_not_before(keeper: Client, now: datetime) -> None:
    home = HomePage.objects.get(locale__language_code="ko")
    words = {"title": "여름 운영", "slug": "summer", "lead": "", "body": draft("밤 열 시까지 엽니다.")} | COMMENTS
    until = {"expire_at": moment(now + 2 * HOUR), "action-publish": "action-publish"}
    keeper.post(f"/desk/pages/add/cms/textpage/{home.pk}/", words | until)
    assert publish_scheduled(now) == 0
    assert Client().get("/summer/").status_code == 200
    assert publish_scheduled(now + 3 * HOUR) == 1
    assert Client().get("/summer/").status_code == 404
    assert Page.objects.get(slug="summer").expired


def test_page_that_cannot_go_online_holds_up_no_other(
    keeper: Client, scheduled: TextPage, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    second = scheduled.get_parent().add_child(
        instance=TextPage(title="겨울", slug="winter", body="<p>글</p>", live=False)
    )
    second.go_live_at = now + HOUR
    second.save_revision(approved_go_live_at=now + HOUR)
    passes(3)
    first = Revision.objects.get(object_id=second.pk)
    Revision.objects.filter(pk=first.pk).update(content=first.content | {"slug": "privacy"})  # taken meanwhile
    assert publish_scheduled(now) == 1
    assert "cannot be done" in caplog.text
    assert TextPage.objects.get(pk=scheduled.pk).live


def test_page_that_fails_in_any_way_is_a_draft_again_and_holds_up_no_other(
    scheduled: TextPage, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    home = scheduled.get_parent()
    broken = home.add_child(instance=TextPage(title="겨울", slug="winter", body="<p>글</p>", live=False))
    broken.go_live_at = now + HOUR
    broken.save_revision(approved_go_live_at=now + HOUR)
    over = home.add_child(instance=TextPage(title="봄", slug="spring", body="<p>글</p>", expire_at=now - HOUR))
    passes(3)
    revision = Revision.objects.get(object_id=broken.pk)
    Revision.objects.filter(pk=revision.pk).update(content=revision.content | {"owner": "nobody", "path": None})
    assert publish_scheduled(now) == 2
    assert TextPage.objects.get(pk=scheduled.pk).live
    assert not TextPage.objects.get(pk=over.pk).live
    assert caplog.text.count(f"Page {broken.pk}: what was scheduled cannot be done") == 1
    assert not TextPage.objects.get(pk=broken.pk).approved_schedule
    assert publish_scheduled(now) == 0
    assert caplog.text.count("cannot be done") == 1


def test_page_that_cannot_go_offline_holds_up_none_that_goes_online(
    scheduled: TextPage, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    words = {"title": "봄", "slug": "spring", "body": "<p>글</p>", "expire_at": now - HOUR}
    stuck = scheduled.get_parent().add_child(instance=TextPage(**words))
    passes(3)

    def broken(sender: type[Page], instance: Page, **_said: object) -> None:
        assert instance.pk != stuck.pk, "broken"

    page_unpublished.connect(broken)
    try:
        assert publish_scheduled(now) == 1
    finally:
        page_unpublished.disconnect(broken)
    assert TextPage.objects.get(pk=scheduled.pk).live
    assert f"Page {stuck.pk}: what was scheduled cannot be done" in caplog.text
    assert publish_scheduled(now) == 1  # what should be gone is tried until it is


def test_page_the_site_leads_to_stays_whatever_day_was_set(pages: None, now: datetime) -> None:
    Page.objects.filter(depth__gt=1).update(expire_at=now - HOUR)
    assert publish_scheduled(now) == 0
    led_to = ("/", "/en/", "/guro/", "/privacy/", "/en/house-rules/")
    assert [Client().get(path).status_code for path in led_to] == [200] * 5


def test_worker_does_it_every_minute() -> None:
    assert (60, publish_scheduled) in JOBS
