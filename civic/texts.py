"""What may a resident's words contain? Cleaning; the only module that imports bleach."""

import html
import re
import unicodedata

import bleach
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

_TAGS = frozenset({"p", "br", "strong", "em", "b", "i", "ul", "ol", "li", "blockquote", "a"})
_BLOCK = re.compile(r"<(p|ul|ol|blockquote)\b")
_BREAK = re.compile(r"</?(p|br|li|ul|ol|blockquote)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")
_DROPPED = re.compile(r"<(script|style|iframe|object|template|noscript)\b.*?(</\1\s*>|\Z)", re.I | re.S)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def clean_line(text: str) -> str:
    """One line of plain text: composed Hangul (NFC), no control or direction characters, single spaces."""
    return " ".join(_CONTROL.sub("", unicodedata.normalize("NFC", text)).split())


def clean_html(text: str) -> str:
    """Residents' running text as safe HTML: a few tags stay, links keep only http(s) and mailto, the rest is text.

    Elements whose content is not meant for readers (script, style, frames) go whole; other tags lose their angle
    brackets' meaning and keep their words.
    """
    text = _CONTROL.sub("", unicodedata.normalize("NFC", text).replace("\r\n", "\n")).strip()
    return bleach.clean(
        _DROPPED.sub("", text),
        tags=_TAGS,
        attributes={"a": ["href"]},
        protocols={"http", "https", "mailto"},
        strip=True,
        strip_comments=True,
    ).strip()


def paragraphs(cleaned: str) -> SafeString:
    """`clean_html` output as paragraphs: blank lines part them, line ends stay; its own blocks stay as they are."""
    if _BLOCK.search(cleaned):
        return mark_safe(cleaned)  # noqa: S308 - clean_html made it
    parts = [part.strip() for part in re.split(r"\n\s*\n", cleaned) if part.strip()]
    return format_html_join("\n", "<p>{}</p>", ((mark_safe(part.replace("\n", "<br>")),) for part in parts))  # noqa: S308 - clean_html made it


def plain(cleaned: str) -> str:
    """The words of `clean_html` output, for lists, mails and JSON lines."""
    words = _TAG.sub("", _BREAK.sub(" ", cleaned))  # clean_html escaped every bracket that is not a tag
    return " ".join(html.unescape(words).split())


def length(cleaned: str) -> int:
    """How many characters a reader sees."""
    return len(plain(cleaned))
