"""Why may this key not speak for that device, and why is its clock not believed?"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from civic.clocks.deadlines import SEOUL
from civic.devices.models import Device, DeviceToken
from civic.refusals import Refusal

UNKNOWN = Refusal("unknown_device", _("There is no such device."), 404)
NOT_YOURS = Refusal("not_yours", _("This key does not speak for that device."), 403)
TOO_OLD = Refusal("before_installed", _("This reading is older than the device."), 422)
RETIRED = Refusal("retired", _("This device is retired."))


def why_not_speak_for(token: DeviceToken, device: Device | None) -> Refusal | None:
    """A device speaks for itself, a gateway for the devices of its district. Strangers learn nothing of others."""
    if device is None:
        return UNKNOWN
    own = device.district_id == token.gateway.district_id if token.gateway else device.pk == token.device_id
    if not own:
        return NOT_YOURS
    return RETIRED if device.retired_at else None


def why_not_believe(t: datetime, installed_year: int | None, now: datetime) -> Refusal | None:
    """A clock that says a year before the lamp stood was never set; a year still to come is the list's mistake."""
    if installed_year is None or installed_year > now.astimezone(SEOUL).year:
        return None
    return TOO_OLD if t.astimezone(SEOUL).year < installed_year else None
