"""What does a resident or an official fill in about a fault? Shapes only; what will do is a rule's business."""

import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic.people.forms import department_choices
from civic.refusals import Refusal

from .models import Category, Fault, Rejection
from .rules.reports import LONGEST
from .rules.work import HANDED, NO_RESULT, NO_VISIT, NO_WORD
from .trouble import FOR_RESIDENTS

ORDER = ("dark", "day_burning", "flickering", "too_dark", "too_bright", "broken", "wire", "other")
YEARS = (2000, 2999)
CATEGORIES = [(code, Category(code).label) for code in ORDER if Category(code) in FOR_RESIDENTS]


class TellingForm(forms.Form):
    """What every word of a resident carries: a key of its own, so that sending it twice is harmless."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    email = forms.EmailField(
        label=_("E-mail for the result"), required=False, help_text=_("We delete it 30 days after the repair.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = secrets.token_urlsafe(24)
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["email"].error_messages["invalid"] = _("This is not an e-mail address. You may also leave it out.")


class ReportForm(TellingForm):
    """What is wrong with a lamp: one tap, and as much more as somebody likes."""

    category = forms.ChoiceField(
        label=pgettext_lazy("fault form", "What is wrong?"), choices=CATEGORIES, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Leave out names and telephone numbers."),
    )
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("Only the department sees it."),
    )
    field_order = ["category", "photo", "text", "email", "key"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].error_messages["required"] = _("Choose what is wrong.")


class ContestForm(TellingForm):
    """What is still wrong after a repair; one may leave it at the button."""

    text = forms.CharField(
        label=_("What is still wrong"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Leave out names and telephone numbers."),
    )
    field_order = ["text", "email", "key"]


class NoteForm(forms.Form):
    """An act with a note that everybody may read."""

    note = forms.CharField(
        label=_("Note for residents"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST
    )


class LookForm(NoteForm):
    """Closing what its device says is well again: with what an official saw there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required, self.fields["note"].label = True, _("What you saw")
        self.fields["note"].error_messages["required"] = str(NO_WORD.text)


class VisitForm(NoteForm):
    planned_for = forms.DateTimeField(
        label=_("Somebody comes at"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    field_order = ["planned_for", "note"]

    def clean_planned_for(self) -> Any:
        """Years that no database takes never reach it."""
        planned = self.cleaned_data["planned_for"]
        if not YEARS[0] <= planned.year <= YEARS[1]:
            raise forms.ValidationError(str(NO_VISIT.text))
        return planned


class RepairForm(forms.Form):
    """The result is what everybody who reported it reads."""

    result = forms.CharField(
        label=_("What was done"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One or two sentences, such as: lamp and driver replaced."),
    )
    photo = forms.FileField(
        label=_("Photo of the repair"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("Everybody sees it. No faces, no number plates."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].error_messages["required"] = str(NO_RESULT.text)


class RejectForm(NoteForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=Rejection.choices, widget=forms.RadioSelect)
    duplicate_of = forms.CharField(
        label=_("Number of the other fault"),
        required=False,
        help_text=_("Only where it is reported twice: F-2026-000123"),
    )
    field_order = ["reason", "duplicate_of", "note"]


class TransferForm(forms.Form):
    """To which department of the district, and why: the reason is public."""

    department = forms.ChoiceField(label=_("Department"))
    note = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=HANDED[1])

    def __init__(self, *args: Any, district: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].choices = department_choices(district)  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["department"].error_messages["invalid_choice"] = _("Choose an open department of this district.")


FORMS: dict[str, type[forms.Form]] = {"schedule": VisitForm, "repair": RepairForm, "reject": RejectForm}


def form_of(act: str, fault: Fault) -> Callable[..., forms.Form]:
    """What makes the form of an act; most need a note at most."""
    if act == "transfer":
        return partial(TransferForm, district=fault.district_id)
    if act == "resolve" and fault.closure_proposed_at:
        return LookForm
    return FORMS.get(act, NoteForm)


def add_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Show a rule's sentence at the field it is about, or above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.text))
