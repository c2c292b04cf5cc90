"""How is something typed that no page may show again? Its field comes back empty, whatever was wrong."""

from typing import Any

from django import forms


class UnrepeatedLine(forms.TextInput):
    """One line that is never written into a page; no browser is asked to remember it either."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> None:
        return None


class UnrepeatedLines(forms.Textarea):
    """Several such lines."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "rows": 8, **(attrs or {})})

    def format_value(self, value: Any) -> None:
        return None
