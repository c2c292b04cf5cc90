"""What may the staff set for themselves, and what of it is kept?"""

from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from civic.clocks.now import database_now
from civic.people.actions import drop_factors
from civic.people.models import Person
from tests.security.test_uploads import jpeg

pytestmark = pytest.mark.django_db
CHOSEN = {
    "locale-preferred_language": "en",
    "theme-theme": "dark",
    "theme-contrast": "more_contrast",
    "theme-density": "default",
}


def test_picture_of_oneself_is_neither_asked_for_nor_kept(official: Client) -> None:
    media = Path(settings.MEDIA_ROOT)
    before = sorted(media.rglob("*"))
    assert b'type="file"' not in official.get("/desk/account/").content
    sent = SimpleUploadedFile("홍길동.jpg", jpeg() + b"<script>")
    official.post("/desk/account/", CHOSEN | {"avatar-avatar": sent})
    assert not UserProfile.objects.exclude(avatar="").exists()
    assert sorted(media.rglob("*")) == before


def test_language_is_kept_and_no_log_holds_the_name_of_who_chose_it(official: Client) -> None:
    answer = official.post("/desk/account/", CHOSEN)
    assert answer.status_code == 302
    profile = UserProfile.objects.get()
    assert (profile.preferred_language, profile.contrast) == ("en", "more_contrast")
    nickname = Person.objects.get(pk=profile.user_id).nickname
    assert not ModelLogEntry.objects.filter(label=nickname).exists()


def test_nobody_is_asked_whether_the_desk_is_paper_or_night(official: Client) -> None:
    page = official.get("/desk/account/").content.decode()
    assert "theme-theme" not in page
    assert "cms/paper" in page[: page.index("</head>")]  # tests/journeys/test_offices.py looks at what it does


def test_nobody_is_asked_for_a_name_that_no_table_holds(admin: Client) -> None:
    asked = admin.get("/desk/account/").content.decode()
    assert "first_name" not in asked
    assert "last_name" not in asked
    assert "preferred_language" in asked


def test_page_stays_behind_the_doors_of_the_desk(resident: Client) -> None:
    assert Client().get("/desk/account/").status_code == 302
    assert resident.get("/desk/account/").status_code in (302, 403)


def test_session_stays_in_the_list_of_its_owner_and_ends_with_all_others(official: Client) -> None:
    """Wagtail gives it a new key, because it takes a new password for possible."""
    person = Person.objects.get(pk=official.session["_auth_user_id"])
    row = UserSession.objects.create(user=person, ip="192.0.2.7", session_key=official.session.session_key)
    official.post("/desk/account/", CHOSEN)
    assert official.session.session_key != row.session_key
    assert UserSession.objects.filter(session_key=official.session.session_key).count() == 1
    drop_factors(person=person, at=database_now())
    assert official.get("/me/").status_code == 302
