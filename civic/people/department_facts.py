"""What can become true of the departments of a district? Only an administrator's name stands in the private part."""

from dataclasses import dataclass

from civic.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DepartmentOpened(Fact):
    """A district has one more department. `key` is `department:<code>`."""


@dataclass(frozen=True, kw_only=True)
class DepartmentAmended(Fact):
    """Its name, telephone or work was written anew."""


@dataclass(frozen=True, kw_only=True)
class DepartmentClosed(Fact):
    """Nothing is brought to it any more."""


@dataclass(frozen=True, kw_only=True)
class CategoryRouted(Fact):
    """From now on it gets the proposals or faults (`kind`) of a category; `before` had them, if anybody."""

    kind: str
    category: str
    before: str
