"""What do pages and the feed show of a device?"""

from typing import Any

from .models import DeviceState


def live_state(state: DeviceState) -> dict[str, Any]:
    """What a page shows of a device: `{"power", "since", "findings": [code]}`; the whole of it in every item."""
    since = state.metrics["powerState"][0] if "powerState" in state.metrics else None
    return {"power": state.power_state, "since": since, "findings": sorted(state.judged.get("open", []))}
