"""What does a person fill in? Shapes only; whether the words will do is a rule's business."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.people.forms import department_choices
from civic.places.forms import dong_choices
from civic.refusals import Refusal, Refused
from civic.texts import clean_line

from . import rules
from .actions import adopt_proposal, decline_proposal
from .models import Category, Decision, Proposal
from .words import Words, words

STALE = _("This page had been open for long, or you signed in meanwhile. Your words are here: send them once more.")


class ProposalForm(forms.Form):
    """A proposal in its three statutory parts. `receipt` makes sending it twice harmless."""

    title = forms.CharField(label=_("Title"), help_text=_("One sentence, as you would say it to a neighbour."))
    problem = forms.CharField(label=_("Situation and problem"), widget=forms.Textarea)
    proposal = forms.CharField(label=_("Improvement"), widget=forms.Textarea)
    effect = forms.CharField(label=_("Expected effect"), widget=forms.Textarea, required=False)
    category = forms.ChoiceField(label=_("Category"), choices=[("", _("Choose")), *Category.choices])
    dong = forms.ChoiceField(label=_("Dong"))
    tags = forms.CharField(label=_("Tags"), required=False, help_text=_("Up to five, parted by commas."))
    receipt = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dong"].choices = dong_choices(_("Choose"))  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["receipt"].initial = uuid.uuid4().hex
        self.fields["receipt"].validators.clear()  # nobody could correct it; a strange one is shortened
        self.fields["dong"].error_messages["invalid_choice"] = _("Choose one of the listed dongs.")
        self.fields["category"].error_messages["invalid_choice"] = _("Choose one of the listed categories.")
        for name, most in (("title", rules.TITLE[1]), ("problem", rules.PART[1]), ("proposal", rules.PART[1])):
            self.fields[name].widget.attrs["data-most"] = most

    def clean(self) -> dict[str, Any]:
        """Say everything that is wrong with the words at once, beside what the fields found."""
        try:
            wrong = rules.all_about_words(self.words())
        except Refused as refused:
            wrong = [refused.refusal]
        for refusal in wrong:
            if refusal.field not in self.errors:
                add_refusal(self, refusal)
        return self.cleaned_data

    def words(self) -> Words:
        """What was typed, cleaned."""
        typed = self.cleaned_data
        return words(
            title=typed.get("title", ""),
            problem=typed.get("problem", ""),
            solution=typed.get("proposal", ""),
            expected_effect=typed.get("effect", ""),
            tags=typed.get("tags", "").replace("#", " ").split(","),
        )

    def district(self) -> str:
        """The 5-digit code of the district that the chosen dong lies in."""
        return str(self.cleaned_data["dong"])[:5]

    def receipt_key(self) -> str:
        """What makes this form this form, however often it is sent."""
        return clean_line(self.cleaned_data["receipt"])[:32]


class AnswerForm(forms.Form):
    """The district's answer."""

    decision = forms.ChoiceField(label=_("Decision"), choices=Decision.choices, widget=forms.RadioSelect)
    headline = forms.CharField(
        label=_("Headline"), required=False, help_text=_("What will happen, in one sentence residents can quote.")
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea)
    planned = forms.CharField(
        label=_("Planned time"), required=False, help_text=_("For an adopted proposal, such as: March 2027.")
    )


class TransferForm(forms.Form):
    """To which department of the district, and why: the reason is public."""

    department = forms.ChoiceField(label=_("Department"))
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, district: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].choices = department_choices(district)  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["department"].error_messages["invalid_choice"] = _("Choose an open department of this district.")


def give_answer(by: Any, proposal: Proposal, words: Mapping[str, str], *, at: datetime) -> Proposal:
    """Two verbs for two decisions: what a form or a program sent chooses between them."""
    headline = words.get("headline") or ""
    said = {"by": by, "proposal": proposal, "reason": words["reason"], "headline": headline, "at": at}
    if words["decision"] == Decision.ADOPTED:
        return adopt_proposal(**said, planned=words.get("planned") or "")
    return decline_proposal(**said)


def add_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Show a rule's sentence at the field it is about, or above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.text))
