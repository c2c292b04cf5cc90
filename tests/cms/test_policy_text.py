"""Is a privacy policy that leaves something out, or is still the demonstration's, found out?"""

import json
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from cms.content import load_pages
from cms.models import TextPage
from cms.policy_text import faults_of_policy
from livinglab.doctor import examine

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy() -> TextPage:
    """As an installation gets it, then with a name in it."""
    load_pages()
    for page in TextPage.objects.filter(slug="privacy"):
        page.lead = "성동구청이 운영합니다."
        page.body = page.body.replace("시연용 누리집이므로", "").replace("This is a demonstration, so", "")
        page.save()
    return TextPage.objects.get(slug="privacy", locale__language_code="ko")


def test_policy_with_all_its_blocks_and_a_name_is_well(policy: TextPage, settings: Settings) -> None:
    settings.DEMO = False
    assert list(faults_of_policy()) == []
    assert next(finding for finding in examine() if finding.name == "privacy policy").ok


def test_policy_as_it_comes_is_named_to_whoever_opens_a_site(settings: Settings) -> None:
    load_pages()
    settings.DEMO = False
    (found,) = [finding for finding in examine() if finding.name == "privacy policy"]
    assert not found.ok
    assert "still the demonstration's words in ko" in found.sentence
    assert "still the demonstration's words in en" in found.sentence


def test_block_that_an_editor_took_out_is_named(policy: TextPage) -> None:
    policy.body = policy.body.replace("<h2>책임자</h2>", "").replace("위탁, ", "")
    policy.save()
    assert list(faults_of_policy()) == ["no heading in ko on 위탁, 책임자"]


def test_processors_of_the_installation_stand_on_the_page_and_a_broken_list_is_named(
    policy: TextPage, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    named = {"name_ko": "한빛호스팅", "name_en": "Hanbit Hosting", "task_ko": "서버 운영", "task_en": "servers"}
    nobody = Client().get("/en/privacy/").content.decode()
    (tmp_path / "processors.json").write_text(json.dumps([named]))
    page = Client().get("/en/privacy/").content.decode()
    assert ("Hanbit Hosting" in nobody, "Hanbit Hosting" in page, "servers" in page) == (False, True, True)
    assert "한빛호스팅" in Client().get("/privacy/").content.decode()
    for broken in ("{", '{"processors": []}', "[1]"):
        (tmp_path / "processors.json").write_text(broken)
        assert list(faults_of_policy()) == ["processors.json cannot be read"]
        assert "Please ask whoever runs this site" in Client().get("/en/privacy/").content.decode()


def test_policy_that_is_offline_is_missed(policy: TextPage) -> None:
    policy.unpublish()
    assert list(faults_of_policy()) == ["no page in ko"]
