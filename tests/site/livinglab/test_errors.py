"""Does a visitor get a page when something broke, also when the pages themselves did?"""

import pytest
from django.test import RequestFactory
from django.urls import get_resolver
from django_vite.core.asset_loader import DjangoViteAssetLoader
from pytest_django import Settings

from livinglab.errors import PLAIN, server_error


def test_the_site_asks_for_this_page() -> None:
    assert get_resolver().resolve_error_handler(500) is server_error


@pytest.mark.django_db
def test_an_error_is_told_in_the_sites_own_frame() -> None:
    answer = server_error(RequestFactory().get("/"))
    assert (answer.status_code, b'class="error-page"' in answer.content) == (500, True)


def test_a_broken_build_leaves_a_sentence_in_both_languages(
    settings: Settings, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DjangoViteAssetLoader, "_instance", None)
    settings.DJANGO_VITE = {"default": {**settings.DJANGO_VITE["default"], "manifest_path": tmp_path / "none.json"}}
    answer = server_error(RequestFactory().get("/"))
    assert (answer.status_code, answer.content.decode()) == (500, PLAIN)
    assert "저희 쪽에서 오류가 났습니다" in PLAIN
    assert "Something broke on our side." in PLAIN
    assert "style" not in PLAIN
