"""The true story as visitors meet it: on the front door, moment by moment, and on to where it is told again."""

import json

import pytest
from django.conf import settings
from django.test import Client

from civic.chain.actions import link_nodes, place_node
from civic.chain.models import Node
from cms.content import load_story
from cms.models import StoryPage
from cms.story import story_line
from tests.making import make_adopted

pytestmark = pytest.mark.django_db
TEXTS = json.loads((settings.FIXTURES / "demo" / "story.json").read_text(encoding="utf-8"))


@pytest.fixture
def told_again(pages, now):
    proposal = make_adopted()
    load_story(TEXTS, told_again=proposal.code)
    return proposal


def text(path):
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_story_is_on_the_front_door_in_both_languages(told_again):
    assert 'href="/story/"' in text("/")
    page = text("/en/")
    assert 'href="/en/story/"' in page
    assert [figure in page for figure in ("50 lights", "240 lights", "about 500", "82%")] == [True] * 4


def test_front_door_without_a_story_has_no_place_for_one(pages):
    assert "home-story" not in text("/")


def test_each_moment_names_its_source(told_again):
    page = text("/en/story/")
    assert page.count("moment-source") == len(TEXTS["en"]["moments"])
    for moment in TEXTS["en"]["moments"]:
        assert moment["source"] in page


def test_story_leads_to_the_proposal_its_discussion_and_what_came_of_it(told_again):
    place_node(
        key="pilot:a",
        kind="pilot",
        district="11200",
        title="스스로 알리는 등",
        state="running",
        path="/pilots/a/",
        marks=[],
    )
    link_nodes(origin=told_again.key, target="pilot:a", kind="pilot")
    page = text("/en/story/")
    for path in (f"/en/proposals/{told_again.code}/", f"/en/proposals/{told_again.code}/#thread", "/en/pilots/a/"):
        assert f'href="{path}"' in page


def test_what_follows_is_marked_as_a_demonstration(told_again, settings):
    assert "From here on it is invented data" in text("/en/story/")
    settings.DEMO = False
    assert "From here on it is invented data" not in text("/en/story/")


def test_story_whose_proposal_is_hidden_ends_with_the_story(told_again):
    Node.objects.filter(key=told_again.key).update(public=False)
    assert told_again.title not in text("/story/")


def test_wire_of_a_story_says_when_and_leads_to_the_moment():
    line = story_line([{"place": "", "when": "2018"}, {"place": "proposal", "when": "2019"}])
    assert (line.lit.code, line.lit.fact, line.lit.href) == ("proposal", "2019", "#moment-2")
    assert all(place.href for place in line.places)


def test_load_story_twice_adds_nothing_and_keeps_the_editors_words(told_again):
    page = StoryPage.objects.get(locale__language_code="ko")
    page.lead = "고친 머리말"
    page.save_revision().publish()
    load_story(TEXTS, told_again="P-2026-999999")
    assert StoryPage.objects.count() == 2
    assert StoryPage.objects.get(pk=page.pk).lead == "고친 머리말"
    assert page.get_translations().get().slug == "story"
