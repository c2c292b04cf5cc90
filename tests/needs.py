"""Which programs do the tests need, and what installs a missing one? Debian's apt as root; else one sentence."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

from tests.services import postgresql_program


def _korean_font() -> bool:
    fonts = subprocess.run(["fc-list", ":lang=ko"], capture_output=True, text=True) if shutil.which("fc-list") else None
    return bool(fonts and fonts.stdout.strip())


# Debian package -> is what it brings there?
NEEDS: dict[str, Callable[[], object]] = {
    "postgresql": lambda: postgresql_program("postgres"),
    "redis-server": lambda: shutil.which("redis-server"),
    "chromium": lambda: shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"),
    "gettext": lambda: shutil.which("msgfmt"),
    "nginx-light": lambda: shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin"),
    "fontconfig": lambda: shutil.which("fc-list"),
    "fonts-nanum": _korean_font,
}


def provide() -> None:
    """See that everything is there; install it or leave with one sentence that says what to install."""
    absent = [package for package, there in NEEDS.items() if not there()]
    if absent and os.geteuid() == 0 and shutil.which("apt-get"):
        _apt_install(absent)
        absent = [package for package in absent if not NEEDS[package]()]
    if absent:
        sys.exit(f"The tests need {', '.join(absent)}: install with `sudo apt-get install {' '.join(absent)}`.")


def _apt_install(packages: list[str]) -> None:
    print(f"installing with apt-get: {' '.join(packages)}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], env=quiet, stdout=subprocess.DEVNULL)
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    subprocess.run(install, env=quiet, stdout=subprocess.DEVNULL)
