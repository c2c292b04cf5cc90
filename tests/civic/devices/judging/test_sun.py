"""Does a lamp go by the sun over its own district? Against a year of sun times computed by another library too."""

import csv
from datetime import datetime, timedelta

import pytest
from django.conf import settings

from civic.devices.judging.sun import SEOUL, Sky

SEONGDONG = Sky(37.5505, 127.0409)


def test_year_of_verdicts_agrees_with_the_table():
    wrong = []
    path = settings.FIXTURES / "data" / "solar" / "seongdong-2026-sun-kst.csv"
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        rise, set_ = (
            datetime.fromisoformat(f"{row['date']}T{row[name]}").replace(tzinfo=SEOUL)
            for name in ("ephem_sunrise", "ephem_sunset")
        )
        for minutes, before_dawn, after_dawn in ((46, True, False), (44, None, None)):
            gap = timedelta(minutes=minutes)
            moments = [rise - gap, rise + gap, set_ - gap, set_ + gap]
            verdicts = [SEONGDONG.wants_light(moment) for moment in moments]
            if verdicts != [before_dawn, after_dawn, after_dawn, before_dawn]:
                wrong.append((row["date"], minutes, verdicts))
    assert wrong == []


@pytest.mark.parametrize(("clock", "verdict"), [("00:00", True), ("12:00", False), ("23:59", True), ("19:00", None)])
def test_lamp_at_midsummer(clock, verdict):
    at = datetime.fromisoformat(f"2026-06-21T{clock}").replace(tzinfo=SEOUL)
    assert SEONGDONG.wants_light(at + timedelta(minutes=50 if verdict is None else 0)) is verdict
