"""What does a person fill in on their own page?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.refusals import Refusal


class TokenForm(forms.Form):
    """A name by which one knows the program again."""

    label = forms.CharField(
        label=_("Name of the program"),
        help_text=_("So that you know later which key to revoke, such as: calendar at home."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def refuse(self, refusal: Refusal) -> None:
        """Show a rule's sentence at its field, or above the form."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.text))
