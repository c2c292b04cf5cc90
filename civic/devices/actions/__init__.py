"""What can be done to devices? Lists are imported, keys are given, readings are taken, lamps are arranged."""

from .circuits import connect_lamps, disconnect_lamps, place_cabinet, set_rated_power, set_report_interval
from .keys import issue_device_token, revoke_device_token
from .lights import import_lights, replace_lights
from .readings import take_readings

__all__ = [
    "connect_lamps",
    "disconnect_lamps",
    "import_lights",
    "issue_device_token",
    "place_cabinet",
    "replace_lights",
    "revoke_device_token",
    "set_rated_power",
    "set_report_interval",
    "take_readings",
]
