"""What does a resident or an official fill in about a fault? Shapes only; what will do is a rule's business."""

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic.people.forms import department_choices
from civic.refusals import Refusal

from .clock import time_at
from .models import Category, Fault, Rejection
from .rules.reports import LONGEST
from .rules.work import HANDED, NO_RESULT, NO_VISIT, NO_WORD, pictures_needed
from .speaking import speaks
from .states import State
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


class PictureForm(forms.Form):
    """With a picture for everybody, which a district may ask for."""

    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("Everybody sees it. No faces, no number plates."),
    )

    def __init__(self, *args: Any, pictures: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo"].required = pictures > 0
        self.fields["photo"].error_messages["required"] = _("This district asks for a picture.")


class LookForm(NoteForm, PictureForm):
    """Closing what its device speaks of, before that has proved it: with what an official saw there."""

    field_order = ["note", "photo"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required, self.fields["note"].label = True, _("What you saw")
        self.fields["note"].error_messages["required"] = str(NO_WORD.text)


class VisitForm(NoteForm):
    planned_for = forms.DateTimeField(
        label=_("Somebody comes at"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    field_order = ["planned_for", "note"]

    def __init__(self, *args: Any, played: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if played:
            now = {"now": f"{date_format(localtime(played), 'DATE_FORMAT')} {localtime(played):%H:%M}"}
            self.fields["planned_for"].help_text = _("This light lives in a played night: there it is %(now)s.") % now

    def clean_planned_for(self) -> Any:
        """Years that no database takes never reach it."""
        planned = self.cleaned_data["planned_for"]
        if not YEARS[0] <= planned.year <= YEARS[1]:
            raise forms.ValidationError(str(NO_VISIT.text))
        return planned


class RepairForm(PictureForm):
    """The result is what everybody who reported it reads."""

    result = forms.CharField(
        label=_("What was done"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One or two sentences, such as: lamp and driver replaced."),
    )
    field_order = ["result", "photo"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo"].label = _("Photo of the repair")
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


def form_of(act: str, fault: Fault, at: datetime) -> Callable[..., forms.Form]:
    """What makes the form of an act at `at`; most need a note at most."""
    if act == "transfer":
        return partial(TransferForm, district=fault.district_id)
    if act == "repair":
        return partial(RepairForm, pictures=pictures_needed(fault, at=at))
    if act == "reject":
        return RejectForm
    now = time_at(fault.device, at)
    if act == "schedule":
        return partial(VisitForm, played=now if now != at else None)
    if act == "resolve" and (fault.closure_proposed_at or speaks(fault, now)):
        return partial(LookForm, pictures=0 if fault.state == State.REPAIRED else pictures_needed(fault, at=at))
    return NoteForm


def add_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Show a rule's sentence at the field it is about, or above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.text))
