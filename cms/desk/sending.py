"""What does every form of the desk do? It is counted, it does one thing or says why not, and the words stay."""

from abc import abstractmethod
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from civic.limits.edge import insist_within
from civic.proposals.forms import add_refusal
from civic.refusals import Refusal, Refused

from .access import person_at


class DeskForm(WagtailAdminTemplateMixin, FormView):
    """`limit` is the figure it counts against; `asks_whose` where its form wants to know who fills it in."""

    http_method_names = ("get", "head", "post", "options")  # Django's form views would take PUT for POST
    limit = "office"
    asks_whose = False

    @abstractmethod
    def send(self, form: Any) -> HttpResponse:
        """Call the action and lead on. Raises Refused."""

    def note_asked(self, form: Any) -> None:
        """Write down whose data the form was asked about, whatever comes of it."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | ({"person": person_at(self.request)} if self.asks_whose else {})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            insist_within(request, self.limit)
        except Refused as refused:
            return self._too_often(refused.refusal)
        form = self.get_form()
        valid = form.is_valid()
        self.note_asked(form)
        return self.form_valid(form) if valid else self.form_invalid(form)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return self.send(form)
        except Refused as refused:
            add_refusal(form, refused.refusal)
            return self.form_invalid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _too_often(self, refusal: Refusal) -> HttpResponse:
        """The same form with the same words, none of which was looked at."""
        asked = {name: said for name, said in self.get_form_kwargs().items() if name not in ("data", "files")}
        form_class, sent = self.get_form_class(), self.get_form()
        words = {
            name: field.widget.value_from_datadict(sent.data, {}, sent.add_prefix(name))
            for name, field in sent.fields.items()
        }
        messages.error(self.request, str(refusal.text))
        form = form_class(**asked | {"initial": words})
        return self.render_to_response(self.get_context_data(form=form), status=refusal.status)
