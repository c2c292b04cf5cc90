"""How does an official record at the counter who a resident is? The card is looked at, hashed and forgotten."""

from abc import abstractmethod
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet

from civic.clocks.now import database_now
from civic.people.actions import take_back_check, verify_at_office
from civic.people.models import Person, Seen, Tie, Verification
from civic.people.person_key import Card
from civic.people.queries import holder_of, known_as
from civic.people.queries.checkers import CHECKED
from civic.places.models import Dong
from civic.places.queries import all_dongs, districts

from .access import districts_for, person_at
from .letters import LettersView
from .noting import asked_about, note_shown
from .sending import DeskForm
from .unrepeated import UnrepeatedLine

CHECKS = gettext_lazy("Identity checks")
NOBODY = gettext_lazy("There is no account with this nickname.")
NO_CARD = gettext_lazy("Your district has checked no account with this card. Type the nickname or the whole card.")
DAYS = ["%Y-%m-%d", "%Y.%m.%d", "%Y. %m. %d.", "%Y%m%d"]


class NicknameForm(forms.Form):
    """Whose account it is."""

    nickname = forms.CharField(
        label=gettext_lazy("Nickname of the account"),
        help_text=gettext_lazy("As the resident sees it on “Identity check”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_nickname(self) -> str:
        self.person = known_as(self.cleaned_data["nickname"])
        if self.person is None:
            raise forms.ValidationError(NOBODY)
        return self.person.nickname


class CardForm(forms.Form):
    """What stands on the card; no page shows it again."""

    name = forms.CharField(
        label=gettext_lazy("Name as on the card"),
        widget=UnrepeatedLine,
        help_text=gettext_lazy("In Hangul or in the letters A to Z; what stands in brackets does not count."),
    )
    born = forms.DateField(
        label=gettext_lazy("Day of birth"),
        input_formats=DAYS,
        widget=UnrepeatedLine({"inputmode": "numeric"}),
        help_text=gettext_lazy("Such as 1990-01-02. Never the rest of the registration number."),
        error_messages={"invalid": gettext_lazy("Type the day of birth as it stands on the card.")},
    )
    namesake = forms.IntegerField(
        label=gettext_lazy("Namesake"),
        initial=1,
        min_value=1,
        max_value=9,
        help_text=gettext_lazy("1; 2 for somebody who shares name and day of birth with another resident."),
    )

    @sensitive_variables()
    def card(self) -> Card:
        typed = self.cleaned_data
        return Card(name=typed["name"], born=typed["born"], namesake=typed["namesake"])


class CheckForm(CardForm, NicknameForm):
    """Whose account, what stands on the card, and what else was shown."""

    district = forms.ChoiceField(label=gettext_lazy("District"))
    field_order = ["nickname", "district"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = districts_for(person, "check_identity")
        fields: Any = self.fields
        fields["district"].choices = [(place.code, str(place)) for place in districts() if place.code in own]
        for kind, label in Tie.Kind.choices:
            self.fields[kind] = forms.ChoiceField(
                label=label,
                required=False,
                choices=[("", gettext_lazy("Not shown")), *_dongs(own)],
                help_text=gettext_lazy("Only where a card or a paper showed it."),
            )

    def ties(self) -> dict[str, Dong]:
        known = {dong.code: dong for dong in all_dongs()}
        return {kind: known[code] for kind in Tie.Kind.values if (code := self.cleaned_data[kind])}


class TakeBackForm(CardForm):
    """Whose check, by the nickname, or by the card of somebody who lost the way into that account; and why."""

    nickname = forms.CharField(
        label=NicknameForm.base_fields["nickname"].label,
        help_text=gettext_lazy("Leave it empty where nobody knows it any more: then type what stands on the card."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        required=False,
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)
    field_order = ["nickname", "name", "born", "namesake", "reason"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._own = districts_for(person, "check_identity")
        for of_the_card in CardForm.base_fields:
            self.fields[of_the_card].required = False

    @sensitive_variables()
    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if nickname := typed.get("nickname"):
            self.person = known_as(nickname)
        elif typed.get("name") and typed.get("born"):
            typed["namesake"] = typed.get("namesake") or 1
            self.person = holder_of(self.card(), self._own)
        if getattr(self, "person", None) is None and not self.errors:
            self.add_error("nickname", NOBODY if nickname else NO_CARD)
        return typed


def _dongs(own: frozenset[str]) -> list[tuple[str, str]]:
    return [(dong.code, f"{dong.district} {dong}") for dong in all_dongs() if dong.district_id in own]


class CheckingView(PermissionCheckedMixin, DeskForm):
    """A form of the desk around an action about somebody's account."""

    model = Verification
    permission_required = "add"
    header_icon = "user"
    template_name = "cms/desk/check.html"
    limit = "look_up"
    asks_whose = True
    done: str | Promise = ""
    button: str | Promise = ""
    seen = Seen.CHECK
    came_about = "people"

    @abstractmethod
    def act(self, form: Any) -> None:
        """Call the action; what it refuses is shown at the form."""

    def place(self, form: Any) -> str:
        """The district in whose log it stands that somebody's account was opened here."""
        return min(districts_for(person_at(self.request), "check_identity"), default="")

    def note_asked(self, form: Any) -> None:
        if not form.is_valid():
            self.note(form)

    def note(self, form: Any, about: str = "people") -> None:
        """Write down whose account it was; `about` tells whether something came of it."""
        if (whose := asked_about(form, about=about)) is not None:
            note_shown(self.request, [whose], self.seen, task="check_identity", district=self.place(form))

    def send(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():  # the review of the month rests on the note: neither without the other
                self.act(form)
                self.note(form, self.came_about)
        except Exception:  # refused, it was asked about all the same
            self.note(form)
            raise
        messages.success(self.request, str(self.done))
        return redirect("desk-checks:index")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


@method_decorator(sensitive_post_parameters("name", "born"), name="dispatch")
class CheckView(CheckingView):
    """Look at the card, type what stands on it, forget it."""

    form_class = CheckForm
    page_title = CHECKS
    button = gettext_lazy("Record the check")
    came_about = CHECKED
    done = gettext_lazy("The check is recorded: the way and the day, nothing else.")

    def place(self, form: CheckForm) -> str:
        return str(form.cleaned_data.get("district") or super().place(form))

    def act(self, form: CheckForm) -> None:
        assert form.person is not None  # the form has asked
        verify_at_office(
            by=person_at(self.request),
            person=form.person,
            card=form.card(),
            district=form.cleaned_data["district"],
            ties=form.ties(),
            at=database_now(),
        )


@method_decorator(sensitive_post_parameters("name", "born"), name="dispatch")
class TakeBackView(CheckingView):
    """Undo a check that was recorded for the wrong account."""

    form_class = TakeBackForm
    page_title = gettext_lazy("Take a check back")
    button = gettext_lazy("Take the check back")
    done = gettext_lazy("The check is taken back.")
    seen = Seen.ACCOUNT

    def place(self, form: TakeBackForm) -> str:
        checked = getattr(form.person, "verification", None)  # nobody checked it: there is no row
        own = districts_for(person_at(self.request), "check_identity")
        return checked.district if checked and checked.district in own else super().place(form)

    def act(self, form: TakeBackForm) -> None:
        assert form.person is not None  # the form has asked
        reason = form.cleaned_data["reason"]
        take_back_check(by=person_at(self.request), person=form.person, reason=reason, at=database_now())


class CheckViewSet(ViewSet):
    name = "desk-checks"
    url_prefix = "checks"
    icon = "user"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", CheckView.as_view(), name="index"),
            path("letters/", LettersView.as_view(), name="letters"),
            path("take-back/", TakeBackView.as_view(), name="take_back"),
        ]
