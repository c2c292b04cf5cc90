"""What may a person not do, and why?"""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from civic.places.models import District, Dong
from civic.refusals import Refusal

from .models import ApiToken, Person, RoleGrant
from .names import why_not_named
from .queries import grant_for, grants_of, is_confirmed
from .roles import EVERYWHERE, ROLES, Admin, Resident, district_scope

MOST_TOKENS = 20
LONGEST_LABEL = 60
UNCONFIRMED_DAYS = 7  # how long an account waits for its code, and with it the nickname and the address


def holds(person: Person | AnonymousUser, role: str, scope: str) -> bool:
    """Does the person hold the role in this scope? Residents need no grant, only an account that is open."""
    if not isinstance(person, Person) or not person.is_active:
        return False
    return role == Resident.code or grant_for(person, role, scope) is not None


def why_not_act_as(person: Person | AnonymousUser, role: str, scope: str) -> Refusal | None:
    """Refuse whoever is not signed in, does not hold the role, or holds it somewhere else."""
    if not isinstance(person, Person) or not person.is_active:
        return Refusal("not_signed_in", _("Please sign in first."), status=401)
    if holds(person, role, scope):
        return None
    if any(grant.role == role for grant in grants_of(person)):
        return Refusal("role_elsewhere", _("Your role holds in another district."), status=403)
    return Refusal("role_missing", _("Your account does not have the role for this."), status=403)


def why_not_take_nickname(nickname: str) -> Refusal | None:
    """Refuse a tidy nickname that is unreadable, poses as an office or a place, or is taken."""
    if (refusal := why_not_named(nickname)) is not None:
        return refusal
    if District.objects.filter(name_ko=nickname).exists() or Dong.objects.filter(name_ko=nickname).exists():
        return Refusal("nickname_posing", _("This is the name of a place. Please choose another."), 422, "nickname")
    if Person.objects.filter(Exact(Lower("nickname"), Lower(Value(nickname)))).exists():
        return Refusal("nickname_taken", _("Somebody already has this nickname."), field="nickname")
    return None


def why_not_register(*, email: str, nickname: str) -> Refusal | None:
    """Refuse a nickname that cannot be taken, and an address that has an account.

    The sign-up form never shows the refusal about the address: it answers as if the account were new.
    """
    if (refusal := why_not_take_nickname(nickname)) is not None:
        return refusal
    if Person.objects.filter(Exact(Lower("email"), Lower(Value(email)))).exists():
        return Refusal("email_taken", _("This address already has an account."), field="email")
    return None


def why_not_lapse(person: Person, *, at: datetime) -> Refusal | None:
    """Refuse to remove an account that was confirmed, used, given a role, or that still has days to be confirmed in."""
    if is_confirmed(person) or person.last_login or person.is_staff or person.is_superuser or grants_of(person):
        return Refusal("account_in_use", _("This account is in use."))
    if at < person.date_joined + timedelta(days=UNCONFIRMED_DAYS):
        return Refusal("account_waits", _("This account can still be confirmed."))
    return None


def why_not_grant(
    by: Person | None, person: Person, role: str, scope: str, *, office: str, phone: str
) -> Refusal | None:
    """Refuse a grant by somebody who keeps no roles there, of an unknown role, or without what it must show.

    `by` None is the installation itself: the first administrator, the demonstration.
    """
    known = ROLES.get(role)
    if known is None or known is Resident:
        return Refusal("role_unknown", _("There is no such role to grant."), status=422, field="role")
    if not _is_scope(scope):
        return Refusal("scope_unknown", _("There is no such place to hold a role in."), status=422, field="scope")
    if by is not None and (refusal := why_not_act_as(by, Admin.code, scope)) is not None:
        return refusal
    if known.needs_office and not office:
        return Refusal("office_missing", _("This role shows a department or field: please name it."), 422, "office")
    if known.needs_phone and not phone:
        return Refusal("phone_missing", _("This role shows an office telephone: please give it."), 422, "phone")
    if any(grant.role == role and grant.scope == scope for grant in grants_of(person)):
        return Refusal("role_held", _("The person already holds this role here."))
    return None


def why_not_revoke(by: Person | None, person: Person, role: str, scope: str) -> Refusal | None:
    """Refuse taking away what is not held, by somebody who keeps no roles there, or the site's last administrator.

    The last one is counted under the lock that `revoke_role` holds on all of them; the installation itself has to
    name another first too.
    """
    if by is not None and (refusal := why_not_act_as(by, Admin.code, scope)) is not None:
        return refusal
    if not any(grant.role == role and grant.scope == scope for grant in grants_of(person)):
        return Refusal("role_not_held", _("The person does not hold this role here."))
    if by == person and role == Admin.code and scope == EVERYWHERE:
        return Refusal("own_role", _("Another administrator has to take this role from you."), status=403)
    if role == Admin.code and scope == EVERYWHERE and not _other_administrators(person):
        return Refusal("last_admin", _("This is the last administrator of the site. Please name another first."))
    return None


def why_not_issue_token(by: Person, person: Person, *, label: str) -> Refusal | None:
    """Refuse a key for somebody else, without a name, or beyond the number one can keep an eye on."""
    if by.pk != person.pk or not person.is_active:
        return Refusal("token_of_another", _("You can make keys for your own account only."), status=403)
    if not 1 <= len(label) <= LONGEST_LABEL:
        return Refusal("label_length", _("Name the program in 1 to 60 characters."), status=422, field="label")
    if person.tokens.filter(revoked_at__isnull=True).count() >= MOST_TOKENS:
        return Refusal("too_many_tokens", _("You have 20 keys. Revoke one that you no longer use."), field="label")
    return None


def why_not_revoke_token(by: Person, token: ApiToken) -> Refusal | None:
    """Refuse somebody else's key and one that is already revoked."""
    if token.person_id != by.pk:
        return Refusal("token_of_another", _("You can revoke keys of your own account only."), status=403)
    if token.revoked_at is not None:
        return Refusal("token_revoked", _("This key is already revoked."))
    return None


def _is_scope(scope: str) -> bool:
    return scope == EVERYWHERE or scope in map(district_scope, District.objects.values_list("code", flat=True))


def _other_administrators(person: Person) -> bool:
    others = RoleGrant.objects.filter(role=Admin.code, scope=EVERYWHERE, person__is_active=True)
    return others.exclude(person=person).exists()
