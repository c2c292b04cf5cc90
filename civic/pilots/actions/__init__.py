"""What can be done with a pilot? It is planned, measured, moved and judged."""

from .deciding import advance_pilot, decide_pilot, set_pilot_back
from .measuring import measure_repairs, record_kpi
from .planning import link_lamps, plan_pilot, record_baseline

__all__ = [
    "advance_pilot",
    "decide_pilot",
    "link_lamps",
    "measure_repairs",
    "plan_pilot",
    "record_baseline",
    "record_kpi",
    "set_pilot_back",
]
