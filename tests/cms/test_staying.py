"""May an editor take away what every page leads to? Not by any button, any list, any field of a form."""

import json

import pytest
from django.test import Client
from wagtail.models import Page

from cms.models import HomePage, TextPage
from tests.cms.desk.test_pages import COMMENTS, draft, form

pytestmark = pytest.mark.django_db
LINKED = ("how-it-works", "house-rules", "privacy", "accessibility")
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


def page(slug: str, code: str) -> Page:
    return Page.objects.get(slug=slug, locale__language_code=code, depth__in=(2, 3)).specific


STAYING = [("ko", "ko"), ("en", "en"), *((slug, code) for slug in LINKED for code in ("ko", "en"))]


@pytest.mark.parametrize(("slug", "code"), STAYING)
def test_page_the_site_leads_to_stays_whatever_way_it_is_asked_to_go(keeper: Client, slug: str, code: str) -> None:
    one, there = page(slug, code), page("seongdong", code)
    for act in ("delete", "unpublish", "move"):
        for method in (keeper.get, keeper.post):
            assert method(f"/desk/pages/{one.pk}/{act}/", headers=SCRIPT).status_code == 403
        chosen = f"bulk/wagtailcore/page/{act}/?id={one.pk}&next=/desk/pages/"
        keeper.post(f"/desk/{chosen}", {"chooser": there.pk}, headers=SCRIPT)
        data = json.dumps({"destination_page_id": there.pk})
        keeper.post(f"/desk/api/main/pages/{one.pk}/action/{act}/", data, "application/json")
    again = Page.objects.get(pk=one.pk)
    assert (again.live, again.path, again.slug) == (True, one.path, slug)


def test_address_of_a_page_the_site_leads_to_is_not_asked_and_not_taken(keeper: Client) -> None:
    one = page("privacy", "ko")
    asked = keeper.get(f"/desk/pages/{one.pk}/edit/").content.decode()
    assert 'name="slug"' not in asked
    assert 'name="expire_at"' not in asked
    assert 'name="go_live_at"' in asked
    words = form(one, slug="gone", expire_at="2099-01-01 00:00", lead="새 머리말", body=draft("글"))
    assert keeper.post(f"/desk/pages/{one.pk}/edit/", words).status_code == 302
    assert "새 머리말" in Client().get("/privacy/").content.decode()
    assert TextPage.objects.get(pk=one.pk).expire_at is None


def test_other_pages_are_renamed_and_taken_away_as_before(keeper: Client) -> None:
    home = HomePage.objects.get(locale__language_code="ko")
    words = {"title": "여름", "slug": "summer", "lead": "", "body": draft("글")} | COMMENTS
    keeper.post(f"/desk/pages/add/cms/textpage/{home.pk}/", words | {"action-publish": "action-publish"})
    one = TextPage.objects.get(slug="summer")
    assert 'name="slug"' in keeper.get(f"/desk/pages/{one.pk}/edit/").content.decode()
    keeper.post(f"/desk/pages/{one.pk}/edit/", form(one, slug="july", lead="", body=draft("글")))
    assert Client().get("/july/").status_code == 200
    keeper.post(f"/desk/pages/{one.pk}/delete/")
    assert not TextPage.objects.filter(pk=one.pk).exists()


def test_page_of_the_same_name_below_a_door_is_its_editors(pages: None) -> None:
    below = page("guro", "ko").add_child(instance=TextPage(title="구로의 약속", slug="house-rules", body="<p>글</p>"))
    assert not below.stays
    assert page("house-rules", "ko").stays
