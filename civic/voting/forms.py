"""What does a voter fill in? Boxes; whether they make a ballot is a rule's business."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.refusals import Refusal

from .models import Option


class BallotForm(forms.Form):
    """The boxes of one ballot, in the order in which this voter sees them."""

    choices = forms.TypedMultipleChoiceField(
        label=_("Options"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, options: Sequence[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["choices"]
        field.choices = [(option.pk, option.title) for option in options]
        field.error_messages["invalid_choice"] = _("Choose among the options of this vote.")

    def sent(self) -> list[int]:
        """What was sent, as it came; 0 for what is no id at all."""
        data: Any = self.data
        return [int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 16 else 0 for pk in data.getlist("choices")]

    def picked(self) -> list[int]:
        """The options that are ticked, whether or not they make a ballot."""
        field: Any = self.fields["choices"]
        known = {pk for pk, _title in field.choices}
        ticked = self.sent() if self.is_bound else self.initial.get("choices", [])
        return [pk for pk in dict.fromkeys(ticked) if pk in known]

    def refuse(self, refusal: Refusal) -> None:
        """Show a rule's sentence at the boxes, or above the form."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.text))
