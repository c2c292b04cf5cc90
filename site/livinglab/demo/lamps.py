"""The demonstration's lamps: the lists that two districts published, taken over as `livinglab import_lights` does."""

from datetime import datetime

from django.conf import settings

from civic.devices.actions.lights import import_lights
from civic.devices.official_list import read_list
from civic.places.models import District

LISTS = {"11200": "seongdong-20210930.csv", "11530": "guro-20220531.csv"}


def tell_lamps(*, at: datetime) -> None:
    """Every lamp of both districts stands in the books from `at`."""
    for code, name in LISTS.items():
        listed = read_list((settings.FIXTURES / "data" / "lights" / name).read_bytes())
        import_lights(district=District.objects.get(code=code), listed=listed, at=at)
