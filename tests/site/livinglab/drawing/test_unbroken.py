"""Do numbers with a hyphen stay whole, and nothing else?"""

import pytest

from livinglab.drawing.unbroken import unbroken


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("송정길 80-4 앞 보안등", ["80-4"]),
        ("무학로14길 21-4: It flickers", ["21-4"]),
        ("11-19-20", ["11-19-20"]),
        ("F-2026-000123", []),
        ("02-0000-0101", ["02-0000-0101"]),
        ("2026", []),
    ],
)
def test_number_with_a_hyphen_is_kept_whole(line: str, whole: list[str]) -> None:
    spans = [part.split("</span>")[0] for part in unbroken(line).split('<span class="unbroken">')[1:]]
    assert spans == whole


def test_marks_in_a_line_stay_text() -> None:
    assert unbroken("<b>80-4") == '&lt;b&gt;<span class="unbroken">80-4</span>'
