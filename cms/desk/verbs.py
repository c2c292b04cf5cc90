"""How does a form at the desk call one verb? It is sent, the action does it or says why not, and the words stay."""

from abc import abstractmethod
from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from wagtail.admin import messages

from civic.refusals import Refusal

from .sending import DeskForm


class VerbView(DeskForm):
    """`note` stands over the form, `refusal` is why its button does not work, `after` names what follows."""

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

    def send(self, form: Any) -> HttpResponse:
        self.act(form.cleaned_data)
        messages.success(self.request, str(self.done))
        return redirect(self.after)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"note": self.note, "button": self.button, "refusal": self.refusal()}
        return super().get_context_data(**kwargs) | more
