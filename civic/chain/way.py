"""What did a thing come from, what came of it, and what is broken there tonight? At most five queries, mostly one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .line import LABELS, Line, object_line
from .models import Link, Node
from .queries import localised, paths

DEEPEST = 3  # fault, lamp, pilot, proposal
SHOWN = 3  # faults beside a thing
LEAVES = ("device", "fault")  # many to a thing: shown where they stand, not listed
OVER = ("repaired", "resolved", "rejected")  # nothing that a passer-by sees
PLACES = list(LABELS)
KINDS: dict[str, str | Promise] = {
    "proposal": _("Proposal"),
    "thread": _("Discussion"),
    "round": _("Vote"),
    "pilot": _("Pilot"),
    "device": _("Lamp"),
    "fault": _("Fault"),
}
_ORDER = list(KINDS)


@dataclass(frozen=True)
class Beside:
    """One thing before or after: `title` is as its owner wrote it, `path` in the language of the page."""

    key: str
    kind: str | Promise
    title: str
    path: str
    state: str


@dataclass(frozen=True)
class Way:
    """The chain line of one thing, and the things themselves in the order of the chain."""

    line: Line
    before: Sequence[Beside]
    after: Sequence[Beside]
    faults: Sequence[Beside]
    broken: int

    @property
    def watched(self) -> bool:
        """Whether lamps belong to it, so that an open page must hear of their faults."""
        return any(thing.key.startswith("pilot:") for thing in self.after) or bool(self.faults)

    def __bool__(self) -> bool:
        return bool(self.before or self.after or self.faults)


def way_of(key: str, marks: Iterable[Mapping[str, Any]]) -> Way:
    """The way through the thing named `key`, whose own marks are `marks`; a thing nobody linked costs one query."""
    before, after = _beside(key)
    broken = _broken(key, after)
    own = list(marks)
    return Way(
        line=object_line(_told(before, after, own, broken), elsewhere=paths()),
        before=[_shown(node) for node in _in_order(before)],
        after=[_shown(node) for node in _in_order(after)],
        faults=[_shown(node) for node in broken[:SHOWN]],
        broken=len(broken),
    )


def _beside(key: str) -> tuple[list[Node], list[Node]]:
    """Everything public before and after: the direct neighbours at once, then each side one step at a time."""
    direct = Link.objects.filter(Q(target=key) | Q(origin=key) & ~Q(target__kind__in=LEAVES))
    before: dict[str, Node] = {}
    after: dict[str, Node] = {}
    for link in direct.select_related("origin", "target"):
        found, side = (link.origin, before) if link.target_id == key else (link.target, after)
        if found.public:
            side[found.key] = found
    _go_on(before, _origins)
    _go_on(after, _outcomes)
    return list(before.values()), list(after.values())


def _go_on(found: dict[str, Node], step: Callable[[Iterable[str]], list[Node]]) -> None:
    frontier = list(found)
    for _step in range(DEEPEST - 1):
        nodes = step(frontier) if frontier else []
        frontier = [node.key for node in nodes if node.public and node.key not in found]
        found.update({node.key: node for node in nodes if node.public})


def _origins(keys: Iterable[str]) -> list[Node]:
    return [link.origin for link in Link.objects.filter(target__in=keys).select_related("origin")]


def _outcomes(keys: Iterable[str]) -> list[Node]:
    links = Link.objects.filter(origin__in=keys).exclude(target__kind__in=LEAVES)
    return [link.target for link in links.select_related("target")]


def _broken(key: str, after: Iterable[Node]) -> list[Node]:
    """Open faults of the lamps of a pilot, or of one lamp; the newest first."""
    pilots = [node.key for node in after if node.kind == "pilot"] + ([key] if key.startswith("pilot:") else [])
    faults = Node.objects.filter(kind="fault", public=True).exclude(state__in=OVER)
    if pilots:
        faults = faults.filter(Q(inward__origin__inward__origin__in=pilots) | Q(inward__origin__in=pilots))
    elif key.startswith("device:"):
        faults = faults.filter(inward__origin=key)
    else:
        return []
    return list(faults.distinct().order_by("-key"))


def _told(
    before: Iterable[Node], after: Iterable[Node], own: Sequence[Mapping[str, Any]], broken: Sequence[Node]
) -> list[Mapping[str, Any]]:
    """One mark a place, the thing's own before others', a step that was skipped after all; one lamp lit at most."""
    behind, ahead = _marks(before), _marks(after)
    known: dict[str, Mapping[str, Any]] = {}
    for mark in sorted(behind + ahead, key=lambda mark: mark["status"] != "skipped") + [*own]:
        if mark["status"] != "skipped" or mark["place"] not in known:
            known[mark["place"]] = mark
    if broken and known.get("live", {}).get("status") != "lit":
        known["live"] = {"place": "live", "status": "to_come", "path": broken[0].path, "fact": "broken"}
        known["live"] = {**known["live"], "count": len(broken)}
    lit = _lit([*own, *ahead]) or _lit(behind)
    return [_localised(_dimmed(mark) if mark["place"] != lit else mark) for mark in known.values()]


def _marks(nodes: Iterable[Node]) -> list[Mapping[str, Any]]:
    return [{**mark, "path": mark.get("path") or node.path} for node in nodes for mark in node.marks]


def _lit(marks: Iterable[Mapping[str, Any]]) -> str:
    """The furthest place that is lit; empty where none is."""
    lit = [mark["place"] for mark in marks if mark["status"] == "lit"]
    return max(lit, key=PLACES.index, default="")


def _dimmed(mark: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**mark, "status": "done"} if mark["status"] == "lit" else mark


def _localised(mark: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**mark, "path": localised(mark["path"])} if mark.get("path") else mark


def _in_order(nodes: Iterable[Node]) -> list[Node]:
    return sorted(nodes, key=lambda node: (_ORDER.index(node.kind) if node.kind in _ORDER else len(_ORDER), node.key))


def _shown(node: Node) -> Beside:
    return Beside(node.key, KINDS.get(node.kind, ""), node.title, localised(node.path), node.state)
