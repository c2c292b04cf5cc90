"""What must be there before anybody comes? Areas, policies, pages: from fixtures/reference, as often as one likes."""

import json
from datetime import date, datetime
from typing import Any

from django.conf import settings

from civic.people.actions import load_documents
from civic.places.actions import load_areas, load_boundaries
from civic.policies.actions import load_holidays, load_policies
from civic.privacy.actions import load_retention
from cms.content import load_pages


def load_reference() -> None:
    """Bring the reference data up to date; what editors and administrators changed stays."""
    areas = read("reference/areas.json")
    load_areas(districts=areas["districts"], dongs=areas["dongs"])
    for name in areas["boundaries"]:
        load_boundaries(features=read(f"reference/boundaries/{name}")["features"])
    rows = read("reference/policies.json")["policies"]
    load_policies(rows=[row | {"valid_from": datetime.fromisoformat(row["valid_from"])} for row in rows])
    holidays = read("reference/holidays.json")["days"]
    for district in areas["districts"]:
        load_holidays(district=district["code"], days=holidays)
    documents = read("reference/consents.json")["documents"]
    load_documents(rows=[row | {"since": date.fromisoformat(row["since"])} for row in documents])
    load_retention(rows=read("reference/retention.json")["rules"])
    load_pages()


def read(name: str) -> Any:
    """A JSON file below fixtures/."""
    return json.loads((settings.FIXTURES / name).read_text(encoding="utf-8"))
