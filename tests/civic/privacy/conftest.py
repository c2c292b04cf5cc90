"""Where is written down who left? In a file of each test's own."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def destroyed_log(tmp_path: Path, settings: Settings) -> Path:
    settings.DESTROYED_LOG = tmp_path / "destroyed.log"
    return settings.DESTROYED_LOG
