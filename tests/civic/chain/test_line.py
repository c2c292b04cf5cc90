"""Eight lamps, and what each says."""

from django.utils.translation import override

from civic.chain.line import LABELS, index_line, object_line

ELSEWHERE = {code: f"/policy/#{code}" for code in LABELS}
MARKS = [
    {"place": "proposal", "status": "done", "fact": "day", "at": "2026-03-02T03:00:00+00:00", "path": "/p/#proposal"},
    {"place": "support", "status": "lit", "fact": "supporters_of", "count": 29, "needed": 30, "path": "/p/#support"},
]


def test_object_line_marks_what_was_and_leads_everywhere():
    with override("ko"):
        line = object_line(MARKS, elsewhere=ELSEWHERE)
    assert [place.status for place in line.places] == ["done", "lit"] + ["to_come"] * 6
    assert (line.lit.number, line.lit.href, line.lit.fact) == (2, "/p/#support", "30명 중 29명")
    assert (line.before.code, line.after.code) == ("proposal", "answer")
    assert all(place.href for place in line.places)


def test_object_line_of_a_later_mark_wins():
    moved = [*MARKS, {"place": "support", "status": "done", "fact": "supporters", "count": 30}]
    assert object_line(moved, elsewhere=ELSEWHERE).lit is None


def test_index_line_counts_and_lights_the_index_itself():
    line = index_line({"proposal": "25건"}, paths=ELSEWHERE, lit="proposal")
    assert line.lit.fact == "25건"
    assert line.before is None
    assert {place.status for place in line.places} == {"lit", "to_come"}
