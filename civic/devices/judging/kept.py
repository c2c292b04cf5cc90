"""How does a judge remember? Its state as JSON beside the device's own, and back."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from .cabinet import CabinetState, window_of
from .lamp import USUAL_POWER, Heard, LampState, Profile
from .sun import Sky

_MOMENTS = ("back_at", "looked_at")
ONE_CLOCK = timedelta(hours=1)  # what lies further ahead was told by another clock: two workers are seconds apart


def profile_of(sky: Sky, interval: int | None, watts: int | None, has_parent: bool, heard: Heard) -> Profile:
    """A lamp's profile from its row; under a cabinet its silence waits for the cabinet's verdict."""
    every = timedelta(seconds=interval) if interval else None
    return Profile(sky, every, watts or USUAL_POWER, window_of(every) if has_parent else timedelta(0), heard)


def lamp_state(profile: Profile, kept: dict[str, Any]) -> LampState:
    """What was kept of a lamp, for its profile of today."""
    t, values = kept.get("stands") or (None, {})
    return LampState(
        profile,
        datetime.fromisoformat(kept["seen_at"]) if kept.get("seen_at") else None,
        kept.get("beats", 0),
        {code: datetime.fromisoformat(since) for code, since in kept.get("since", {}).items()},
        frozenset(kept.get("open", [])),
        wrong_times(kept),
        (datetime.fromisoformat(t), values) if t else None,
    )


def wrong_times(kept: dict[str, Any]) -> dict[str, tuple[datetime, datetime]]:
    """{open code: from when to when the lamp said last, without a good word between, that it is so}."""
    told = kept.get("wrong", {}).items()
    return {code: (datetime.fromisoformat(began), datetime.fromisoformat(last)) for code, (began, last) in told}


def kept_lamp(state: LampState) -> dict[str, Any]:
    """A lamp's state for keeping; most lamps have no more than the first four."""
    wrong = {code: [moment.isoformat() for moment in times] for code, times in state.wrong.items()}
    stands = [state.stands[0].isoformat(), state.stands[1]] if state.stands else None
    more = {"wrong": wrong, "stands": stands}
    return {
        "seen_at": state.seen_at.isoformat() if state.seen_at else None,
        "beats": state.beats,
        "since": {code: since.isoformat() for code, since in state.since.items()},
        "open": sorted(state.open),
        **{name: value for name, value in more.items() if value},
    }


def cabinet_state(kept: dict[str, Any], now: datetime) -> CabinetState:
    """What was kept of a cabinet; without the moments of a clock by which its lamps no longer live."""
    told = [datetime.fromisoformat(kept[name]) if kept.get(name) else None for name in _MOMENTS]
    back_at, looked_at = (moment if moment and moment <= now + ONE_CLOCK else None for moment in told)
    return CabinetState(bool(kept.get("open")), frozenset(kept.get("children", [])), back_at, looked_at)


def kept_cabinet(state: CabinetState, codes: Iterable[str]) -> dict[str, Any]:
    """A cabinet's state for keeping."""
    moments = {name: moment.isoformat() for name in _MOMENTS if (moment := getattr(state, name))}
    return {"open": sorted(codes) if state.lost else [], "children": sorted(state.children), **moments}
