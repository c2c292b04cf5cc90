"""Why may a device or a gateway not have a key?"""

from django.utils.translation import gettext_lazy as _

from civic.devices.models import Device, DeviceToken
from civic.refusals import Refusal


def why_not_give_key(device: Device | None) -> Refusal | None:
    """A device that is gone does not speak; a gateway may always have one."""
    if device is not None and device.retired_at:
        return Refusal("retired", _("This device is retired."))
    return None


def why_not_revoke_key(token: DeviceToken) -> Refusal | None:
    """A key is revoked once."""
    if token.revoked_at:
        return Refusal("revoked", _("This key no longer works."))
    return None
