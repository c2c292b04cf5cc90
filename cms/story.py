"""What happened, in which order, and where does each moment hang on the wire? Blocks in, a chain line out."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from civic.chain.line import LABELS, Line, index_line
from civic.chain.queries import paths


class Moment(blocks.StructBlock):
    """One thing that happened; `figure` stands large, `source` says who reported it."""

    when = blocks.CharBlock(label=_("When"), max_length=30)
    place = blocks.ChoiceBlock(label=_("Place on the wire"), choices=list(LABELS.items()), required=False)
    figure = blocks.CharBlock(label=_("Figure"), max_length=12, required=False)
    words = blocks.TextBlock(label=_("What happened"), max_length=400)
    source = blocks.CharBlock(label=_("Source"), max_length=200)

    class Meta:
        label = _("Moment")
        icon = "history"


def story_line(moments: Iterable[blocks.StructValue]) -> Line:
    """The wire of a story: each place that a moment names says when and leads there, the first one is lit."""
    named: dict[str, tuple[int, str]] = {}
    for number, moment in enumerate(moments, start=1):
        if moment["place"]:
            named[moment["place"]] = number, moment["when"]
    facts = {place: when for place, (_number, when) in named.items()}
    leads = {place: f"#moment-{number}" for place, (number, _when) in named.items()}
    return index_line(facts, paths=paths() | leads, lit=next((place for place in LABELS if place in named), ""))
