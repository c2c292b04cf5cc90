"""Which tables stand below the privacy policy? What is kept with and without consent, how long, and by whom else."""

from typing import Any

from django import template

from civic.people.queries import documents_in_force
from civic.privacy.grounds import GROUNDS, processors
from civic.privacy.queries import retention_rules

register = template.Library()


@register.inclusion_tag("privacy/tables.html")
def privacy_tables() -> dict[str, Any]:
    """Made from the rows that the site itself goes by."""
    return {
        "documents": documents_in_force(),
        "grounds": GROUNDS,
        "rules": retention_rules(),
        "processors": processors(),
    }
