"""What keeps production from starting? Sentences, each by the name of what is missing or does not do; pure."""

from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from .signing_in import HERE

REQUIRED: Final = (
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "LIVINGLAB_DATA",
    "BASE_URL",
    "EMAIL_HOST",
    "DEFAULT_FROM_EMAIL",
    "TRUSTED_PROXIES",  # in front, 0 where none stands: with 0 behind one, all visitors share one limit
)
# Names that come together or not at all: with one of them missing a door would stand there and not open.
PAIRS: Final[tuple[tuple[str, ...], ...]] = (("EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD"),)
SHORTEST_KEY: Final = 50  # characters, as Django's own check has it
FEWEST_SIGNS: Final = 5  # different ones


def wanting(environment: Mapping[str, str]) -> list[str]:
    """Everything that is wrong at once, so that nobody mends it name by name; empty where production may start."""
    given = {name: value for name, value in environment.items() if value.strip()}
    return [*_missing(given), *_halves(given), *_unfit(given)]


def _missing(given: Mapping[str, str]) -> Iterator[str]:
    for name in REQUIRED:
        if name not in given:
            yield f"{name} is not set: production does not start without it."


def _halves(given: Mapping[str, str]) -> Iterator[str]:
    for pair in PAIRS:
        here = [name for name in pair if name in given]
        for name in pair:
            if here and name not in given:
                yield f"{name} is not set, and {here[0]} is: they come together or not at all."


def _unfit(given: Mapping[str, str]) -> Iterator[str]:
    if given.get("CLOCK_OFFSET", "0").strip("0.") != "":
        yield "CLOCK_OFFSET is for demonstrations and tests: production refuses to start with it."
    if "SECRET_KEY" in given and _is_weak(given["SECRET_KEY"]):
        yield f"SECRET_KEY needs {SHORTEST_KEY} random characters: `openssl rand -base64 48` makes them."
    if any(map(_is_weak, filter(None, given.get("SECRET_KEY_FALLBACKS", "").split(",")))):
        yield f"SECRET_KEY_FALLBACKS names one of fewer than {SHORTEST_KEY} random characters, and each still signs."
    if any(host.strip().startswith("*") for host in given.get("ALLOWED_HOSTS", "").split(",")):
        yield "ALLOWED_HOSTS may not be *: any page could open sockets, and links in mails lead where a stranger says."
    yield from _unfit_address(given)
    if not given.get("TRUSTED_PROXIES", "0").isdigit():
        yield "TRUSTED_PROXIES is a number: how many proxies stand in front, 0 for none."


def _is_weak(key: str) -> bool:
    return len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_SIGNS


def _unfit_address(given: Mapping[str, str]) -> Iterator[str]:
    """Without TLS passwords cross the network as they are; on this machine itself there is no network."""
    address = urlsplit(given.get("BASE_URL", "https://of.example"))
    if address.scheme not in ("http", "https") or not address.hostname:
        yield "BASE_URL is an address, such as https://lab.example.go.kr."
    elif address.scheme == "http" and address.hostname not in HERE:
        yield "BASE_URL must begin with https://: without TLS passwords cross the network as they are."
