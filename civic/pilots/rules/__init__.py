"""Why not? Every refusal about a pilot, as a code and a sentence."""

from civic.pilots.bounds import why_not_value, why_not_work

from .deciding import why_not_decide, why_not_expand, why_not_go_on, why_not_move, why_not_set_back
from .measuring import why_not_record
from .planning import why_not_baseline, why_not_link, why_not_link_again, why_not_plan, why_not_plan_so

__all__ = [
    "why_not_baseline",
    "why_not_decide",
    "why_not_expand",
    "why_not_go_on",
    "why_not_link",
    "why_not_link_again",
    "why_not_move",
    "why_not_plan",
    "why_not_plan_so",
    "why_not_record",
    "why_not_set_back",
    "why_not_value",
    "why_not_work",
]
