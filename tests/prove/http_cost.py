"""What does a request cost in processor time, on PostgreSQL, in production's setting? The bench, with bounds."""

import os
from pathlib import Path
from typing import Any

from livinglab.bench.asking import measure

BOUNDS = {  # ms of processor time a request, server and database together; the nearest rival of the same stack needs
    "list, signed in": 15.0,  # 225
    "proposal page, signed in": 15.0,  # 89
    "support, form": 10.0,  # 55
    "support, JSON": 10.0,
}


def run() -> list[dict[str, Any]]:
    """Every page of the bench; those without a bound stand beside for comparison."""
    costs = measure(os.environ["DATABASE_URL"], Path(os.environ["LIVINGLAB_DATA"]), requests=200)
    insert = next(cost.total for cost in costs if cost.page == "one INSERT")
    return [
        {
            "promise": f"CPU a request: {cost.page}",
            "figure": f"{cost.total:.2f} ms (server {cost.server:.2f}, database {cost.database:.2f}); "
            f"{cost.total / insert:.1f} times the INSERT",
            "bound": f"{BOUNDS[cost.page]:.0f} ms" if cost.page in BOUNDS else "",
            "met": cost.total <= BOUNDS.get(cost.page, float("inf")),
        }
        for cost in costs
    ]
