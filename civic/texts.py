"""What may a resident's words contain? Cleaning; the only module that imports bleach."""

import html
import re
import unicodedata

import bleach
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic.refusals import Refusal

LONGEST = 20_000  # characters as they arrive, markup included
MOST_BRACKETS = 300

_TAGS = frozenset({"p", "br", "strong", "em", "b", "i", "ul", "ol", "li", "blockquote", "a"})
_BLOCK = re.compile(r"<(p|ul|ol|blockquote)\b")
_BREAK = re.compile(r"</?(p|br|li|ul|ol|blockquote)\b[^>]*>")
_WHOLE = re.compile(r' href="(https?://|mailto:)', re.I)
_A = re.compile(r'<a(?: rel="[^"]*")?( href="[^"]*")?(?: rel="[^"]*")?>')
_TAG = re.compile(r"<[^>]+>")
_DROPPED = re.compile(r"<(script|style|iframe|object|template|noscript)\b.*?(</\1\s*>|\Z)", re.I | re.S)
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff"  # control characters, halves of characters
    r"\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0"
    r"\U000e0000-\U000e0fff]"  # what takes no ink or turns the direction; joiners of pictures stay
)
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_MARK = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILE = re.compile(f"({_MARK}{{2}}){_MARK}+")


def clean_line(text: str) -> str:
    """One line of plain text: composed Hangul (NFC), no control or direction characters, single spaces."""
    return " ".join(_sober(text).split())


def clean_html(text: str) -> str:
    """Residents' running text as safe HTML: a few tags stay, links keep only http(s) and mailto, the rest is text.

    Elements whose content is not meant for readers (script, style, frames) go whole; other tags lose their angle
    brackets' meaning and keep their words.
    """
    text = _sober(text).replace("\r\n", "\n").strip()
    return _A.sub(_link, _bleached(_DROPPED.sub("", text)).strip())


def why_not_clean(text: str, field: str) -> Refusal | None:
    """Refuse before parsing what no reader could have meant: a parser's work grows with the square of the nesting."""
    if len(text) > LONGEST or text.count("<") > MOST_BRACKETS:
        return Refusal("too_long", _("This is far too long, or holds too many tags."), 422, field)
    return None


def _sober(text: str) -> str:
    """Composed Hangul, without what cannot be seen and without piles of marks that paint over other lines."""
    return _PILE.sub(r"\1", _CONTROL.sub("", unicodedata.normalize("NFC", text)))


def _link(found: re.Match[str]) -> str:
    """A resident's link: to an address in full or to nothing, and not followed by search engines."""
    href = found.group(1) or ""
    return f'<a rel="nofollow ugc"{href}>' if _WHOLE.match(href) else '<a rel="nofollow ugc">'


def _bleached(text: str) -> str:
    cleaned: str = bleach.clean(
        text,
        tags=_TAGS,
        attributes={"a": ["href", "rel"]},
        protocols={"http", "https", "mailto"},
        strip=True,
        strip_comments=True,
    )
    return cleaned


def paragraphs(cleaned: str) -> SafeString:
    """`clean_html` output as paragraphs: blank lines part them, line ends stay; its own blocks stay as they are."""
    if _BLOCK.search(cleaned):
        return mark_safe(cleaned)  # noqa: S308 - clean_html made it
    parts = [part.strip() for part in re.split(r"\n\s*\n", cleaned) if part.strip()]
    if len(parts) > 1 and "<" in cleaned:
        parts = [_bleached(part) for part in parts]  # a tag that spans a blank line is closed and left out
    return format_html_join("\n", "<p>{}</p>", ((mark_safe(part.replace("\n", "<br>")),) for part in parts))  # noqa: S308 - clean_html made it


def plain(cleaned: str) -> str:
    """The words of `clean_html` output, for lists, mails and JSON lines."""
    words = _TAG.sub("", _BREAK.sub(" ", cleaned))  # clean_html escaped every bracket that is not a tag
    return " ".join(html.unescape(words).split())


def length(cleaned: str) -> int:
    """How many characters a reader sees."""
    return len(plain(cleaned))


def in_korean(words: str) -> SafeString:
    """Words that are kept in Korean alone, marked as such on a page in another language: it is read aloud."""
    if get_language() == "ko" or not _HANGUL.search(words):
        return conditional_escape(words)
    return format_html('<span lang="ko">{}</span>', words)


def with_unit(amount: str, unit: str) -> str:
    """24시간, 24 hours, 1.4 %: a Korean word follows its number at once."""
    return f"{amount}{'' if _HANGUL.match(unit) else ' '}{unit}"
