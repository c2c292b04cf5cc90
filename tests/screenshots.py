"""What does it look like today? `make screenshots` takes the README's pictures from the demonstration."""

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.journeys.pages import address
from tests.live import Site, chromium, running_site

OUT = Path(__file__).parents[1] / "site" / "screenshots"
SHOTS = [
    ("home-1280", "/", 1280, 900),
    ("proposals-1280", "/proposals/", 1280, 900),
    ("proposal-1280", "state=adopted", 1280, 900),
    ("live-1280", "/live/", 1280, 900),
    ("pilot-1280", "/pilots/a/", 1280, 900),
    ("result-1280", "/votes/demo-closed/result/", 1280, 900),
    ("home-375", "/en/", 375, 812),
    ("report-375", "/l/11200-19-12-20/", 375, 812),
    ("proposal-375", "state=open", 375, 812),
]


def main() -> None:
    """Write one PNG for each line of SHOTS."""
    OUT.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_site(Path(folder)) as site,
        night(site),
        chromium() as browser,
    ):
        for name, path, width, height in SHOTS:
            context = browser.new_context(viewport={"width": width, "height": height}, locale="ko-KR")  # type: ignore[attr-defined]  # playwright is imported late
            page = context.new_page()
            page.goto(site.url + address(page, site, path))
            page.wait_for_load_state("networkidle")
            page.screenshot(path=str(OUT / f"{name}.png"))
            context.close()


@contextmanager
def night(site: Site) -> Iterator[None]:
    """A night that is played until the pictures are taken, from when the lamps are lit."""
    words = [sys.executable, "-m", "livinglab", "simulate", "--seed", "1", "--realtime", "--url", site.url]
    play = subprocess.Popen(words, env=dict(site.environment), stdout=subprocess.DEVNULL)
    try:
        _await_light(site, time.monotonic() + 170)  # a night lasts three minutes
        yield
    finally:
        play.terminate()
        play.wait(30)


def _await_light(site: Site, end: float) -> None:
    while time.monotonic() < end:
        with urlopen(f"{site.url}/en/live/") as page:
            found = re.search(r"<h1[^>]*>.*?([\d,]{5,}).*?</h1>", page.read().decode(), re.S)
        if found and int(found[1].replace(",", "")) > 7_000:
            return
        time.sleep(2)
    raise SystemExit("The lamps of the played night are not lit.")


if __name__ == "__main__":
    main()
