"""What does a mailed code prove? The mailbox, and not that whoever opened other ways in before reads it."""

from typing import Any

from allauth.account.views import ConfirmLoginCodeView, ConfirmPasswordResetCodeView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from civic.clocks.now import database_now
from civic.people.actions import change_password, distrust_links
from civic.people.models import Person
from civic.people.queries import is_confirmed


class ConfirmSignInCode(ConfirmLoginCodeView):
    """The code that signs in: the first thing that confirms the address of some accounts."""

    def form_valid(self, form: Any) -> HttpResponse:
        if "code" in form.cleaned_data:  # and not the form that asks for another
            _distrust_earlier(self.request, self._process.user)
        return super().form_valid(form)


class ConfirmResetCode(ConfirmPasswordResetCodeView):
    """The code that lets one choose a new password; who leaves before choosing has none."""

    def form_valid(self, form: Any) -> HttpResponse:
        _distrust_earlier(self.request, self._process.user)
        return super().form_valid(form)


def _distrust_earlier(request: HttpRequest, person: Person) -> None:
    """Close the ways in that were opened before anybody confirmed the address: a stranger may have used it."""
    if is_confirmed(person):
        return
    at = database_now()
    if person.has_usable_password():
        change_password(person=person, password=None, at=at)
        messages.info(request, _("The password set before this address was confirmed works no more."))
    if distrust_links(person=person, at=at):
        messages.info(request, _("Accounts elsewhere linked before this address was confirmed lead here no more."))


confirm_sign_in_code = ConfirmSignInCode.as_view()
confirm_reset_code = ConfirmResetCode.as_view()
