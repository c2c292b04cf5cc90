"""Which items that were set aside belong to whom?"""

import re
from collections.abc import Collection

from django.db.models import Q, QuerySet

from civic.chain.models import Node
from civic.feed.models import SetAside
from civic.people.roles import EVERYWHERE, district_of, district_scope

_TOLD = re.compile(r":(\d{5})(?![0-9])")  # a key that names its district, such as device:11200-19-12-20


def scope_of(aside: SetAside) -> str:
    """Where a role must hold to put it right: the district of what the item is about, or else the whole site."""
    node = Node.objects.filter(pk=aside.key).first()
    told = _TOLD.search(aside.key)
    district = (node.district if node else "") or (told[1] if told else "")
    return district_scope(district) if district else EVERYWHERE


def set_aside_within(scopes: Collection[str]) -> QuerySet[SetAside]:
    """Items of these scopes, the newest first."""
    rows = SetAside.objects.order_by("-at", "-pk")
    if EVERYWHERE in scopes:
        return rows
    codes = {district_of(scope) for scope in scopes if scope == district_scope(district_of(scope))}
    found = Q(key__in=Node.objects.filter(district__in=codes).values("pk"))
    for code in codes:
        found |= Q(key__regex=rf":{code}($|[^0-9])")
    return rows.filter(found)
