"""What does a person fill in about their own data?"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.people.models import ConsentDocument, Person
from civic.people.names import tidy
from civic.people.queries import PLACE
from civic.places.forms import dong_choices
from civic.places.models import Dong
from civic.refusals import Refusable

from .choice import Texts


class ConsentBox(forms.BooleanField):
    """One document, by itself, never ticked before."""

    def __init__(self, document: ConsentDocument) -> None:
        self.document = document
        missing = _("Without this consent there can be no account. Everything on the site can be read without one.")
        super().__init__(label=document.title, required=document.required, error_messages={"required": missing})


class Asking(Refusable):
    """A box for each document that is asked; which ones, its heirs say."""

    documents: dict[str, ConsentDocument]

    def ask(self, documents: Iterable[ConsentDocument]) -> None:
        self.documents = {f"consent_{document.kind}": document for document in documents}
        self.fields.update({name: ConsentBox(document) for name, document in self.documents.items()})

    @property
    def agreed(self) -> list[ConsentDocument]:
        """The documents whose box was ticked."""
        return [document for name, document in self.documents.items() if self.cleaned_data.get(name)]


class AskingDong(Asking):
    """A dong for who likes: it is kept for who agrees to that, and for nobody else."""

    dong = forms.ChoiceField(
        label=_("Dong"), required=False, help_text=_("Where you live, work or study. You can leave it out.")
    )

    def ask(self, documents: Iterable[ConsentDocument]) -> None:
        super().ask(documents)
        self.fields["dong"].choices = dong_choices(_("Not chosen"))  # type: ignore[attr-defined]  # a ChoiceField

    def clean_dong(self) -> Dong | None:
        return Dong.objects.filter(code=self.cleaned_data["dong"]).first()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        box = f"consent_{PLACE}"
        if cleaned.get("dong") and box in self.fields and not cleaned.get(box):
            text = _("You chose a dong: please agree to our keeping it, or choose “Not chosen”.")
            self.add_error(box, forms.ValidationError(text, code="consent_missing"))
        return cleaned


class ConsentsForm(Asking):
    """These documents, and nothing else."""

    def __init__(self, documents: Iterable[ConsentDocument], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask(documents)


class DetailsForm(AskingDong):
    """Nickname and dong; where the keeping of a dong was not agreed to, the box for that stands below."""

    field_order = ["nickname", "dong"]
    nickname = forms.CharField(
        label=_("Nickname"),
        help_text=_("2 to 30 characters. Others see this, never your address."),
        error_messages={"required": _("Please fill this in.")},
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    def __init__(self, documents: Iterable[ConsentDocument], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask(documents)

    def clean_nickname(self) -> str:
        return tidy(self.cleaned_data["nickname"])


class LeaveForm(Refusable):
    """What becomes of the public words, and the nickname typed once more, so that nobody leaves by a slip."""

    texts = forms.ChoiceField(
        label=_("What you wrote for everybody"),
        choices=Texts.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of your words.")},
    )
    nickname = forms.CharField(
        label=_("Your nickname, to be sure"),
        error_messages={"required": _("Type your nickname to be sure.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person

    def clean_nickname(self) -> str:
        typed = tidy(self.cleaned_data["nickname"])
        if typed.casefold() != self._person.nickname.casefold():
            text = _("This is not your nickname. It is: %(nickname)s") % {"nickname": self._person.nickname}
            raise forms.ValidationError(text, code="other_nickname")
        return typed

    @property
    def choice(self) -> Texts:
        return Texts(self.cleaned_data["texts"])
