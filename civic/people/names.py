"""May this nickname be used? Pure: a word in, a refusal or nothing out."""

import re
import unicodedata

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic.refusals import Refusal
from civic.texts import clean_line

SHORTEST, LONGEST = 2, 30

_ALLOWED = re.compile(r"[\w .·'\-]+")
# Words by which a reader recognises somebody who answers in office: a nickname made of them would speak for it.
_POSTS = re.compile(
    r"관리자|운영자|운영진|운영팀|모더레이터|공무원|주무관|구청장|시장님|감사관|공식계정"
    r"|(구청|시청|주민센터|행정복지센터|구민청|의회|경찰서?|소방서)(장|직원|담당|담당자|팀|과|사람)?$"
)
# What stands in place of a name where an account was erased: worn by somebody, it would claim all those words.
_NOBODY = re.compile(r"탈퇴한?(이용자|사용자|회원|주민)|formermember")
_POSTS_LATIN = re.compile(
    r"\b(admin\w*|moderator\w*|official\w*|operator\w*|webmaster|postmaster|staff|root|system|districtoffice)\b"
)


def tidy(nickname: str) -> str:
    """The nickname as it is stored: composed, without direction or control characters, single spaces."""
    return clean_line(nickname)


def why_not_named(nickname: str) -> Refusal | None:
    """Refuse a tidy nickname that is too short or long, holds signs, or poses as an office."""
    if not SHORTEST <= len(nickname) <= LONGEST:
        return _refusal("nickname_length", _("A nickname has 2 to 30 characters."))
    if not _readable(nickname):
        return _refusal("nickname_signs", _("A nickname holds letters, digits, spaces, dots and hyphens."))
    if poses(nickname):
        return _refusal("nickname_posing", _("This nickname reads like an office. Please choose another."))
    if _NOBODY.search(_joined(nickname)):
        text = _("This is what everybody is called who has left. Please choose another.")
        return _refusal("nickname_nobody", text)
    return None


def poses(nickname: str) -> bool:
    """Does it read like an office, however it is spaced, cased or widened?"""
    words, joined = _words(nickname), _joined(nickname)
    return bool(_POSTS.search(joined) or _POSTS_LATIN.search(words) or _POSTS_LATIN.fullmatch(joined))


def _words(nickname: str) -> str:
    plain = unicodedata.normalize("NFKC", nickname).casefold()
    return " ".join(re.sub(r"[\W\d_]+", " ", plain).split())


def _joined(nickname: str) -> str:
    return _words(nickname).replace(" ", "")


def _readable(nickname: str) -> bool:
    if not _ALLOWED.fullmatch(nickname):
        return False
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in nickname if letter.isalpha()}
    return bool(scripts) and not ("LATIN" in scripts and scripts & {"CYRILLIC", "GREEK"})


def _refusal(code: str, text: str | Promise) -> Refusal:
    return Refusal(code, text, status=422, field="nickname")
