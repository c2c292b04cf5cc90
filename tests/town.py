"""A real OpenID Connect provider on a free loopback port, in a process of its own: allauth's, with six people.

`python tests/town.py PORT` is the process; `town()` starts it, `signed_in_there()` is somebody's browser at its pages.
"""

import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

PASSWORD = "of-the-town"
CLIENT, SECRET = "living-lab", "between-the-two-of-us"
ASKING = "living-lab-that-is-asked"  # the same, at which people are asked before anything is told
RETURNS = ("oidc/town/login/callback/", "oidc/identity/login/callback/")
_UP_WITHIN = 60  # seconds
# user name: address, whether the provider confirmed it, name and day of birth as on a card
PEOPLE = {
    "haneul": ("haneul@town.example", True, "김하늘", "1990-01-02"),
    "bada": ("", False, "이바다", "1985-05-06"),  # lets nobody have an address
    "byeol": ("byeol@town.example", False, "박별", "1979-11-30"),
    "jimin": ("jimin@example.org", True, "최지민", "2001-03-04"),  # whose address has an account with us already
    "namu": ("namu@town.example", True, "정나무", "1960"),  # of whom the provider knows the year alone
    "namu2": ("", False, "정나무", "1960"),  # the same person, once more
    "haneul2": ("", False, "김하늘", "1990-01-02"),  # likewise
    "garam": ("garam@town.example", True, "한가람", "1995-07-08"),
}


@contextmanager
def town(port: int) -> Iterator[str]:
    """Serve the provider until the block ends; yields its address."""
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="livinglab-town-") as folder:
        log = Path(folder, "log")
        with log.open("wb") as output:
            command = [sys.executable, __file__, str(port), folder]
            process = subprocess.Popen(command, stdout=output, stderr=output, cwd=folder)
        try:
            _await(f"{address}/.well-known/openid-configuration", process, log)
            yield address
        finally:
            process.terminate()
            process.wait(10)


def environment(address: str, client: str = CLIENT) -> dict[str, str]:
    """How an installation is told of it, as a provider to sign in with and as one that says who somebody is."""
    told = {"CLIENT_ID": client, "CLIENT_SECRET": SECRET, "ISSUER": address}
    return {
        "OIDC_PROVIDERS": "town",
        **{f"OIDC_TOWN_{name}": value for name, value in {**told, "NAME": "Town"}.items()},
        **{f"IDENTITY_{name}": value for name, value in {**told, "NAME": "Town ID"}.items()},
    }


def signed_in_there(leaving: str, who: str, password: str = PASSWORD) -> str:
    """Follow the page that leads to the provider, sign in there; the address at which the person comes back."""
    import requests  # allauth's own client

    browser = requests.Session()
    answer = browser.get(leaving, timeout=20)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.text)
    assert token, answer.text
    typed = {"login": who, "password": password, "csrfmiddlewaretoken": token[1]}
    answer = browser.post(answer.url, data=typed, allow_redirects=False, timeout=20)
    while "Location" in answer.headers:
        following = urljoin(answer.url, answer.headers["Location"])
        if urlsplit(following).netloc != urlsplit(leaving).netloc:
            return following
        answer = browser.get(following, allow_redirects=False, timeout=20)
    raise AssertionError(answer.text)


def _await(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _UP_WITHIN
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            pass  # not yet
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"{address} does not answer:\n{log.read_text(errors='replace')}")
        time.sleep(0.1)


# --- the process ----------------------------------------------------------------------------

urlpatterns: list[object] = []


def serve(port: int, folder: str) -> None:
    """Settings, tables, people, one client twice, and the pages, until somebody ends the process."""
    _configure(folder)
    import django  # only once it has settings

    django.setup()
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from django.urls import include, path

    urlpatterns.extend([path("", include("allauth.idp.urls")), path("accounts/", include("allauth.urls"))])
    call_command("migrate", verbosity=0)
    _fill()
    _serve(port, get_wsgi_application())


def _configure(folder: str) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from django.conf import settings

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    of_django = ("contenttypes", "auth", "sessions", "messages")
    processors = ("django.template.context_processors.request", "django.contrib.auth.context_processors.auth")
    settings.configure(
        SECRET_KEY="of-the-town-alone",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder}/town.sqlite3"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[
            *(f"django.contrib.{app}" for app in of_django),
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": list(processors)},
            }
        ],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],  # it guards nothing
        # Cookies of one host are shared by all its ports: the lab's must not be overwritten.
        SESSION_COOKIE_NAME="town_session",
        CSRF_COOKIE_NAME="town_csrf",
        ACCOUNT_LOGIN_METHODS={"username"},
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_RATE_LIMITS=False,
        IDP_OIDC_ADAPTER=f"{__name__}.adapter",
        IDP_OIDC_PRIVATE_KEY=key.private_bytes(*form).decode(),
        USE_TZ=True,
    )


def adapter(request: object = None) -> object:
    """What the provider tells: with `profile` a name, a day of birth and a DI, one for all accounts of a person."""
    from hashlib import sha256

    from allauth.idp.oidc.adapter import DefaultOIDCAdapter

    class Town(DefaultOIDCAdapter):
        def get_claims(self, purpose, user, client, scopes, email=None, **more):
            claims = super().get_claims(purpose, user, client, scopes, email, **more)
            if "profile" in scopes:
                _address, _confirmed, name, born = PEOPLE[user.username]
                claims |= {"name": name, "birthdate": born, "di": sha256(name.encode()).hexdigest()}
            return claims

    return Town(request)


def _fill() -> None:
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User

    for who, (address, confirmed, _name, _born) in PEOPLE.items():
        user = User.objects.create_user(who, address, PASSWORD)
        if address:
            EmailAddress.objects.create(user=user, email=address, verified=confirmed, primary=True)
    hosts = ("http://testserver", "http://127.0.0.1")  # of a loopback address the port is free (RFC 8252, 7.3)
    for name, skips in ((CLIENT, True), (ASKING, False)):
        client = Client(id=name, name="Living lab", skip_consent=skips)
        client.set_redirect_uris(
            [f"{host}{to}/accounts/{way}" for host in hosts for to in ("", "/en") for way in RETURNS]
        )
        client.set_scopes(["openid", "profile", "email"])
        client.set_secret(SECRET)
        client.save()


def _serve(port: int, application: object) -> None:
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIServer, make_server

    class Threads(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    make_server("127.0.0.1", port, application, server_class=Threads).serve_forever()


if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[2])
