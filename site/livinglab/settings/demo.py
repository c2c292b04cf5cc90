"""The demonstration: one machine, one address, a clearly marked fiction."""

from .base import *  # noqa: F403 - a settings module is its base plus the difference
from .base import DATA

DEMO = True
HELP_PHONE = "02-0000-0100"
HELP_OFFICE = {"ko": "스마트도시과", "en": "Smart City Division"}
HELP_HOURS = {
    "ko": "평일 9시부터 18시까지 · 동주민센터에서도 도와 드립니다.",
    "en": "Weekdays 9 to 18 · also at the community centre of your dong.",
}
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
OUTBOX_DELIVERY_BACKEND = "civic.outbox.backend.DemoMailbox"  # mail is read at /demo/mail/
FEED_KEPT_DAYS = 1 / 24  # it plays a night every few minutes: seven days would be millions of items


def _secret() -> str:
    """A key of its own for each copy of the demonstration, kept beside its database."""
    from django.core.management.utils import get_random_secret_key

    path = DATA / "secret_key"
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        DATA.chmod(0o700)  # the database in it holds addresses
        path.write_text(get_random_secret_key())
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY = _secret()
