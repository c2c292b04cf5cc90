"""What does a process remember, and does it say the same as the database?"""

import random

import pytest

from civic.live.frames import Frame, Told
from civic.live.ring import Ring
from civic.live.viewers import Viewer

PUBLIC, STAFF, ANNA, BERT = Viewer(), Viewer(staff=True), Viewer(person="anna"), Viewer(person="bert")


def item(seq: int, audience: str = "public", recipient: str = "") -> Told:
    return Told(seq, audience, recipient, f'"key":"{seq}"}}')


def ring_of(*items: Told, floor: int = 0) -> Ring:
    ring = Ring("e", floor)
    ring.add(items, items[-1].seq)
    return ring


def text(cursor: int, *pairs: tuple[int, int]) -> str:
    items = ",".join(f'{{"seq":{seq},"prev":{prev},"key":"{seq}"}}' for seq, prev in pairs)
    return f'{{"type":"items","epoch":"e","cursor":{cursor},"items":[{items}]}}'


def test_a_frame_holds_what_follows_up_to_the_published_number():
    ring = ring_of(item(1), item(2), item(3))
    assert ring.frame(PUBLIC, 1, 2) == Frame(text(2, (2, 1)), 2)


def test_prev_names_the_last_item_this_viewer_saw():
    ring = ring_of(item(1), item(2, "staff"), item(3, "self", "anna"), item(4))
    assert ring.frame(PUBLIC, 3, 4).text == text(4, (4, 1))
    assert ring.frame(STAFF, 3, 4).text == text(4, (4, 2))
    assert ring.frame(ANNA, 3, 4).text == text(4, (4, 3))


def test_prev_of_the_first_comes_from_before_the_ring():
    ring = ring_of(item(8), floor=7)
    ring.remember_before(PUBLIC, 5)
    assert ring.frame(PUBLIC, 7, 8).text == text(8, (8, 5))


def test_nothing_visible_moves_the_cursor_without_a_text():
    ring = ring_of(item(1, "staff"))
    assert ring.frame(PUBLIC, 0, 1) == Frame(None, 1)


def test_a_long_way_is_cut_into_frames(monkeypatch):
    monkeypatch.setattr("civic.live.ring.MOST", 2)
    ring = ring_of(item(1), item(2), item(3))
    assert ring.frame(PUBLIC, 0, 3) == Frame(text(2, (1, 0), (2, 1)), 2)
    assert ring.frame(PUBLIC, 2, 3) == Frame(text(3, (3, 2)), 3)


def test_people_without_items_of_their_own_share_frames():
    ring = ring_of(item(1), item(2, "self", "anna"))
    assert ring.sharing(ANNA) == ANNA
    assert ring.sharing(BERT) == PUBLIC
    assert ring.sharing(Viewer(staff=True, person="bert")) == STAFF


def test_the_oldest_are_dropped_and_still_named_as_prev(monkeypatch):
    monkeypatch.setattr("civic.live.ring.FAR", 2)
    monkeypatch.setattr("civic.live.ring._SLACK", 1)
    ring = ring_of(item(1), item(2, "self", "anna"), item(3, "staff"))
    ring.add([item(4), item(5)], 5)
    assert ring.floor == 3
    assert ring.frame(PUBLIC, 3, 5).text == text(5, (4, 1), (5, 4))
    assert ring.frame(STAFF, 3, 5).text == text(5, (4, 3), (5, 4))
    assert ring.sharing(ANNA) == PUBLIC


@pytest.mark.parametrize("seed", range(20))
def test_any_walk_through_the_ring_sees_each_visible_item_once(seed: int):
    chance = random.Random(seed)
    kinds = [("public", ""), ("staff", ""), ("self", "anna"), ("self", "bert")]
    items = [item(seq, *chance.choice(kinds)) for seq in range(1, 60)]
    ring = ring_of(*items)
    for viewer in (PUBLIC, STAFF, ANNA, Viewer(staff=True, person="bert")):
        at, texts = 0, []
        while at < 59:
            frame = ring.frame(viewer, at, chance.randint(at + 1, 59))
            texts.append(frame.text or "")
            at = frame.cursor
        seen = [told for told in items if viewer.sees(told.audience, told.recipient)]
        prev = 0
        for told in seen:
            assert sum(f'"seq":{told.seq},"prev":{prev},' in part for part in texts) == 1
            prev = told.seq
