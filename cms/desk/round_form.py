"""What does the desk fill in for a new vote? Its rule, its time, and its options from proposals or in lines."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets import AdminDateTimeInput

from civic.clocks.deadlines import SEOUL
from civic.clocks.now import database_now
from civic.people.models import Person
from civic.places.queries import districts
from civic.proposals.models import Proposal
from civic.proposals.queries import CODE
from civic.proposals.states import State
from civic.texts import clean_line
from civic.voting.actions import draft_round
from civic.voting.drafts import OptionDraft, RoundDraft, option
from civic.voting.models import Round
from civic.voting.rules import MOST_BALLOTS

from .access import districts_for, person_at
from .sending import DeskForm

VOTES = gettext_lazy("Votes")
LISTED = 100  # proposals to choose from
RULE = ("slug", "title", "lead", "min_picks", "max_picks", "seats", "quorum", "opens_at", "closes_at")
MOST_DIGITS = 15  # of a cost; the rule says the same of the number
LINE = gettext_lazy("Line %(n)s: write title | cost in won | number of the proposal. Cost and number may be left out.")


class RoundForm(forms.Form):
    """A vote to be."""

    district = forms.ChoiceField(label=gettext_lazy("District"))
    title = forms.CharField(
        label=gettext_lazy("Title"), help_text=gettext_lazy("The question, as a neighbour says it.")
    )
    slug = forms.CharField(
        label=gettext_lazy("Address"), help_text=gettext_lazy("Small letters, digits and hyphens: /votes/…/")
    )
    lead = forms.CharField(
        label=gettext_lazy("Introduction"),
        required=False,
        help_text=gettext_lazy("What is decided, and what follows from it."),
    )
    opens_at = forms.DateTimeField(label=gettext_lazy("Opens"), widget=AdminDateTimeInput)
    closes_at = forms.DateTimeField(label=gettext_lazy("Closes"), widget=AdminDateTimeInput)
    min_picks = forms.IntegerField(label=gettext_lazy("Least number of picks"), min_value=1, initial=1)
    max_picks = forms.IntegerField(label=gettext_lazy("Largest number of picks"), min_value=1, initial=3)
    seats = forms.IntegerField(label=gettext_lazy("How many options are chosen"), min_value=1, initial=1)
    quorum = forms.IntegerField(
        label=gettext_lazy("Ballots needed for the result to hold"),
        min_value=1,
        max_value=MOST_BALLOTS,
        required=False,
        help_text=gettext_lazy("Empty: none."),
    )
    proposals = forms.MultipleChoiceField(
        label=gettext_lazy("Options from proposals"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Adopted proposals of your districts; the newest first."),
    )
    options = forms.CharField(
        label=gettext_lazy("Further options, one a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("title | cost in won | number of the proposal. Cost and number may be left out."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = districts_for(person, "run_votes")
        fields: Any = self.fields
        own = {place.code: str(place) for place in districts() if place.code in self.own}
        fields["district"].choices = list(own.items())
        adopted = Proposal.objects.filter(state=State.ADOPTED, district__in=self.own).order_by("-moved_at")
        rows = adopted.values_list("code", "title", "district")[:LISTED]
        fields["proposals"].choices = [(code, f"{code} {title} · {own[place]}") for code, title, place in rows]

    def clean_options(self) -> list[OptionDraft]:
        """Each line as an option; every line that is none is named."""
        lines = [line for line in self.cleaned_data["options"].splitlines() if clean_line(line)]
        found, wrong = [], []
        for n, line in enumerate(lines, start=1):
            one = self._option([clean_line(part) for part in line.split("|")])
            if one is None:
                wrong.append(str(LINE % {"n": n}))
            else:
                found.append(one)
        if wrong:
            raise forms.ValidationError(wrong)
        return found

    def draft(self) -> RoundDraft:
        """What was filled in: the proposals in the order of their numbers, then the lines."""
        chosen = Proposal.objects.filter(code__in=self.cleaned_data["proposals"]).order_by("code")
        options = tuple(map(_from_proposal, chosen)) + tuple(self.cleaned_data["options"])
        return RoundDraft(**{name: self.cleaned_data[name] for name in RULE}, options=options)

    def _option(self, parts: list[str]) -> OptionDraft | None:
        title, cost, code = (*parts, "", "")[:3]
        digits = cost.replace(",", "")
        if not title or len(parts) > 3 or not _is_cost(digits):
            return None
        won = int(digits) if digits else None
        if not code:
            return option(title=title, cost=won)
        known = CODE.fullmatch(code) and Proposal.objects.filter(code=code, district__in=self.own).first()
        return _from_proposal(known, title=title, cost=won) if known else None


class NewRoundView(PermissionCheckedMixin, DeskForm):
    """Make a vote; it is announced by another act, so that it can be looked at first."""

    model = Round
    permission_required = "add"
    form_class = RoundForm
    asks_whose = True
    template_name = "cms/desk/round_form.html"
    page_title = gettext_lazy("Make a vote")

    def get_initial(self) -> dict[str, Any]:
        own = sorted(districts_for(person_at(self.request), "run_votes"))
        today = datetime.combine(database_now().astimezone(SEOUL).date(), time.min, tzinfo=SEOUL)
        times = {"opens_at": today + timedelta(days=7), "closes_at": today + timedelta(days=21)}
        return {"district": own[0] if own else "", **times}

    def send(self, form: RoundForm) -> HttpResponse:
        place = next(p for p in districts() if p.code == form.cleaned_data["district"])
        made = draft_round(by=person_at(self.request), district=place, draft=form.draft(), at=database_now())
        messages.success(self.request, _("The vote is made. Look at it, then announce it."))
        return redirect("desk-rounds:inspect", made.pk)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("desk-rounds:index"), "label": VOTES}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]


def _is_cost(digits: str) -> bool:
    """Nothing, or a whole number short enough to be one."""
    return not digits or (len(digits) <= MOST_DIGITS and digits.isascii() and digits.isdigit())


def _from_proposal(proposal: Proposal, *, title: str = "", cost: int | None = None) -> OptionDraft:
    """The proposal as it stands now, under a title of its own where one is given."""
    return option(
        title=title or proposal.title,
        cost=cost,
        category=proposal.category,
        dong=proposal.dong_id,
        about=proposal.key,
    )
