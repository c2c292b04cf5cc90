"""What can an account not be, and why?"""

from datetime import datetime, timedelta

from django.db.models import Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from civic.people.models import Person
from civic.people.names import why_not_named
from civic.people.queries import PLACE, agrees_to, grants_of, is_confirmed
from civic.places.models import District, Dong
from civic.refusals import Refusal

YOUNGER = _(
    "An account needs the age of 14. If you are younger, ask a parent or teacher to write with you;"
    " reading is open to everybody."
)


def why_not_take_nickname(nickname: str) -> Refusal | None:
    """Refuse a tidy nickname that is unreadable, poses as an office or a place, or is taken."""
    if (refusal := why_not_named(nickname)) is not None:
        return refusal
    if District.objects.filter(name_ko=nickname).exists() or Dong.objects.filter(name_ko=nickname).exists():
        return Refusal("nickname_posing", _("This is the name of a place. Please choose another."), 422, "nickname")
    if Person.objects.filter(Exact(Lower("nickname"), Lower(Value(nickname)))).exists():
        return Refusal("nickname_taken", _("Somebody already has this nickname."), field="nickname")
    return None


def why_not_register(*, email: str, nickname: str, old_enough: bool) -> Refusal | None:
    """Refuse whoever did not say to be 14, a nickname that cannot be taken, and an address that has an account.

    The sign-up form never shows the refusal about the address: it answers as if the account were new.
    """
    if not old_enough:
        return Refusal("too_young", YOUNGER, 422, "old_enough")
    if (refusal := why_not_take_nickname(nickname)) is not None:
        return refusal
    if Person.objects.filter(Exact(Lower("email"), Lower(Value(email)))).exists():
        return Refusal("email_taken", _("This address already has an account."), field="email")
    return None


def why_not_correct(person: Person, *, nickname: str, dong: Dong | None) -> Refusal | None:
    """Refuse a nickname that cannot be taken, and a dong nobody agreed to have kept. One's own nickname stays free."""
    if nickname != person.nickname:
        mine = nickname.casefold() == person.nickname.casefold()
        if refusal := why_not_named(nickname) if mine else why_not_take_nickname(nickname):
            return refusal
    if dong is not None and dong.pk != person.dong_id and not agrees_to(person, PLACE):
        text = _("Agree to the keeping of your dong first, or leave it empty.")
        return Refusal("place_not_agreed", text, 422, "dong")
    return None


def why_not_lapse(person: Person, *, days: int, at: datetime) -> Refusal | None:
    """Refuse to remove an account that was confirmed, used, given a role, or that still has days to be confirmed in."""
    if is_confirmed(person) or person.last_login or person.is_staff or person.is_superuser or grants_of(person):
        return Refusal("account_in_use", _("This account is in use."))
    if at < person.date_joined + timedelta(days=days):
        return Refusal("account_waits", _("This account can still be confirmed."))
    return None
