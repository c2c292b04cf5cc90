"""Why may the lamps of a district not be arranged so: how often they report, what they draw, on which cabinet?"""

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from civic.devices.models import Device, Kind
from civic.people.models import Person
from civic.people.roles import district_scope
from civic.people.rules import may
from civic.places.models import Dong
from civic.refusals import Refusal

INTERVAL = (10, 86_400)  # seconds: a lamp that reports less often than daily is watched by its neighbours
WATTS = (1, 2_000)  # of a security light: 20 W LED to 400 W sodium
MOST_LAMPS = 1_000  # in one act
_REST_OF_TAG = re.compile(r"[\w-]{1,40}\Z")


def why_not_arrange(by: Person | None, district: str, devices: Sequence[Device]) -> Refusal | None:
    """Officials and administrators of the district, or the installation itself; devices in service, all of it."""
    if by is not None and not may(by, "arrange_lamps", district_scope(district)):
        return Refusal("not_official", _("Only officials of this district may do this."), 403)
    if not 1 <= len(devices) <= MOST_LAMPS:
        return Refusal("too_many", _("Choose 1 to 1,000 devices at once."), 422)
    if any(device.district_id != district for device in devices):
        return Refusal("other_district", _("All devices must stand in the same district."), 422)
    if any(device.retired_at for device in devices):
        return Refusal("retired", _("This device is retired."))
    return None


def why_not_expect(seconds: int | None) -> Refusal | None:
    """An interval that makes sense, or none."""
    if seconds is not None and not INTERVAL[0] <= seconds <= INTERVAL[1]:
        return Refusal("not_an_interval", _("An interval has 10 to 86,400 seconds."), 422, "seconds")
    return None


def why_not_rate(watts: int | None) -> Refusal | None:
    """A power that a lamp can have, or none."""
    if watts is not None and not WATTS[0] <= watts <= WATTS[1]:
        return Refusal("not_a_power", _("A lamp has 1 to 2,000 watts."), 422, "watts")
    return None


def why_not_place_cabinet(by: Person | None, district: str, tag: str, dong: Dong | None) -> Refusal | None:
    """A tag of this district that nobody bears, in a dong of this district where one is named."""
    if by is not None and not may(by, "arrange_lamps", district_scope(district)):
        return Refusal("not_official", _("Only officials of this district may do this."), 403)
    if not tag.startswith(f"{district}-") or not _REST_OF_TAG.match(tag.removeprefix(f"{district}-")):
        return Refusal("not_a_tag", _("A tag is the district's code, a hyphen, and letters, digits or hyphens."), 422)
    if Device.objects.filter(tag=tag).exists():
        return Refusal("tag_taken", _("Another device bears this tag."))
    if dong is not None and dong.district_id != district:
        return Refusal("other_district", _("All devices must stand in the same district."), 422)
    return None


def why_not_connect(cabinet: Device, lamps: Sequence[Device]) -> Refusal | None:
    """Lamps hang on a cabinet in service; a cabinet hangs on nothing."""
    if cabinet.kind != Kind.CABINET or cabinet.retired_at:
        return Refusal("not_a_cabinet", _("Lamps can only hang on a cabinet in service."), 422)
    if any(lamp.kind != Kind.STREETLIGHT for lamp in lamps):
        return Refusal("not_a_lamp", _("Only lamps can hang on a cabinet."), 422)
    return None
