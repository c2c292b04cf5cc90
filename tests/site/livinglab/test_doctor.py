"""Does the doctor find what is broken, and say what mends it?"""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from civic.clocks.now import database_now
from civic.devices.models import DeviceToken, Gateway
from civic.feed.models import SetAside
from civic.feed.write import append
from civic.ledger import triggers
from civic.outbox.actions import queue_message
from civic.outbox.models import Message
from civic.outbox.queries import MOST_ATTEMPTS
from civic.people.models import Department, Route
from livinglab import doctor
from livinglab.doctor import examine
from tests.lamps import gateway

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _built(tmp_path: Path, settings: Settings) -> None:
    """Static files as after `make build` and `livinglab collectstatic`."""
    for name in ("manifest.json", "static/staticfiles.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    settings.STATIC_ROOT = tmp_path / "static"
    settings.DJANGO_VITE = {"default": {**settings.DJANGO_VITE["default"], "manifest_path": tmp_path / "manifest.json"}}


def _broken() -> dict[str, str]:
    return {finding.name: finding.sentence for finding in examine() if not finding.ok}


def test_doctor_of_a_sound_installation_finds_nothing() -> None:
    assert _broken() == {}


def test_doctor_names_everything_it_looked_at() -> None:
    names = ["database", "migrations", "ledger", "feed", "reactions", "set aside", "outbox", "cache", "departments"]
    assert [finding.name for finding in examine()] == [
        *names,
        "gateways",
        "privacy policy",
        "erasures",
        "static files",
        "media",
        "settings",
        "help line",
    ]


def test_doctor_without_a_trigger_says_how_to_mend_it() -> None:
    trigger = {"sqlite": "civic_entry_no_delete", "postgresql": "civic_entry_no_change"}[connection.vendor]
    on = " ON civic_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {trigger}{on}")

    assert _broken() == {"ledger": f"Missing triggers: {trigger}. Run `livinglab doctor --mend`."}
    call_command("doctor", "--mend", verbosity=0)
    assert triggers.missing(connection) == set()


def test_doctor_with_an_item_that_waits_names_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "PATIENCE", 0.2)
    append(key="thing:1", kind="Something", at=database_now(), state={}, audience="public")
    assert list(_broken()) == ["feed"]


def test_doctor_shows_items_set_aside() -> None:
    SetAside.objects.create(
        consumer="somebody", item_seq=1, kind="Something", key="thing:1", error="no", at=database_now()
    )
    assert list(_broken()) == ["set aside"]


def test_doctor_shows_mail_that_does_not_leave() -> None:
    old = database_now() - timedelta(minutes=5)
    queue_message(sender="a@example.org", recipient="b@example.org", subject="s", body="b", at=old)
    assert list(_broken()) == ["outbox"]


def test_doctor_gets_over_one_mistyped_address() -> None:
    old = database_now() - timedelta(days=4)
    message = queue_message(sender="a@example.org", recipient="mistyped@example.org", subject="s", body="b", at=old)
    Message.objects.filter(pk=message.pk).update(attempts=MOST_ATTEMPTS, error="no such mailbox")
    assert _broken() == {}
    [outbox] = [finding.sentence for finding in examine() if finding.name == "outbox"]
    assert outbox == "0 messages wait, 1 were given up in the last 30 days."


def test_doctor_names_a_gateway_that_brings_nothing() -> None:
    by, at = gateway(), database_now()
    Gateway.objects.update(heard_at=at - timedelta(hours=27))
    assert "Silent: 성동구 since" in _broken()["gateways"]
    Gateway.objects.update(heard_at=at)
    assert "gateways" not in _broken()
    DeviceToken.objects.filter(pk=by.pk).update(revoked_at=at)
    Gateway.objects.update(heard_at=at - timedelta(hours=27))
    assert "gateways" not in _broken()


def test_doctor_without_static_files_says_which_step_is_missing(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "elsewhere"
    assert _broken() == {"static files": "They are not collected: run `livinglab collectstatic`."}


def test_doctor_as_json_exits_with_1_when_something_failed(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.STATIC_ROOT = tmp_path / "elsewhere"
    with pytest.raises(SystemExit) as left:
        call_command("doctor", "--json")
    findings = json.loads(capsys.readouterr().out)
    assert left.value.code == 1
    assert [finding["name"] for finding in findings if not finding["ok"]] == ["static files"]


def test_doctor_in_lines_tells_ok_from_failed(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("doctor")
    lines = capsys.readouterr().out.splitlines()
    assert lines[2] == "ok     ledger       Its triggers stand."


def test_doctor_of_an_installation_that_names_nobody_to_call_says_what_to_set(settings: Settings) -> None:
    settings.DEMO, settings.HELP_PHONE = False, ""

    assert _broken()["help line"] == "Pages name nobody: set HELP_PHONE, HELP_OFFICE."


def test_doctor_names_a_district_without_departments() -> None:
    Route.objects.all().delete()
    Department.objects.filter(district="11530").update(closed_at=database_now())

    assert _broken()["departments"].startswith("None in 구로구: ")


def test_doctor_leaves_out_what_the_settings_silence_with_a_reason(settings: Settings) -> None:
    settings.DEMO, settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_PRELOAD = False, 3600, False
    settings.SILENCED_SYSTEM_CHECKS = []
    assert "security.W021" in _broken()["settings"]

    settings.SILENCED_SYSTEM_CHECKS = ["security.W021"]
    assert "security.W021" not in _broken().get("settings", "")
