"""What does somebody fill in who wants to speak? Shapes only; whether the words will do is a rule's business."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.refusals import Refusal

from .models import Stance
from .rules import LONGEST
from .speakers import Speaker

LABELS = {
    Stance.FOR: _("For: I am in favour"),
    Stance.AGAINST: _("Against: I have an objection"),
    Stance.QUESTION: _("Question: I want to know"),
    Stance.EVIDENCE: _("Evidence: I know something that helps"),
}


class PostForm(forms.Form):
    """A post or a reply. `receipt` makes sending it twice harmless."""

    stance = forms.ChoiceField(label=_("What is it?"), choices=list(LABELS.items()), widget=forms.RadioSelect)
    text = forms.CharField(label=_("What you want to say"), widget=forms.Textarea)
    receipt = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, speaker: Speaker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receipt"].initial = uuid.uuid4().hex
        self.fields["text"].widget.attrs["data-most"] = LONGEST
        self.fields["text"].error_messages["required"] = _("Write what you want to say.")
        stance: Any = self.fields["stance"]
        stance.error_messages = dict.fromkeys(
            ("required", "invalid_choice"), _("Choose for, against, question or evidence.")
        )
        if speaker.in_office:
            stance.required = False
            stance.choices = [*LABELS.items(), ("", _("None of these: I speak for the house"))]

    def refuse(self, refusal: Refusal) -> None:
        """Show a rule's sentence at the field it is about, or above the form."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.text))
