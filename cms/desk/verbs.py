"""How does a form at the desk call one verb? It is sent, the action does it or says why not, and the words stay."""

from abc import abstractmethod
from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from civic.proposals.forms import add_refusal
from civic.refusals import Refusal, Refused


class VerbView(WagtailAdminTemplateMixin, FormView):
    """`note` stands over the form, `refusal` is why its button does not work, `after` names what follows."""

    http_method_names = ("get", "head", "post", "options")  # Django's form views would take PUT for POST
    template_name = "cms/desk/verb.html"
    note: str | Promise = ""
    button: str | Promise = ""
    done: str | Promise = ""
    after: ClassVar[str] = ""

    @abstractmethod
    def act(self, said: dict[str, Any]) -> None:
        """Call the action. Raises Refused."""

    def refusal(self) -> Refusal | None:
        """Why nothing can be done here, before anything is typed."""
        return None

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.act(form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused.refusal)
            return self.form_invalid(form)
        messages.success(self.request, str(self.done))
        return redirect(self.after)

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"note": self.note, "button": self.button, "refusal": self.refusal()}
        return super().get_context_data(**kwargs) | more
