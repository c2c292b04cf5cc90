"""What does a field say that was left empty, or that holds a choice nobody offered? Our words instead of Django's."""

from typing import Any

from django import forms
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
