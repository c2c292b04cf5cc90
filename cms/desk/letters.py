"""How do codes come onto paper? One sheet for the printer, shown once; neither a name nor a code is kept."""

import re
from datetime import date
from itertools import repeat
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from civic.clocks.now import database_now
from civic.people.actions import Subject, send_letters
from civic.people.models import Person, Seen, Verification
from civic.people.person_key import Card, name_alone
from civic.people.queries.checkers import about_sheet
from civic.people.rules.levels import LETTER_DAYS, why_not_card
from civic.people.rules.levels import LINE as NUMBERED
from civic.places.models import Dong
from civic.places.queries import all_dongs, find_dong

from .access import districts_for, person_at
from .noting import note_shown
from .qr import qr_svg
from .sending import DeskForm
from .unrepeated import UnrepeatedLines

LINE = re.compile(r"(?P<name>[^\d]+?)[\s,]+(?P<year>\d{4})[-.](?P<month>\d{1,2})[-.](?P<day>\d{1,2})\.?")
NO_PERSON = gettext_lazy("Line %(n)s: a name and a day of birth, such as “홍길동 1990-01-02”.")


class LettersForm(forms.Form):
    """To whom, and into which dong."""

    dong = forms.ChoiceField(label=gettext_lazy("Dong the letters go to"))
    people = forms.CharField(
        label=gettext_lazy("People, one a line"),
        widget=UnrepeatedLines,
        strip=False,  # blank lines above count
        help_text=gettext_lazy(
            "Name and day of birth, such as “홍길동 1990-01-02”; up to 100. Nothing of it is kept, or shown again "
            "after an error: paste it from your list."
        ),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own, fields = districts_for(person, "check_identity"), dict[str, Any](self.fields)
        places = [(dong.code, f"{dong.district} {dong}") for dong in all_dongs() if dong.district_id in own]
        fields["dong"].choices = places

    @sensitive_variables()
    def clean_people(self) -> list[Card]:
        """Each line as a card; every line that is none is named by its number, never repeated."""
        found, wrong, at = {}, [], database_now()
        for n, line in enumerate(self.cleaned_data["people"].splitlines(), start=1):
            if not line.strip():
                continue
            card = _card(line.strip())
            if card is None:
                wrong.append(str(NO_PERSON % {"n": n}))
            elif refusal := why_not_card(card, at=at):
                wrong.append(str(NUMBERED % {"line": n, "what": refusal.text}))
            else:
                found[n] = card
        if wrong:
            raise forms.ValidationError(wrong)
        self.lines = list(found)
        return list(found.values())


@sensitive_variables()
def masked(name: str) -> str:
    """A name by which whoever folds the letters finds the envelope: 홍○동."""
    letters = name_alone(name)
    return letters[0] + "○" * max(1, len(letters) - 2) + (letters[-1] if len(letters) > 2 else "")


@method_decorator([sensitive_post_parameters("people"), never_cache], name="dispatch")
class LettersView(PermissionCheckedMixin, DeskForm):
    """Type to whom, then print the sheet: it is the answer to this form and exists nowhere else."""

    model = Verification
    permission_required = "add"
    form_class = LettersForm
    header_icon = "mail"
    template_name = "cms/desk/letters.html"
    limit = "letters"
    asks_whose = True
    page_title = gettext_lazy("Letters with codes")

    @sensitive_variables()
    def send(self, form: LettersForm) -> HttpResponse:
        cards, dong = form.cleaned_data["people"], find_dong(form.cleaned_data["dong"])
        assert dong is not None  # the form has asked
        by, lines = person_at(self.request), form.lines
        try:
            with transaction.atomic():  # the review of the month rests on the note: neither without the other
                sheet = send_letters(by=by, dong=dong, cards=cards, lines=lines, at=database_now())
                self._note(dong, len(cards), sheet.number)
        except Exception:  # refused, it was asked about all the same
            self._note(dong, len(cards), None)
            raise
        with override("ko"):  # as the letter is, in whatever language the desk is read
            page, place = self.request.build_absolute_uri(reverse("me-verification")), f"{dong.district} {dong}"
        letters = list(map(_letter, cards, sheet.codes, repeat(page)))
        context = self.get_context_data(letters=letters, place=place, days=LETTER_DAYS, form=None)
        return self.render_to_response(context)

    def _note(self, dong: Dong, letters: int, sheet: int | None) -> None:
        seen = Subject(about_sheet(dong.code, letters, sheet))
        note_shown(self.request, [seen], Seen.LETTERS, task="check_identity", district=dong.district_id)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("desk-checks:index"), "label": gettext_lazy("Identity checks")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]


@sensitive_variables()
def _letter(card: Card, code: str, page: str) -> dict[str, str]:
    return {"to": masked(card.name), "code": code, "page": page, "qr": qr_svg(f"{page}?code={code}")}


@sensitive_variables()
def _card(line: str) -> Card | None:
    found = LINE.fullmatch(line)
    if found is None:
        return None
    try:
        born = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return Card(name=found["name"].strip(), born=born)
