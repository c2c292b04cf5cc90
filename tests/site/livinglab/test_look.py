"""Do the drawing tags say in words what they draw?"""

import re
from typing import Any

import pytest
from django.template import Context, Template
from django.utils.translation import override

from civic.chain.line import LABELS, Line, Place, Status
from livinglab.drawing.badges import STATES


def _drawn(tag: str, **context: Any) -> str:
    return Template("{% load look %}{% " + tag + " %}").render(Context(context))


def _line(kind: Any = "object", *, lit: int = 3, skipped: int = 0) -> Line:
    def status(number: int) -> Status:
        if number == lit:
            return "lit"
        if number == skipped:
            return "skipped"
        return "done" if number < lit else "to_come"

    places = (
        Place(n, code, label, f"fact {n}", status(n), f"/{n}/") for n, (code, label) in enumerate(LABELS.items(), 1)
    )
    return Line(tuple(places), kind)


def test_gauge_under_its_threshold_has_a_lamp_for_each_person_needed() -> None:
    drawn = _drawn("gauge 29 30")

    assert (drawn.count('class="lit"'), drawn.count('class="unlit"')) == (29, 1)


def test_gauge_says_its_numbers_to_those_who_do_not_see_it() -> None:
    with override("en"):
        drawn = _drawn("gauge 29 30")

    assert re.findall(r'role="img" aria-label="([^"]*)"', drawn) == ["29 of 30 supporters"]


def test_gauge_over_its_threshold_draws_a_rule_and_the_rest() -> None:
    drawn = _drawn("gauge 64 30")

    assert (drawn.count("<svg"), drawn.count('class="gauge-rule"'), drawn.count('class="lit"')) == (2, 1, 64)


@pytest.mark.parametrize(("supports", "needed"), [(91, 30), (10, 61)])
def test_gauge_of_many_lamps_becomes_a_number_and_a_bar(supports: int, needed: int) -> None:
    drawn = _drawn(f"gauge {supports} {needed}")

    assert (drawn.count("<circle"), drawn.count(f"{supports} / {needed}")) == (0, 1)


def test_chain_line_has_eight_links_and_one_current_step() -> None:
    drawn = _drawn("chain_line line", line=_line())

    assert (drawn.count('<li class="place'), drawn.count('aria-current="step"')) == (8, 1)
    assert [number for number in range(1, 9) if f'<a href="/{number}/"' in drawn] == list(range(1, 9))


def test_chain_line_of_a_thing_draws_the_wire_black_as_far_as_it_came() -> None:
    drawn = _drawn("chain_line line", line=_line(lit=3))

    assert drawn.count('<path class="off"') == 2 * 5 + 1  # both halves of five places to come, the right one of the lit


def test_chain_line_of_everything_has_no_ticks_and_a_black_wire() -> None:
    drawn = _drawn("chain_line line", line=_line("index", lit=1))

    assert (drawn.count("lamp-tick"), drawn.count('class="off"')) == (0, 0)


def test_chain_line_with_a_step_that_did_not_happen_says_so() -> None:
    drawn = _drawn("chain_line line", line=_line(lit=6, skipped=5))

    assert drawn.count('<li class="place skipped">') == 1


def test_chain_line_on_a_phone_names_the_places_beside_the_lit_one() -> None:
    drawn = _drawn("chain_line line", line=_line(lit=3))

    assert re.findall(r'<a href="([^"]*)">', drawn.split('class="chain-now"')[1]) == ["/2/", "/4/"]


def test_chain_line_of_a_page_without_a_place_draws_nothing() -> None:
    assert _drawn("chain_line line", line=None) == ""


def test_small_chain_has_a_name_and_eight_lamps() -> None:
    drawn = _drawn("small_chain line", line=_line(lit=3))

    assert (drawn.count('role="img"'), drawn.count('class="shade"'), drawn.count('class="hollow"')) == (1, 3, 5)


@pytest.mark.parametrize("state", STATES)
def test_state_badge_of_every_state_has_a_shape_and_a_word(state: str) -> None:
    drawn = _drawn(f"state_badge '{state}'")

    assert re.fullmatch(r'<span class="badge badge-\w+"><svg .*</svg>[^<]+</span>', drawn)


def test_role_badge_with_a_name_that_holds_markup_escapes_it() -> None:
    drawn = _drawn("role_badge 'official' text", text="<b>도로시설과</b>")

    assert drawn.endswith("&lt;b&gt;도로시설과&lt;/b&gt;</span>")


def test_stepper_ticks_what_is_done_and_marks_where_one_is() -> None:
    drawn = _drawn("stepper 2 'a' 'b' 'c'")

    assert (drawn.count('class="done"'), drawn.count('aria-current="step"')) == (1, 1)


@pytest.mark.parametrize("tag", ["gauge 64 30", "chain_line line", "small_chain line", "state_badge 'open'"])
def test_drawings_carry_no_style_attribute(tag: str) -> None:
    assert "style=" not in _drawn(tag, line=_line())
