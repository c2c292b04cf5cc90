"""How does a judge remember? Its state as JSON beside the device's own, and back."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from .cabinet import CabinetState, window_of
from .lamp import LampState, Profile
from .sun import Sky

_MOMENTS = ("back_at", "looked_at")


def profile_of(sky: Sky, interval: int | None, has_parent: bool) -> Profile:
    """A lamp's profile from its row; under a cabinet its silence waits for the cabinet's verdict."""
    every = timedelta(seconds=interval) if interval else None
    return Profile(sky, every, hold=window_of(every) if has_parent else timedelta(0))


def lamp_state(profile: Profile, kept: dict[str, Any]) -> LampState:
    """What was kept of a lamp, for its profile of today."""
    return LampState(
        profile,
        datetime.fromisoformat(kept["seen_at"]) if kept.get("seen_at") else None,
        kept.get("beats", 0),
        {code: datetime.fromisoformat(since) for code, since in kept.get("since", {}).items()},
        frozenset(kept.get("open", [])),
    )


def kept_lamp(state: LampState) -> dict[str, Any]:
    """A lamp's state for keeping."""
    return {
        "seen_at": state.seen_at.isoformat() if state.seen_at else None,
        "beats": state.beats,
        "since": {code: since.isoformat() for code, since in state.since.items()},
        "open": sorted(state.open),
    }


def cabinet_state(kept: dict[str, Any]) -> CabinetState:
    """What was kept of a cabinet."""
    back_at, looked_at = (datetime.fromisoformat(kept[name]) if kept.get(name) else None for name in _MOMENTS)
    return CabinetState(bool(kept.get("open")), frozenset(kept.get("children", [])), back_at, looked_at)


def kept_cabinet(state: CabinetState, codes: Iterable[str]) -> dict[str, Any]:
    """A cabinet's state for keeping."""
    moments = {name: moment.isoformat() for name in _MOMENTS if (moment := getattr(state, name))}
    return {"open": sorted(codes) if state.lost else [], "children": sorted(state.children), **moments}
