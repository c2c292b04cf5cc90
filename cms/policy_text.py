"""What does the published privacy policy leave out, and what in it is still the demonstration's?"""

import re
from collections.abc import Iterator
from typing import Final

from civic.privacy.grounds import processors

from .models import TextPage

SLUG: Final = "privacy"
# What has to be said, by a word of its heading: 개인정보 보호법 article 30, decree article 31. Tables below the text
# say the rest of each from the records.
BLOCKS: Final[dict[str, tuple[str, ...]]] = {
    "ko": ("목적", "항목", "보유", "파기", "제3자", "위탁", "국외", "권리", "안전", "책임자", "자동"),
    "en": (
        *("purpose", "kept", "how long", "destruction", "third parties", "processors", "other countries"),
        *("rights", "safeguards", "responsible", "automatically"),
    ),
}
# Words with which it comes, and with which nobody may open a site.
OF_THE_DEMONSTRATION: Final = ("시연용", "문을 열기 전에", "demonstration", "before opening it")
_HEADING = re.compile(r"<h[23][^>]*>(.*?)</h[23]>", re.S)


def faults_of_policy() -> Iterator[str]:
    """A few words for each thing that is missing, language by language; nothing where all is said."""
    if processors() is None:
        yield "processors.json cannot be read"
    for language, blocks in BLOCKS.items():
        page = TextPage.objects.filter(slug=SLUG, locale__language_code=language, live=True).first()
        if page is None:
            yield f"no page in {language}"
            continue
        headings = " ".join(_HEADING.findall(page.body)).lower()
        missing = [block for block in blocks if block not in headings]
        if missing:
            yield f"no heading in {language} on {', '.join(missing)}"
        if any(words in f"{page.lead} {page.body}" for words in OF_THE_DEMONSTRATION):
            yield f"still the demonstration's words in {language}"
