"""How do tests get lamps in the street? By the lists that districts publish, and readings of their gateway."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from civic.devices.actions import import_lights, issue_device_token, take_readings
from civic.devices.actions.lights import Report
from civic.devices.models import DeviceToken
from civic.devices.official_list import read_list
from civic.devices.reading import reading
from civic.feed.numbering import number_items
from civic.places.models import District
from tests.making import NOON

LISTS = Path(__file__).parents[1] / "fixtures" / "data" / "lights"
REAL = {"11200": "seongdong-20210930.csv", "11530": "guro-20220531.csv"}


def import_real(code: str) -> Report:
    """The whole published list of a district."""
    listed = read_list((LISTS / REAL[code]).read_bytes())
    return import_lights(district=District.objects.get(code=code), listed=listed, at=NOON)


def import_rows(*rows: str, header: str, code: str = "11200") -> Report:
    """A list of a few rows."""
    listed = read_list("\n".join([header, *rows]).encode())
    return import_lights(district=District.objects.get(code=code), listed=listed, at=NOON)


def gateway(code: str = "11200") -> DeviceToken:
    """Who may speak for a district's lamps."""
    issue_device_token(district=District.objects.get(code=code), at=NOON)
    return DeviceToken.objects.select_related("device", "gateway").latest("pk")


def switch(by: DeviceToken, tags: Iterable[str], power: str, *, at: datetime = NOON) -> None:
    """Lamps say that they are on or off, and the feed has it."""
    said = [{"device": tag, "mid": f"{at:%s}{power}", "t": at.isoformat(), "v": {"powerState": power}} for tag in tags]
    take_readings(by=by, readings=[(n, reading(item)) for n, item in enumerate(said)], at=at)
    number_items()
