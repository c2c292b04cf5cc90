"""Should a lamp be lit at this moment? By the sun over its own district; pure.

Seoul switched at sunset +15 and sunrise -15 minutes until 2017 and by about 30 lux since: within another half hour
of that there is no verdict.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from astral import Observer
from astral.sun import sunrise, sunset

SEOUL = ZoneInfo("Asia/Seoul")
UNSURE = timedelta(minutes=45)  # after sunset and before sunrise, and on their other sides


@dataclass(frozen=True)
class Sky:
    """The sky over a place, WGS84 degrees; for a district the middle of it: its far end is 20 s away."""

    lat: float
    lon: float

    def wants_light(self, at: datetime) -> bool | None:
        """True in the night, False by day, None in the grey zone between them."""
        rise, set_ = _sun(self.lat, self.lon, at.astimezone(SEOUL).date())
        if rise + UNSURE <= at <= set_ - UNSURE:
            return False
        if at <= rise - UNSURE or at >= set_ + UNSURE:
            return True
        return None

    def night(self, at: datetime) -> tuple[datetime, datetime]:
        """Sunset and sunrise of the night in which this moment lies, or by day of the one that comes."""
        day = at.astimezone(SEOUL).date()
        rise, set_ = _sun(self.lat, self.lon, day)
        if at < rise:
            return _sun(self.lat, self.lon, day - timedelta(days=1))[1], rise
        return set_, _sun(self.lat, self.lon, day + timedelta(days=1))[0]


@lru_cache(maxsize=64)
def _sun(lat: float, lon: float, day: date) -> tuple[datetime, datetime]:
    """Sunrise and sunset of a local day, in UTC."""
    where = Observer(lat, lon)
    return sunrise(where, day, tzinfo=SEOUL).astimezone(UTC), sunset(where, day, tzinfo=SEOUL).astimezone(UTC)
