"""Which browser is this, in words that its owner knows? Pure: what a browser says of itself in, two words out."""

from typing import Final

from django.utils.translation import gettext as _

# The first that fits: most browsers also name those they come from.
BROWSERS: Final = (
    ("Whale/", "Whale"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("KAKAOTALK", "KakaoTalk"),
    ("NAVER(", "NAVER"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def described(user_agent: str) -> str:
    """Such as `Chrome · Windows`."""
    browser, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    return " · ".join(filter(None, (browser, system))) or _("Unknown browser")


def _first(table: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for sign, name in table if sign in user_agent), "")
