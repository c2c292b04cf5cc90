"""What can be done to devices? Lists are imported, keys are given, readings are taken."""

from .keys import issue_device_token, revoke_device_token
from .lights import import_lights
from .readings import take_readings

__all__ = ["import_lights", "issue_device_token", "revoke_device_token", "take_readings"]
