"""Does production start only when it is whole, and does Django's own look at it find nothing?"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from livinglab.settings.wanting import REQUIRED, wanting

ROOT = Path(__file__).resolve().parents[2]
WHOLE = {
    "SECRET_KEY": "wall-of-a-test-0123456789-" * 3,
    "ALLOWED_HOSTS": "lab.example.go.kr",
    "BASE_URL": "https://lab.example.go.kr",
    "DATABASE_URL": "sqlite:///nowhere/db",
    "LIVINGLAB_DATA": "var",
    "EMAIL_HOST": "127.0.0.1",
    "DEFAULT_FROM_EMAIL": "livinglab@example.org",
    "TRUSTED_PROXIES": "1",
}


def test_whole_environment_wants_nothing():
    assert wanting(WHOLE) == []


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("empty", [None, "", "  "])
def test_what_is_missing_is_named(name, empty):
    rest = {key: value for key, value in WHOLE.items() if key != name} | ({name: empty} if empty is not None else {})
    assert [name in sentence for sentence in wanting(rest)] == [True]


def test_all_that_is_missing_is_named_at_once():
    assert len(wanting({})) == len(REQUIRED)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY_FALLBACKS", "short"),
        ("SECRET_KEY_FALLBACKS", "one-before-0123456789-" * 3 + "," + "a" * 60),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "lab.example.go.kr,*"),
        ("ALLOWED_HOSTS", "*.go.kr"),
        ("BASE_URL", "http://lab.example.go.kr"),
        ("BASE_URL", "lab.example.go.kr"),
        ("TRUSTED_PROXIES", "one"),
        ("TRUSTED_PROXIES", "-1"),
        ("CLOCK_OFFSET", "60"),
        ("CLOCK_OFFSET", "later"),
        ("EMAIL_HOST_USER", "livinglab"),
        ("EMAIL_HOST_PASSWORD", "word"),
    ],
)
def test_what_does_not_do_is_named(name, value):
    said = wanting(WHOLE | {name: value})
    assert len(said) == 1
    assert name in said[0]


def test_host_of_one_machine_needs_no_certificate():
    assert wanting(WHOLE | {"BASE_URL": "http://127.0.0.1:8000"}) == []


def test_production_does_not_start_and_says_by_which_names(tmp_path):
    told = run("check", environment=WHOLE | {"SECRET_KEY": "short", "BASE_URL": ""}, data=tmp_path)
    assert told.returncode != 0
    assert "SECRET_KEY needs" in told.stderr
    assert "BASE_URL is not set" in told.stderr
    assert "short" not in told.stderr.replace("SECRET_KEY", "")  # the value itself is nobody's business


def test_check_deploy_finds_nothing(tmp_path):
    told = run("check", "--deploy", "--fail-level", "INFO", environment=WHOLE, data=tmp_path)
    assert (told.returncode, "no issues" in told.stdout) == (0, True), told.stdout + told.stderr


def test_earlier_keys_are_named_in_the_environment(tmp_path):
    keys = ("earlier-key-0123456789-" * 3, "one-before-0123456789-" * 3)
    earlier = {"SECRET_KEY_FALLBACKS": ",".join(keys)}
    words = "from django.conf import settings as s; print(*s.SECRET_KEY_FALLBACKS, len(s.SECRET_KEY_FALLBACKS))"
    for given, seen in ((earlier, f"{keys[0]} {keys[1]} 2"), ({}, "0")):
        told = run("shell", "--no-imports", "-c", words, environment=WHOLE | given, data=tmp_path)
        assert told.stdout.strip() == seen, told.stderr


def test_production_binds_cookies_to_host_and_tls(tmp_path):
    words = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.DEBUG, s.DEMO,"
    words += " s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS >= 31536000)"
    told = run("shell", "--no-imports", "-c", words, environment=WHOLE, data=tmp_path)
    assert told.stdout.split() == ["__Host-sessionid", "__Host-csrftoken", "False", "False", *["True"] * 4], told.stderr


def test_answer_over_tls_keeps_browsers_at_tls(tmp_path):
    words = "from django.test import Client; a = Client(headers={'host': 'lab.example.go.kr'});"
    words += " print(a.get('/robots.txt', secure=True)['Strict-Transport-Security']); b = a.get('/robots.txt');"
    words += " print(b.status_code, b['Location'])"
    told = run("shell", "--no-imports", "-c", words, environment=WHOLE | {"TRUSTED_PROXIES": "0"}, data=tmp_path)
    assert told.stdout.splitlines() == [
        "max-age=31536000; includeSubDomains",
        "301 https://lab.example.go.kr/robots.txt",
    ], told.stderr


SERVERS = {
    "uvicorn.error": "import uvicorn; uvicorn.Config('livinglab.asgi:application', log_level='warning').load()",
    "_granian": "from granian import log; log.configure_logging(log.LogLevels.info); import livinglab.wsgi",
}


@pytest.mark.parametrize("logger", SERVERS)
def test_servers_that_serve_the_site_mask_what_they_log(tmp_path, logger):
    """Each sets up its log and then loads the site, as here."""
    earlier = "one-before-0123456789-" * 3
    words = f"{SERVERS[logger]}; import logging; logging.getLogger('{logger}').error('it broke for %s', '{earlier}')"
    environment = WHOLE | {"SECRET_KEY_FALLBACKS": f"{'older-still-0123456789-' * 3},{earlier}"}
    told = python("-c", words, environment=environment, data=tmp_path)
    assert (told.stdout, told.stderr.count(f"{logger} it broke for ***"), earlier in told.stderr) == ("", 1, False)


def run(*words: str, environment: Mapping[str, str], data: Path) -> subprocess.CompletedProcess[str]:
    return python(str(ROOT / "site" / "manage.py"), *words, environment=environment, data=data)


def python(*words: str, environment: Mapping[str, str], data: Path) -> subprocess.CompletedProcess[str]:
    bare = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "livinglab.settings.production"}
    here = {"DATABASE_URL": f"sqlite:///{data}/db", "LIVINGLAB_DATA": str(data)}
    return subprocess.run(
        [sys.executable, *words],
        env=bare | environment | here,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
