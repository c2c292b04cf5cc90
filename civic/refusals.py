"""What does a rule answer when the answer is no?"""

from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise


@dataclass(frozen=True)
class Refusal:
    """A code for machines and a sentence for people.

    `status` is the HTTP status an edge answers with: 401 nobody is signed in, 403 this person may not,
    404 there is no such thing, 409 the state does not allow it, 422 the words do not fit.
    `field` names the input the sentence is about, where there is one.
    """

    code: str
    text: str | Promise
    status: int = 409
    field: str = ""


class Refused(Exception):
    """An action did nothing, and says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def insist(refusal: Refusal | None) -> None:
    """Stop an action when its rule has something against it."""
    if refusal is not None:
        raise Refused(refusal)


class Refusable(forms.Form):
    """A form that can show a rule's sentence at its field, or above itself."""

    def refuse(self, refusal: Refusal) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.text))
