"""What does an official fill in? Shapes only; whether it will do is a rule's business."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import ConditionKind, Direction, Kpi, Pilot, Source
from .plan import ConditionPlan, KpiPlan, PilotPlan, pilot_plan
from .queries import devices_tagged
from .rules.planning import MOST_LAMPS
from .states import Verdict

KPIS = 4  # on the form; the actions take eight
NUMBER: dict[str, Any] = {"max_digits": 12, "decimal_places": 2}


class Day(forms.DateInput):
    """A browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PlanForm(forms.Form):
    """A pilot with up to four indicators and its rule."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=100)
    slug = forms.CharField(
        label=gettext_lazy("Short name"),
        max_length=40,
        help_text=gettext_lazy("It stands in the address: lower-case letters, digits and hyphens."),
    )
    summary = forms.CharField(
        label=gettext_lazy("What is tried, where, with whom"), widget=forms.Textarea(attrs={"rows": 4})
    )
    planned_devices = forms.CharField(
        label=gettext_lazy("Devices that are planned, in words"), max_length=120, required=False
    )
    starts_on = forms.DateField(label=gettext_lazy("Planned start"), widget=Day())
    ends_on = forms.DateField(label=gettext_lazy("Planned end"), widget=Day())
    days = forms.IntegerField(
        label=gettext_lazy("Measured for at least so many days"),
        min_value=1,
        max_value=730,
        required=False,
        help_text=gettext_lazy("A condition of the rule. Leave it empty for none."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, KPIS + 1):
            self.fields |= _kpi_fields(n)

    def clean(self) -> dict[str, Any]:
        """An indicator is whole or not there."""
        typed = self.cleaned_data
        for n in range(1, KPIS + 1):
            if n == 1 or typed.get(f"name{n}"):
                for part in ("name", "unit", "target"):
                    if typed.get(f"{part}{n}") in (None, "") and f"{part}{n}" not in self.errors:
                        self.add_error(f"{part}{n}", _("An indicator has a name, a unit and a target."))
        return typed

    @property
    def head(self) -> list[forms.BoundField]:
        """The fields of the pilot itself."""
        return [self[name] for name in self.base_fields]

    @property
    def indicators(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The fields of each indicator."""
        return [(n, [self[name] for name in _kpi_fields(n)]) for n in range(1, KPIS + 1)]

    def plan(self) -> PilotPlan:
        """What was typed, tidied."""
        typed = self.cleaned_data
        used = [n for n in range(1, KPIS + 1) if typed.get(f"name{n}")]
        conditions = [one for place, n in enumerate(used, start=1) for one in _conditions(typed, n, place)]
        if typed.get("days"):
            conditions.append(ConditionPlan(ConditionKind.DAYS, 0, typed["days"]))
        return pilot_plan(
            slug=typed["slug"],
            title=typed["title"],
            summary=typed["summary"],
            planned_devices=typed["planned_devices"],
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
            kpis=[_kpi(typed, n) for n in used],
            conditions=conditions,
        )


class LampsForm(forms.Form):
    """Lamps by their numbers, as many as one likes."""

    tags = forms.CharField(
        label=gettext_lazy("Numbers of the lamps"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "As on the plate with the district in front, such as 11200-19-12-20; a space parts them."
        ),
    )

    def clean_tags(self) -> list[Any]:
        """The devices; a number that nothing has is named."""
        named = {tag for tag in re.split(r"[\s,]+", self.cleaned_data["tags"]) if tag}
        if len(named) > MOST_LAMPS:
            raise forms.ValidationError(_("A pilot has 2,000 devices at most."))
        devices = devices_tagged(named)
        unknown = sorted(named - {device.tag for device in devices})
        if unknown:
            raise forms.ValidationError(_("Nothing has this number: %(tags)s") % {"tags": ", ".join(unknown[:10])})
        return devices


class ValueForm(forms.Form):
    """One value of one indicator."""

    kpi = forms.ModelChoiceField(label=gettext_lazy("Indicator"), queryset=Kpi.objects.none())
    on = forms.DateField(label=gettext_lazy("Measured on"), widget=Day())
    value = forms.DecimalField(label=gettext_lazy("Value"), **NUMBER)
    n = forms.IntegerField(label=gettext_lazy("Cases or answers"), min_value=0, max_value=2_000_000_000, required=False)
    note = forms.CharField(label=gettext_lazy("What was done then"), max_length=80, required=False)

    def __init__(self, *args: Any, pilot: Pilot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Kpi.objects.filter(pilot=pilot).exclude(source=Source.REPAIR_HOURS)
        self.fields["kpi"].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField


class BaselineForm(ValueForm):
    """What an indicator was before the start, also one of repairs: where none is known nothing else says it."""

    note = None  # type: ignore[assignment]  # Django's way to leave a field out
    n = None  # type: ignore[assignment]  # the same

    def __init__(self, *args: Any, pilot: Pilot, **kwargs: Any) -> None:
        super().__init__(*args, pilot=pilot, **kwargs)
        self.fields["kpi"].queryset = Kpi.objects.filter(pilot=pilot)  # type: ignore[attr-defined]  # as above


class ReasonForm(forms.Form):
    """Why a pilot goes back."""

    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea)


class RetryForm(forms.Form):
    """Until when a pilot is tried again."""

    ends_on = forms.DateField(label=gettext_lazy("Last day"), widget=Day())


class DecisionForm(ReasonForm):
    """What is decided, and why; what is continued goes on until a day."""

    verdict = forms.ChoiceField(label=gettext_lazy("Decision"), choices=Verdict.choices, widget=forms.RadioSelect)
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=Day(),
        required=False,
        help_text=gettext_lazy("Only where the pilot continues: until when."),
    )
    field_order = ["verdict", "ends_on", "reason"]


def _kpi_fields(n: int) -> dict[str, forms.Field]:
    return {
        f"name{n}": forms.CharField(label=_("Indicator"), max_length=60, required=n == 1),
        f"unit{n}": forms.CharField(label=_("Unit"), max_length=20, required=n == 1),
        f"direction{n}": forms.ChoiceField(label=_("Better"), choices=Direction.choices, required=n == 1),
        f"source{n}": forms.ChoiceField(label=_("How it is measured"), choices=Source.choices, required=n == 1),
        f"target{n}": forms.DecimalField(label=_("Target"), required=n == 1, **NUMBER),
        f"baseline{n}": forms.DecimalField(label=_("Baseline, where it is known already"), required=False, **NUMBER),
        f"must{n}": forms.BooleanField(label=_("Must reach its target for the pilot to be expanded"), required=False),
        f"least{n}": forms.IntegerField(
            label=_("Must rest on at least so many cases or answers"), min_value=1, max_value=100_000, required=False
        ),
    }


def _kpi(typed: dict[str, Any], n: int) -> KpiPlan:
    baseline: Decimal | None = typed.get(f"baseline{n}")
    return KpiPlan(
        name=typed[f"name{n}"],
        unit=typed[f"unit{n}"],
        direction=typed[f"direction{n}"],
        target=typed[f"target{n}"],
        source=typed[f"source{n}"],
        baseline=baseline,
    )


def _conditions(typed: dict[str, Any], n: int, place: int) -> list[ConditionPlan]:
    found = [ConditionPlan(ConditionKind.TARGET, place)] if typed.get(f"must{n}") else []
    if typed.get(f"least{n}"):
        found.append(ConditionPlan(ConditionKind.CASES, place, typed[f"least{n}"]))
    return found
