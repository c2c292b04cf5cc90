"""Editing pages at the desk, through its forms, as a browser sends them."""

import json

import pytest
from django.test import Client

from cms.models import HomePage, TextPage

pytestmark = pytest.mark.django_db
COMMENTS = {f"comments-{part}": "0" for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}


def home(code="ko"):
    return HomePage.objects.get(locale__language_code=code)


def draft(*blocks, **links):
    """What Wagtail's editor sends: blocks of text, and links by name over the whole of a block."""
    entities = {name: {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}} for name, url in links.items()}
    ranges = [[{"offset": 0, "length": len(text), "key": name}] for name, text in zip(links, blocks, strict=False)]
    rows = [
        {
            "key": f"b{n}",
            "text": text,
            "type": "unstyled",
            "depth": 0,
            "inlineStyleRanges": [],
            "entityRanges": ranges[n] if n < len(ranges) else [],
        }
        for n, text in enumerate(blocks)
    ]
    return json.dumps({"blocks": rows, "entityMap": entities})


def form(page, **changed):
    words = {"title": page.title, "slug": page.slug, "seo_title": "", "search_description": "", "show_in_menus": ""}
    return words | COMMENTS | {"action-publish": "action-publish"} | changed


def test_home_published_at_the_desk_shows_at_once(keeper):
    page = home()
    words = form(page, headline="한 사람이 켜면,\n골목이 밝습니다", promise="새 약속입니다.", body=draft("덧붙임"))
    answer = keeper.post(f"/desk/pages/{page.pk}/edit/", words)
    assert answer.status_code == 302
    shown = Client().get("/").content.decode()
    assert "한 사람이 켜면,<br>골목이 밝습니다" in shown
    assert "새 약속입니다." in shown
    assert "덧붙임" in shown
    assert "Thirty light up" in Client().get("/en/").content.decode()


def test_home_saved_as_draft_is_not_shown(keeper):
    page = home()
    words = form(page, headline="아직 아닌 표제", promise="약속", body=draft(""))
    words.pop("action-publish")
    keeper.post(f"/desk/pages/{page.pk}/edit/", words)
    assert "아직 아닌 표제" not in Client().get("/").content.decode()


def test_home_over_long_headline_is_refused_and_kept_in_the_form(keeper):
    page = home()
    answer = keeper.post(f"/desk/pages/{page.pk}/edit/", form(page, headline="가" * 81, promise="약속", body=draft("")))
    assert answer.status_code == 200
    assert "가" * 81 in answer.content.decode()
    assert home().headline == page.headline


def test_text_page_hostile_words_and_links_lose_their_teeth(keeper):
    page = TextPage.objects.get(slug="privacy", locale__language_code="ko")
    body = draft("눌러요", "<script>alert(1)</script><img src=x onerror=alert(1)>", a="javascript:alert(1)")
    answer = keeper.post(f"/desk/pages/{page.pk}/edit/", form(page, lead="", body=body))
    assert answer.status_code == 302
    shown = Client().get("/privacy/").content.decode().split("<article")[1].split("</article>")[0]
    assert "눌러요" in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script" not in shown
    assert "<img" not in shown
    assert "javascript:" not in shown


@pytest.mark.parametrize("who", ["official", "resident"])
def test_home_by_somebody_else_stays_as_it_is(who, request):
    page_before = None
    client = request.getfixturevalue(who)
    page_before = home()
    words = form(page_before, headline="남의 표제", promise="약속", body=draft(""))
    assert client.post(f"/desk/pages/{page_before.pk}/edit/", words).status_code == 302
    assert home().headline == page_before.headline


def test_page_new_below_the_home_can_be_written(keeper):
    parent = home("en")
    words = {"title": "Opening hours", "slug": "hours", "lead": "", "body": draft("Nine to six.")} | COMMENTS
    keeper.post(f"/desk/pages/add/cms/textpage/{parent.pk}/", words | {"action-publish": "action-publish"})
    assert "Nine to six." in Client().get("/en/hours/").content.decode()
