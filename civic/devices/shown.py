"""What do pages and the feed show of a device?"""

from typing import Any

from .models import DeviceState
from .newest import stamp


def live_state(state: DeviceState) -> dict[str, Any]:
    """What a page shows of a device: `{"power", "since", "findings": [code]}`; the whole of it in every item.

    `since` is when it was switched so, not when it said so last.
    """
    since = stamp(state.switched_at) if state.switched_at else None
    return {"power": state.power_state, "since": since, "findings": sorted(state.judged.get("open", []))}
