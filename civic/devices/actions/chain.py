"""When does a device get its place in the chain? With the first thing that hangs on it: a fault, a pilot."""

from collections.abc import Iterable

from civic.chain.actions import place_missing
from civic.chain.models import Node
from civic.devices.models import Device


def enter_chain(devices: Iterable[Device]) -> None:
    """Give each its node, once; call it in the transaction that links something to them."""
    place_missing(
        Node(
            key=device.key,
            kind="device",
            district=device.district_id,
            title=device.name or device.tag,
            state="",
            path=f"/devices/{device.tag}/",
        )
        for device in devices
    )
