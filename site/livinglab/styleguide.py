"""Where can I see every component in every state, on paper and on night?"""

from types import SimpleNamespace
from typing import Any, Final

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from civic.chain.line import LABELS, Line, Place, Status
from civic.proposals.states import State

STATES: Final = ("open", "dept_review", "late", "adopted", "declined", "expired", "vote", "pilot", "fault")
GROUNDS: Final = {"paper": gettext_lazy("paper"), "night": gettext_lazy("night")}
PANELS: Final = {
    "open": gettext_lazy("One supporter is missing"),
    "mine": gettext_lazy("Supported by me"),
    "signed_out": gettext_lazy("Signed out"),
    "cannot": gettext_lazy("One's own proposal"),
    "reached": gettext_lazy("Enough supporters"),
    "closed": gettext_lazy("Answered, support is closed"),
}
GAUGES: Final = ((0, 30), (1, 30), (29, 30), (30, 30), (64, 30), (91, 30), (40, 100))


class ExampleForm(forms.Form):
    """Fields of each kind, to be looked at."""

    title = forms.CharField(label=gettext_lazy("Title"), help_text=gettext_lazy("One sentence."), max_length=20)
    problem = forms.CharField(label=gettext_lazy("Situation and problem"), widget=forms.Textarea)
    category = forms.ChoiceField(label=gettext_lazy("Category"), choices=[("safety", gettext_lazy("Safety"))])
    tags = forms.CharField(label=gettext_lazy("Tags"), required=False)
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("adopted", gettext_lazy("Adopted")), ("declined", gettext_lazy("Not adopted"))],
        widget=forms.RadioSelect,
    )


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with invented content; nothing here reads or writes a record."""
    context = {
        "grounds": GROUNDS.items(),
        "states": STATES,
        "gauges": GAUGES,
        "lines": _lines(),
        "roles": _roles(),
        "form": ExampleForm(auto_id="good_%s"),
        "wrong": ExampleForm({"wrong-title": "가" * 21, "wrong-category": "none"}, auto_id="wrong_%s", prefix="wrong"),
        "panels": [_panel(kind) for kind in PANELS],
        "rows": [_row("open", 29), _row("dept_review", 33), _row("late", 41), _row("adopted", 64)],
        "answer": _answer(),
        "page": _page(),
    }
    return render(request, "styleguide.html", context)


def _lines() -> list[tuple[str, Line]]:
    return [
        (_("History of one thing"), _line("object", lit=3)),
        (_("A step that did not happen"), _line("object", lit=6, skipped=5)),
        (_("Counts of everything"), _line("index", lit=2)),
    ]


def _line(kind: Any, *, lit: int, skipped: int = 0) -> Line:
    def status(number: int) -> Status:
        if number == lit:
            return "lit"
        if number == skipped:
            return "skipped"
        return "done" if number < lit and kind == "object" else "to_come"

    return Line(
        tuple(
            Place(number, code, label, _("fact %(number)s") % {"number": number}, status(number), "#chain")
            for number, (code, label) in enumerate(LABELS.items(), start=1)
        ),
        kind,
    )


def _roles() -> list[tuple[str, str]]:
    return [
        ("resident", _("Resident")),
        ("official", _("Road Facilities Division")),
        ("expert", _("Expert · road lighting")),
        ("moderator", _("Moderator")),
    ]


def _row(state: str, supports: int) -> SimpleNamespace:
    return SimpleNamespace(
        code="P-2026-000000",
        key=f"example:{state}",
        path="#rows",
        title=_("Tell us about a broken lamp before we have to report it"),
        summary=_("One lamp out, and thirty steps of the alley are dark. I called twice and waited four days."),
        category=_("Safety"),
        dong=_("Wangsimni-Doseon-dong"),
        tags=(),
        state=state,
        state_label=_("Answer late") if state == "late" else State(state).label,
        supports=supports,
        needed=30,
        missing=max(0, 30 - supports),
        days_left=12,
        days_late=2 if state == "late" else 0,
        answered_in=27 if state == "adopted" else None,
        planned="",
        line=_line("object", lit=3),
    )


def _panel(kind: str) -> dict[str, Any]:
    supports = {"reached": 33, "closed": 64, "cannot": 12}.get(kind, 29)
    sentences = {
        "one": _("One more supporter starts the department's %(days)s-day clock.") % {"days": 30},
        "many": _("{n} more supporters start the department's %(days)s-day clock.") % {"days": 30},
        "reached": _("Enough support: the department answers within %(days)s days.") % {"days": 30},
    }
    word = {29: sentences["one"], 12: sentences["many"].replace("{n}", "18")}.get(supports, sentences["reached"])
    refusals = {
        "cannot": _("You cannot support your own proposal. Neighbours can."),
        "closed": _("This proposal has been answered. Support is closed."),
    }
    support = SimpleNamespace(
        kind=kind,
        sentence=word,
        sentences=sentences,
        refusal=refusals.get(kind, ""),
        can_support=kind in ("open", "reached"),
        can_withdraw=kind == "mine",
    )
    return {"name": PANELS[kind], "row": _row("open" if supports < 30 else "dept_review", supports), "support": support}


def _answer() -> dict[str, Any]:
    now = timezone.now()
    answer = SimpleNamespace(
        decision="adopted",
        headline=_("We fit 48 lamps first and test them for 90 days"),
        office=_("Road Facilities Division"),
        official_name="김하늘",
        phone="02-0000-0101",
        planned=_("March 2027"),
        at=now,
        get_decision_display="",
    )
    proposal = SimpleNamespace(code="P-2026-000000", closes_at=now, policy=SimpleNamespace(answer_days=30))
    return {"answer": answer, "proposal": proposal, "due": now}


def _page() -> Page[int]:
    return Paginator(range(25), 10).page(2)
