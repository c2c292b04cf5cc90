"""What may the staff set for themselves, and what of it is kept?"""

import re
from pathlib import Path

import pytest
import wagtail.admin
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import get_template
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


def test_desk_is_paper_by_day_and_by_night_whatever_was_chosen(official: Client) -> None:
    """Night belongs to what is live."""
    official.post("/desk/account/", CHOSEN)
    assert UserProfile.objects.get().theme == "system"
    for kept in ("system", "light", "dark"):
        UserProfile.objects.update(theme=kept)
        page = official.get("/desk/account/").content.decode()
        assert re.findall(r"w-theme-\w+", page[: page.index("<head>")]) == ["w-theme-light"]
        assert '<meta name="color-scheme" content="light">' in page
        assert "theme-theme" not in page


def test_skeleton_of_the_desk_is_wagtails_with_one_theme() -> None:
    """A copy, because its first line is no block: a newer Wagtail's has to be copied anew."""
    ours = Path(get_template("wagtailadmin/skeleton.html").origin.name)
    theirs = Path(wagtail.admin.__file__).parent / "templates/wagtailadmin/skeleton.html"
    assert ours != theirs
    one, other = (path.read_text(encoding="utf-8").splitlines() for path in (ours, theirs))
    assert [line for line in other if line not in one and "{% admin_theme_" not in line and "<title>" not in line] == []
    assert len(one) == len(other) + 1


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
