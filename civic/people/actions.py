"""What can be done to accounts, roles and keys? Each verb is one transaction and leaves one fact."""

import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import Model

from civic.ledger.record import record
from civic.places.models import Dong
from civic.refusals import Refused, insist
from civic.texts import clean_line

from .bearer import digest
from .facts import (
    AccountLapsed,
    AddressConfirmed,
    PasswordChanged,
    PersonRegistered,
    RoleGranted,
    RoleRevoked,
    TokenIssued,
    TokenRevoked,
)
from .models import ApiToken, Person, RoleGrant
from .names import tidy
from .queries import forget_grants
from .roles import EVERYWHERE, ROLES, Admin
from .rules import (
    why_not_grant,
    why_not_issue_token,
    why_not_lapse,
    why_not_register,
    why_not_revoke,
    why_not_revoke_token,
)


def register_person(
    *, email: str, nickname: str, password: str | None, dong: Dong | None = None, at: datetime
) -> Person:
    """Open an account; the address still has to be confirmed. Without a password one signs in by mailed code."""
    nickname = tidy(nickname)
    insist(why_not_register(email=email, nickname=nickname))
    try:
        with transaction.atomic():
            person = Person.objects.create_user(email.lower(), nickname, password, dong=dong, date_joined=at)
            record(PersonRegistered(key="people"), state={}, concerns={person: {"as": "holder"}}, at=at)
    except IntegrityError as lost_race:
        refusal = why_not_register(email=email, nickname=nickname)
        if refusal is None:
            raise
        raise Refused(refusal) from lost_race
    return person


@transaction.atomic
def confirm_address(*, person: Person, at: datetime) -> None:
    """Take the person's address as confirmed without a mail: accounts of the demonstration and of the desk."""
    EmailAddress.objects.filter(user=person).exclude(email=person.email).update(primary=False)
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    record(AddressConfirmed(key="people"), state={}, concerns={person: {"as": "holder"}}, at=at)


@transaction.atomic
def change_password(*, person: Person, password: str | None, at: datetime) -> None:
    """Replace the password, or take it away (None), and with it every session and every key for a program.

    Whoever had the account before may have made keys: a new password is worth nothing while they work.
    """
    _lock(person)
    person.set_password(password)  # sessions carry a digest of it
    person.save(update_fields=["password"])
    record(PasswordChanged(key="people"), state={}, concerns={person: {"as": "holder"}}, at=at)
    for token in person.tokens.select_for_update().filter(revoked_at__isnull=True):
        _stop(token, person, at)


@transaction.atomic
def lapse_account(*, person: Person, at: datetime) -> None:
    """Remove an account that nobody confirmed in time, so that its nickname and address are free. The clock does it."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    list(EmailAddress.objects.select_for_update().filter(user=person))  # a code that is typed right now waits
    insist(why_not_lapse(person, at=at))
    person.delete()
    record(AccountLapsed(key="people"), state={}, concerns={}, at=at)


@transaction.atomic
def grant_role(
    *, by: Person | None, person: Person, role: str, scope: str, office: str = "", phone: str = "", at: datetime
) -> RoleGrant:
    """Give a person a role in a scope; `by` None is the installation itself."""
    office, phone = clean_line(office), clean_line(phone)
    _lock(person)
    insist(why_not_grant(by, person, role, scope, office=office, phone=phone))
    grant = RoleGrant.objects.create(person=person, role=role, scope=scope, office=office, phone=phone, granted_at=at)
    _follow_grants(person, role)
    fact = RoleGranted(key=f"role:{role}:{scope}", district=_district(scope), role=role, scope=scope)
    record(fact, state={"role": role, "scope": scope}, concerns=_concerned(person, by), at=at)
    return grant


@transaction.atomic
def revoke_role(*, by: Person | None, person: Person, role: str, scope: str, at: datetime) -> None:
    """Take a role in a scope from a person."""
    if role == Admin.code and scope == EVERYWHERE:
        _lock_administrators(by)
    _lock(person)
    insist(why_not_revoke(by, person, role, scope))
    RoleGrant.objects.filter(person=person, role=role, scope=scope).delete()
    _follow_grants(person, role)
    fact = RoleRevoked(key=f"role:{role}:{scope}", district=_district(scope), role=role, scope=scope)
    record(fact, state={"role": role, "scope": scope}, concerns=_concerned(person, by), at=at)


@transaction.atomic
def issue_token(*, by: Person, person: Person, label: str, at: datetime) -> str:
    """Make a key for a program that acts for the person, and return it: the only time it can be read."""
    label = clean_line(label)
    _lock(person)
    insist(why_not_issue_token(by, person, label=label))
    raw = secrets.token_urlsafe(32)
    token = ApiToken.objects.create(person=person, digest=digest(raw), label=label, created_at=at)
    record(TokenIssued(key=f"token:{token.pk}"), state={}, concerns={person: {"as": "holder"}}, at=at)
    return raw


@transaction.atomic
def revoke_token(*, by: Person, token: ApiToken, at: datetime) -> None:
    """Stop a key from working, at once and for good."""
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    insist(why_not_revoke_token(by, token))
    _stop(token, by, at)


def _stop(token: ApiToken, holder: Person, at: datetime) -> None:
    ApiToken.objects.filter(pk=token.pk).update(revoked_at=at)
    record(TokenRevoked(key=f"token:{token.pk}"), state={}, concerns={holder: {"as": "holder"}}, at=at)


def _lock(person: Person) -> None:
    """Hold the person's row until the end of the transaction, and read their grants anew."""
    Person.objects.select_for_update().get(pk=person.pk)
    forget_grants(person)


def _lock_administrators(by: Person | None) -> None:
    """Let two administrators who take the role from each other wait here: the rule counts who is left."""
    list(RoleGrant.objects.select_for_update().filter(role=Admin.code, scope=EVERYWHERE).order_by("pk"))
    if by is not None:
        forget_grants(by)  # the role may have gone while they waited


def _follow_grants(person: Person, role: str) -> None:
    """Keep the group `role:<code>`, by which Wagtail gives rights, and the way to the desk in step with the grants."""
    forget_grants(person)
    held = set(person.grants.values_list("role", flat=True))
    group, _made = Group.objects.get_or_create(name=f"role:{role}")
    (person.groups.add if role in held else person.groups.remove)(group)
    person.is_staff = person.is_superuser or any(ROLES[code].staff for code in held if code in ROLES)
    person.save(update_fields=["is_staff"])


def _district(scope: str) -> str:
    kind, _colon, code = scope.partition(":")
    return code if kind == "district" else ""


def _concerned(person: Person, by: Person | None) -> dict[Model, dict[str, str]]:
    if by is None or by == person:
        return {person: {"as": "holder"}}
    return {person: {"as": "holder"}, by: {"as": "grantor"}}
