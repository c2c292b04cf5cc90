"""What does a reader get from the database?"""

import json
from typing import Any

import pytest

from civic.feed.models import Head, Item
from civic.feed.numbering import head, number_items
from civic.live import stored
from civic.live.cursors import Cursor
from civic.live.viewers import Viewer
from tests.civic.feed.writing import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def start() -> Cursor:
    """Where the head stands before three items of two things."""
    number_items()
    last = head()
    for key in ("thing:1", "thing:2", "thing:1"):
        write(key)
    number_items()
    return Cursor(last.epoch, last.seq)


def frame_after(cursor: Cursor, viewer: Viewer | None = None) -> dict[str, Any]:
    frame = stored.read(viewer or Viewer(), cursor)
    assert frame is not None
    assert frame.text is not None
    return json.loads(frame.text)


def heard(frame: dict[str, Any], start: Cursor) -> list[tuple[str, int]]:
    return [(item["key"], item["seq"] - start.after) for item in frame["items"]]


@pytest.mark.parametrize("far", [5_000, 0], ids=["each", "coalesced"])
def test_what_is_numbered_while_a_frame_is_made_comes_with_the_next_alone(start: Cursor, monkeypatch, far: int):
    monkeypatch.setattr(stored, "FAR", far)
    Head.objects.update(seq=start.after + 2)  # as it stood when the reader looked; the third was numbered after that
    frame = frame_after(start)
    assert heard(frame, start) == [("thing:1", 1), ("thing:2", 2)]
    assert frame["cursor"] == start.after + 2
    Head.objects.update(seq=start.after + 3)
    assert heard(frame_after(Cursor(start.epoch, frame["cursor"])), start) == [("thing:1", 3)]


def test_far_behind_each_thing_comes_once_as_it_is_now(start: Cursor, monkeypatch):
    monkeypatch.setattr(stored, "FAR", 2)
    frame = frame_after(start)
    assert heard(frame, start) == [("thing:2", 2), ("thing:1", 3)]
    assert frame["coalesced"] is True


def test_each_viewer_is_told_what_came_before_for_that_viewer(start: Cursor):
    write("thing:3", audience="self", recipient="somebody")
    write("thing:4")
    number_items()
    after = Cursor(start.epoch, start.after + 3)
    prevs = {
        viewer.person: [item["prev"] - start.after for item in frame_after(after, viewer)["items"]]
        for viewer in (Viewer(), Viewer(person="somebody"))
    }
    assert prevs == {"": [3], "somebody": [3, 4]}


@pytest.mark.parametrize("cursor", [("other", 0), (None, 4)])
def test_a_cursor_of_another_run_or_ahead_of_the_head_must_reset(start: Cursor, cursor):
    epoch, ahead = cursor
    assert stored.read(Viewer(), Cursor(epoch or start.epoch, start.after + ahead)) is None


def test_a_trimmed_tail_must_reset(start: Cursor):
    Item.objects.filter(seq__lte=start.after + 2).delete()
    assert stored.read(Viewer(), start) is None
