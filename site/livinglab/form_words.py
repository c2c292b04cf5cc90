"""What does a form say that was not taken, and its field that is empty or holds a choice nobody offered? Our words."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

NOT_CHOSEN = _("Please choose one of those listed.")
# A box and a file keep Django's sentence: neither is written. What a form says of its own fields goes before this.
UNWRITTEN = {"required": forms.Field.default_error_messages["required"]}
WORDS: dict[type[forms.Field], dict[str, Any]] = {
    forms.BooleanField: UNWRITTEN,
    forms.FileField: UNWRITTEN,
    forms.ChoiceField: {"required": NOT_CHOSEN, "invalid_choice": NOT_CHOSEN},
    forms.MultipleChoiceField: {"invalid_choice": NOT_CHOSEN},
    forms.ModelChoiceField: {"invalid_choice": NOT_CHOSEN},
    forms.Field: {"required": _("Please fill this in.")},
}


def speak_our_words() -> None:
    """Once, when the site starts: every field that is made from then on speaks them."""
    for field, words in WORDS.items():
        field.default_error_messages = {**vars(field).get("default_error_messages", {}), **words}


def not_sent(form: forms.BaseForm) -> str:
    """What was kept of a form that comes back: no page holds a password or a file for another try."""
    if any(isinstance(field.widget, forms.PasswordInput) for field in form.fields.values()):
        return gettext("Not sent yet. Please type the password once more.")
    if form.files:
        return gettext("Not sent yet. What you wrote is still here; please choose the photo once more.")
    return gettext("Not sent yet. What you wrote is still here.")
