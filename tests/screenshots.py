"""What does it look like today? `make screenshots` takes the README's pictures from the demonstration."""

import tempfile
from pathlib import Path

from tests.journeys.pages import address
from tests.live import chromium, running_site

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
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as site, chromium() as browser:
        for name, path, width, height in SHOTS:
            context = browser.new_context(viewport={"width": width, "height": height}, locale="ko-KR")  # type: ignore[attr-defined]  # playwright is imported late
            page = context.new_page()
            page.goto(site.url + address(page, site, path))
            page.wait_for_load_state("networkidle")
            page.screenshot(path=str(OUT / f"{name}.png"))
            context.close()


if __name__ == "__main__":
    main()
