"""What does a person fill in about who they are and where they belong?"""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.people.models import ConsentDocument, Tie
from civic.people.person_key import CODE_DIGITS
from civic.places.forms import dong_choices
from civic.refusals import Refusable

DIGITS_MISSING = _("Type the twelve digits from the letter.")


class CodeForm(Refusable):
    """The code of a letter. What cannot be one is no try: five wrong ones close the door for a day."""

    code = forms.CharField(
        label=_("Code from the letter"),
        help_text=_("Twelve digits, such as 1234-5678-9012."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": DIGITS_MISSING},
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if len(re.findall(r"\d", unicodedata.normalize("NFKC", code))) != CODE_DIGITS:
            raise forms.ValidationError(DIGITS_MISSING)
        return code


class TieForm(Refusable):
    """What ties a person to a dong; `consent` is the document that has to be agreed to before, where it was not yet."""

    kind = forms.ChoiceField(
        label=_("What ties you to it"),
        choices=Tie.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you live, work or study there.")},
    )
    tie_dong = forms.ChoiceField(label=_("Dong"), error_messages={"required": _("Choose a dong.")})

    def __init__(self, *args: Any, consent: ConsentDocument | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if consent is not None:
            missing = {"required": _("Agree first that your dong is kept.")}
            fields["consent_place"] = forms.BooleanField(label=consent.title, error_messages=missing)
            fields["consent_place"].document = consent
        fields["tie_dong"].choices = dong_choices(_("Choose"))
        fields["tie_dong"].error_messages["invalid_choice"] = _("Choose one of the listed dongs.")
