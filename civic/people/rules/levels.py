"""Why may an account not do what takes a level, and why can a check not be recorded?"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic.people.levels import CHECKED, CONFIRMED, PROVEN
from civic.people.models import CodeTries, Letter, Person, PersonKey, Tie
from civic.people.person_key import NAMESAKES, Card, card_digests, namesake_digests, plain_name
from civic.people.queries import PLACE, agrees_to, is_confirmed
from civic.people.roles import EVERYWHERE, district_of, district_scope
from civic.places.models import Dong
from civic.refusals import Refusal

from .powers import scopes_for, why_consent_due, why_not_by_role

TRIES, TRIES_IN = 5, timedelta(days=1)
LETTER_DAYS = 30  # how long a mailed code can be used
MOST_LETTERS = 100  # a sheet
NAME = 60  # characters
SCRIPTS = re.compile(
    "[가-힣]{2,}|[a-z]{2,}"
)  # of the names on cards: what looks alike in another one is no letter here
OLDEST = timedelta(days=366 * 125)

# One sentence, whether a code is mistyped, used, over or another account's: it tells nobody who has an account.
UNUSABLE = Refusal(
    "code_unusable",
    _(
        "This code cannot be used for this account. Please check the digits: a code works once, within 30 days. "
        "If you have another account that is checked, sign in there; otherwise ask your district office."
    ),
    409,
    "code",
)
NOT_VERIFIED = Refusal(
    "not_verified",
    _(
        "This check cannot be recorded for this account. Whoever has another account that is checked signs in there; "
        "otherwise please ask the district office."
    ),
)
TOLD_TOO_LITTLE = Refusal(
    "told_too_little",
    _(
        "The provider did not tell your name and day of birth, so that a second account could not be noticed. Have "
        "your identity checked at the counter or by a letter first, then come back."
    ),
)

SCRIPT = _(
    "Type the name as it stands on the card, in Hangul alone or in the letters A to Z alone. What stands in brackets "
    "does not count."
)
LINE = _("Line %(line)s: %(what)s")
TWICE = _(
    "Somebody stands on the sheet twice. Leave one line; who shares name and day of birth with another resident goes "
    "to the counter."
)
NAMESAKE = _(
    "Line %(line)s: a resident with this name and day of birth was told apart from another at the counter. Leave the "
    "line out; both go to the counter."
)
NO_PLACE = _(
    "This resident has not agreed that dongs are kept. Leave them at “Not shown”: the check itself can be recorded "
    "all the same."
)
_BELOW: dict[int, str | Promise] = {
    CHECKED: _("For this the district must have checked who you are. “Identity check” on your page says how."),
    PROVEN: _("For this you sign in once with an identity provider. “Identity check” on your page says how."),
}


def why_below(person: Person | AnonymousUser, needed: int) -> Refusal | None:
    """Refuse an account below the level, and one that has not answered a text that changed.

    Whoever is not signed in was refused before, and is here too.
    """
    if not isinstance(person, Person) or not person.is_active:
        return Refusal("not_signed_in", _("Please sign in first."), status=401)
    refusal = why_consent_due(person) or why_unchecked(person, needed)
    if person.level < CHECKED and needed >= CONFIRMED and not is_confirmed(person):
        return Refusal("unconfirmed", _("Confirm your e-mail address first."), status=403)
    return refusal


def why_unchecked(person: Person | AnonymousUser, needed: int) -> Refusal | None:
    """The part of `why_below` that the account's own row answers: for pages, which must ask nothing more."""
    if needed < CHECKED or (isinstance(person, Person) and person.level >= needed):
        return None
    return Refusal("level_too_low", _BELOW[needed], status=403)


def why_not_check(by: Person | None, person: Person, district: str, ties: Mapping[str, Dong]) -> Refusal | None:
    """Refuse whoever does not check residents of that district, an account that cannot be checked, and strange ties.

    `by` None is the installation itself: the demonstration.
    """
    if by is not None and (refusal := _why_no_checker(by, district)) is not None:
        return refusal
    if by == person:
        return Refusal("own_check", _("Somebody else in office has to check your own account."), status=403)
    if not person.is_active or not is_confirmed(person):
        return Refusal("not_open", _("This account has no confirmed address yet."), field="nickname")
    if set(ties) - set(Tie.Kind.values) or any(dong.district_id != district for dong in ties.values()):
        return Refusal("tie_elsewhere", _("You can confirm only what ties a resident to your own district."), 422)
    if ties and not agrees_to(person, PLACE):
        return Refusal("place_not_agreed", NO_PLACE, 422, next(iter(ties)))
    return None


def _why_no_checker(by: Person, district: str) -> Refusal | None:
    """Refuse whoever is no official of the district. Which department counts for nothing: a dong's centre is one."""
    scopes = scopes_for(by, "check_identity")
    if by.is_active and any(scope == EVERYWHERE or district_of(scope) == district for scope in scopes):
        return None
    return why_not_by_role(by, "check_identity", district_scope(district))


def why_not_card(card: Card, *, at: datetime) -> Refusal | None:
    """Refuse what cannot be a name and a day of birth. The sentences repeat nothing of it."""
    if len(card.name) > NAME or any(mark.isdigit() for mark in card.name):  # a registration number, typed here
        return Refusal("card_name", _("Type the name as it stands on the card."), 422, "name")
    if not SCRIPTS.fullmatch(plain_name(card.name)):
        return Refusal("card_script", SCRIPT, 422, "name")
    if not (at - OLDEST).date() < card.born <= at.date():
        return Refusal("card_born", _("Type the day of birth as it stands on the card."), 422, "born")
    if not 1 <= card.namesake <= NAMESAKES:
        return Refusal("card_namesake", _("A whole number from 1 to 9."), 422, "namesake")
    return None


def why_not_key(person: Person, source: str, digests: Sequence[str]) -> Refusal | None:
    """Refuse a key that another account has, and another key for an account that has one: one person, one voice."""
    keys = PersonKey.objects.filter(digest__in=digests) | PersonKey.objects.filter(person=person, source=source)
    fits = all(key.person_id == person.pk and key.digest in digests for key in keys)
    return None if fits else NOT_VERIFIED


def why_not_by_provider(person: Person, card: Card | None) -> Refusal | None:
    """Refuse whom no card tells from others: a voice takes a key of a card, from a counter, a letter or the provider.

    A provider knows of no namesakes. Whose card another account has, under whichever number, goes to the counter.
    """
    if PersonKey.objects.filter(person=person, source=PersonKey.Source.CARD).exists():
        return None
    if card is None:
        return TOLD_TOO_LITTLE
    return NOT_VERIFIED if PersonKey.objects.filter(digest__in=namesake_digests(card)).exists() else None


def why_not_send(
    by: Person, dong: Dong, cards: Collection[Card], *, lines: Sequence[int] = (), at: datetime
) -> Refusal | None:
    """Refuse letters of another district, none, too many at once, lines that are no person, and one person twice.

    A person has one open code: of two letters on one sheet the first would be dead when it arrives.
    """
    if (refusal := _why_no_checker(by, dong.district_id)) is not None:
        return refusal
    if not 1 <= len(cards) <= MOST_LETTERS:
        return Refusal("letters_number", _("One sheet has 1 to 100 letters."), 422, "people")
    numbered = list(zip(lines or range(1, len(cards) + 1), cards, strict=True))
    for line, card in numbered:
        if refusal := why_not_card(card, at=at):
            return replace(refusal, text=LINE % {"line": line, "what": refusal.text}, field="people")
    if len({card_digests(card)[0] for card in cards}) < len(cards):
        return Refusal("letters_twice", TWICE, 422, "people")
    return _why_not_namesake(numbered)


def _why_not_namesake(numbered: Collection[tuple[int, Card]]) -> Refusal | None:
    """A letter names nobody by a number: who was told apart at a counter would be a second person by its code."""
    lines = {digest: n for n, card in numbered for digest in namesake_digests(card, first=2)}
    found = PersonKey.objects.filter(digest__in=lines).values_list("digest", flat=True).first()
    if found is None:
        return None
    return Refusal("letters_namesake", NAMESAKE % {"line": lines[found]}, 422, "people")


def why_not_try(person: Person, tries: CodeTries | None, *, at: datetime) -> Refusal | None:
    """Refuse more than five wrong codes in a day."""
    if tries is None or tries.number < TRIES or at >= tries.since + TRIES_IN:
        return None
    return Refusal("too_many_tries", _("Five codes did not work. Please try again tomorrow."), status=429, field="code")


def why_not_use(person: Person, letter: Letter | None, *, at: datetime) -> Refusal | None:
    """Refuse a code that is unknown or over, or whose addressee is not the person of this account: one sentence."""
    if letter is None or at >= letter.expires_at:
        return UNUSABLE
    return UNUSABLE if why_not_key(person, PersonKey.Source.CARD, [letter.person_key]) else None


def why_not_take_back(by: Person, person: Person, *, reason: str) -> Refusal | None:
    """Refuse taking back what another district or nobody checked, and taking it back without a reason."""
    check = getattr(person, "verification", None)
    if check is None:
        return Refusal("not_checked", _("There is no check of this account to take back."), field="nickname")
    if (refusal := _why_no_checker(by, check.district)) is not None:
        return refusal
    return why_not_reason(reason)


def why_not_reason(reason: str) -> Refusal | None:
    """Refuse a reason that is none, and one that no column holds."""
    if 5 <= len(reason) <= 200:
        return None
    return Refusal("reason_length", _("Give a reason in 5 to 200 characters."), 422, "reason")


def why_not_tie(person: Person, kind: str) -> Refusal | None:
    """Refuse a tie that the site does not know, and one that the person has not agreed to have kept."""
    if kind not in Tie.Kind.values:
        return Refusal("unknown_tie", _("Choose whether you live, work or study there."), 422, "kind")
    if not agrees_to(person, PLACE):
        return Refusal("place_not_agreed", _("Agree first that your dong is kept."), 422, "consent_place")
    return None


def why_not_untie(tie: Tie | None) -> Refusal | None:
    """Refuse to take back what was not said."""
    return Refusal("no_tie", _("There is nothing to take back."), 404) if tie is None else None
