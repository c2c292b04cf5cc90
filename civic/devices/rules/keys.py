"""Why may a device or a gateway not have a key?"""

from django.utils.translation import gettext_lazy as _

from civic.devices.models import Device, DeviceToken
from civic.people.models import Person
from civic.people.roles import district_scope
from civic.people.rules import may
from civic.refusals import Refusal


def why_not_give_key(device: Device | None) -> Refusal | None:
    """A device that is gone does not speak; a gateway may always have one."""
    if device is not None and device.retired_at:
        return Refusal("retired", _("This device is retired."))
    return None


def why_not_revoke_key(by: Person | None, token: DeviceToken) -> Refusal | None:
    """Officials and administrators of its district, or the installation itself; a key is revoked once."""
    if by is not None and not may(by, "arrange_lamps", district_scope(token.district)):
        return Refusal("not_official", _("Only officials of this district may do this."), 403)
    if token.revoked_at:
        return Refusal("revoked", _("This key no longer works."))
    return None
