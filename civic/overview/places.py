"""What happens at each place of the chain? One sentence a place, for the page of rules."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLACES: dict[str, str | Promise] = {
    "proposal": _("A resident writes down what is wrong, what could be done and what would be better then."),
    "support": _("Neighbours support it. Enough of them inside the period start the department's clock."),
    "answer": _("The department adopts or declines, with a reason, a name and a telephone, before the due date."),
    "thread": _("Residents, experts and officials work it out where everybody can read it."),
    "vote": _("Residents choose between worked-out options; everybody can count the result again."),
    "pilot": _("It is tried in the street, with measures and a rule for judging them that are fixed beforehand."),
    "live": _("What was installed reports its own faults, to everybody, and shows when they are repaired."),
    "policy": _("By the rule fixed beforehand it becomes policy, is improved and tried again, or ends."),
}
