"""One example of every action on lamps, their keys and circuits that records a fact; joined in examples.py."""

from collections.abc import Callable
from datetime import timedelta

from civic.devices import actions as devices
from civic.devices.actions.findings import judge_devices
from civic.devices.models import Device, DeviceToken
from civic.devices.official_list import COLUMNS, read_list
from civic.devices.reading import Reading
from civic.places.models import District
from tests.making import NOON

Act = Callable[[], object]
_LISTED = read_list(f"{','.join(COLUMNS)}\n01-17-01,1,무학로 50,,37.5691083,127.0326723,,,,,2021-09-30\n".encode())


def _import_lights() -> Act:
    district = District.objects.get(code="11200")
    return lambda: devices.import_lights(district=district, listed=_LISTED, at=NOON)


def _replace_lights() -> Act:
    district = District.objects.get(code="11200")
    return lambda: devices.replace_lights(district=district, listed=_LISTED, at=NOON)


def _issue_device_token() -> Act:
    district = District.objects.get(code="11200")
    return lambda: devices.issue_device_token(district=district, at=NOON)


def _revoke_device_token() -> Act:
    devices.issue_device_token(district=District.objects.get(code="11200"), at=NOON)
    token = DeviceToken.objects.latest("pk")
    return lambda: devices.revoke_device_token(by=None, token=token, at=NOON)


def _lamp() -> tuple[District, Device]:
    _import_lights()()
    return District.objects.get(code="11200"), Device.objects.get(tag="11200-01-17-01")


def _set_report_interval() -> Act:
    district, lamp = _lamp()
    return lambda: devices.set_report_interval(by=None, district=district, devices=[lamp], seconds=600, at=NOON)


def _set_rated_power() -> Act:
    district, lamp = _lamp()
    return lambda: devices.set_rated_power(by=None, district=district, devices=[lamp], watts=20, at=NOON)


def _place_cabinet(tag: str = "11200-box-1") -> Act:
    district = District.objects.get(code="11200")
    return lambda: devices.place_cabinet(by=None, district=district, tag=tag, name="분전함", at=NOON)


def _connect_lamps(tag: str = "11200-box-2") -> Act:
    _district, lamp = _lamp()
    cabinet = _place_cabinet(tag)()
    assert isinstance(cabinet, Device)
    return lambda: devices.connect_lamps(by=None, cabinet=cabinet, lamps=[lamp], at=NOON)


def _disconnect_lamps() -> Act:
    _connect_lamps("11200-box-3")()
    district, lamp = District.objects.get(code="11200"), Device.objects.get(tag="11200-01-17-01")
    return lambda: devices.disconnect_lamps(by=None, district=district, lamps=[lamp], at=NOON)


def _judge() -> Act:
    _import_lights()()
    devices.issue_device_token(district=District.objects.get(code="11200"), at=NOON)
    night = [NOON + timedelta(hours=10, minutes=10 * n) for n in range(3)]
    dark = [Reading("11200-01-17-01", str(t), t, {"powerState": "off"}) for t in night]
    token = DeviceToken.objects.select_related("gateway").latest("pk")
    devices.take_readings(by=token, readings=list(enumerate(dark)), at=night[-1])
    return lambda: judge_devices(at=night[-1])


DEVICE_EXAMPLES: dict[str, Callable[[], Act]] = {
    "import_lights": _import_lights,
    "replace_lights": _replace_lights,
    "judge_devices": _judge,
    "set_report_interval": _set_report_interval,
    "set_rated_power": _set_rated_power,
    "place_cabinet": _place_cabinet,
    "connect_lamps": _connect_lamps,
    "disconnect_lamps": _disconnect_lamps,
    "issue_device_token": _issue_device_token,
    "revoke_device_token": _revoke_device_token,
}
