"""Does every pair of colours reach its WCAG ratio, as the style sheet has it?"""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[3] / "frontend" / "src" / "styles" / "tokens.css"
TEXT = 4.5  # WCAG 1.4.3
SHAPE = 3.0  # WCAG 1.4.11: edges, unlit lamps

# ground, what stands on it, least ratio of the look's table
PAIRS = [
    ("paper", "text", "ground", 15.5),
    ("paper", "text-2", "ground", 8.3),
    ("paper", "text-2", "panel", TEXT),
    ("paper", "text-2", "band", TEXT),
    ("paper", "meta", "ground", 6.0),
    ("paper", "meta", "band", 5.4),
    ("paper", "meta", "panel", 6.0),
    ("paper", "link", "ground", 6.5),
    ("paper", "link", "amber-ground", TEXT),
    ("paper", "button-ink", "button", 17.8),
    ("paper", "lamp-edge", "ground", 5.6),
    ("paper", "amber", "amber-ground", 5.3),
    ("paper", "review", "review-ground", 5.0),
    ("paper", "good", "good-ground", 5.3),
    ("paper", "late", "late-ground", 5.3),
    ("paper", "late", "ground", TEXT),
    ("paper", "late", "panel", TEXT),
    ("paper", "text", "amber-ground", TEXT),
    ("paper", "text", "late-ground", TEXT),
    ("paper", "pilot", "pilot-ground", 9.6),
    ("paper", "vote", "vote-ground", 8.1),
    ("paper", "neutral", "neutral-ground", 5.5),
    ("paper", "text-2", "neutral-ground", TEXT),
    ("paper", "edge", "ground", 6.0),
    ("paper", "unlit", "ground", 4.3),
    ("paper", "focus", "ground", SHAPE),
    ("night", "text", "ground", 16.9),
    ("night", "text-2", "ground", 11.1),
    ("night", "text-2", "panel", 9.6),
    ("night", "meta", "ground", 11.1),
    ("night", "link", "ground", 10.4),
    ("night", "button-ink", "button", 10.4),
    ("night", "lamp", "ground", 12.4),
    ("night", "amber", "amber-ground", 12.4),
    ("night", "review", "review-ground", 10.4),
    ("night", "good", "good-ground", 12.4),
    ("night", "fault", "ground", 9.3),
    ("night", "late", "late-ground", 8.9),
    ("night", "pilot", "pilot-ground", 11.1),
    ("night", "vote", "vote-ground", 11.1),
    ("night", "neutral", "neutral-ground", 11.1),
    ("night", "edge", "ground", 7.5),
    ("night", "unlit", "ground", 7.5),
    ("night", "focus", "ground", SHAPE),
    ("root", "act-ink", "act", 10.3),
    ("root", "masthead-text", "masthead", TEXT),
    ("night", "masthead-text", "masthead", TEXT),
]
FROM_THE_LOOK = {
    "paper": {
        "ground": "#fbfaf6",
        "band": "#f1efe7",
        "panel": "#ffffff",
        "text": "#1e2124",
        "lamp": "#ffb636",
        "lamp-edge": "#8a5c00",
        "link": "#0b50d0",
        "button": "#03163a",
        "rule": "#dcd8cd",
    },
    "night": {"ground": "#020f27", "panel": "#0a1d40", "text": "#f4f1e8", "lamp": "#ffc862", "button": "#ffb636"},
}


@pytest.mark.parametrize(("ground", "ink", "under", "least"), PAIRS)
def test_colour_pair_on_its_ground_reaches_its_ratio(ground: str, ink: str, under: str, least: float) -> None:
    colours = _tokens(ground)

    assert round(_ratio(colours[ink], colours[under]), 1) >= least


@pytest.mark.parametrize("ground", ["paper", "night"])
def test_tokens_of_a_ground_are_those_of_the_look(ground: str) -> None:
    colours = _tokens(ground)

    assert {name: colours[name] for name in FROM_THE_LOOK[ground]} == FROM_THE_LOOK[ground]


def test_both_grounds_set_the_same_roles() -> None:
    night_only = {"fault", "masthead", "masthead-text"}  # night tells faults apart; paper's masthead is the root's

    assert set(_tokens("night")) - night_only == set(_tokens("paper")) - {"unlit-fill"}


def _tokens(ground: str) -> dict[str, str]:
    """The colours of one block of the sheet, without the alpha of translucent ones."""
    name = ":root" if ground == "root" else f".{ground}"
    block = re.search(rf"^{re.escape(name)} {{(.*?)^}}", TOKENS.read_text(), re.DOTALL | re.MULTILINE)
    assert block is not None
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})[0-9a-f]{0,2};", block[1]))


def _ratio(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
