"""What can become true? Each fact is a frozen dataclass in the past tense; `all_facts()` lists them."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Self

_registry: dict[str, type["Fact"]] = {}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A thing that became true. Its fields are ids and codes: never a name, a text or a person.

    `key` names the thing it is about (`proposal:P-2026-000123`), `district` is a 5-digit code or empty.
    """

    audience: ClassVar[str] = "public"
    key: str
    district: str = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        _registry[cls.__name__] = cls

    @classmethod
    def name(cls) -> str:
        return cls.__name__

    def codes(self) -> dict[str, Any]:
        """The fields besides key and district, as they stand in the ledger."""
        return {field: value for field, value in asdict(self).items() if field not in ("key", "district")}

    @classmethod
    def of(cls, key: str, district: str, codes: dict[str, Any]) -> Self:
        return cls(key=key, district=district, **codes)


def all_facts() -> dict[str, type[Fact]]:
    """Every fact by its name."""
    return dict(_registry)
