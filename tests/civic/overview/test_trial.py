"""The pilot on the front door: its hours from fault to repair, or nothing at all."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from civic.overview.trial import trial
from civic.pilots.actions import measure_repairs
from tests.pilots import START, make_judging, make_measured, make_repaired

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOW = START + 45 * DAY


def measured(slug, *, first=61, second=38):
    pilot, lamp = make_measured(slug=slug)
    for hours, day in ((first, 3), (second, 40)):
        make_repaired(lamp, START + day * DAY, hours)
    measure_repairs(pilot=pilot, at=NOW)
    return pilot


def test_trial_shows_the_hours_before_the_start_and_since_the_newest_marked():
    measured("a")
    with override("en"):
        found = trial(NOW)
    assert [(float(bar.value), bar.share, bar.newest) for bar in found.bars] == [
        (92, 100, False),
        (61, 66, False),
        (38, 41, True),
    ]
    assert (found.bars[0].when, found.bars[-1].when) == ("Before the start", "Now")
    assert (found.path, found.day, found.n) == ("/en/pilots/a/", 46, 1)


def test_trial_without_measured_repairs_is_none():
    make_judging(slug="b")
    make_measured(slug="c")
    assert trial(NOW) is None


def test_trial_asks_twice_however_many_pilots_there_are():
    measured("a")
    for slug in ("b", "c"):
        measured(slug)
    with CaptureQueriesContext(connection) as seen:
        trial(NOW)
    assert len(seen) == 2
