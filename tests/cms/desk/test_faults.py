"""Faults at the desk: by due time, one act a row, what residents said; only in one's own districts."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from civic.faults.actions import report_fault
from civic.faults.models import Fault
from civic.photos.actions import draw_upload
from tests.counting import cost
from tests.making import GURO4, make_fault, make_lamp, make_official, make_repaired
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


def text(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def test_board_lists_what_is_due_first(official, now):
    later, sooner = make_fault(at=now), make_fault(at=now - timedelta(days=30))
    foreign = make_fault(make_lamp(district="11530", dong=GURO4), at=now)
    board = text(official.get("/desk/faults/"))
    assert board.index(sooner.code) < board.index(later.code)
    assert foreign.code not in board
    assert 'class="urgent"' in board
    assert f'href="/desk/faults/{sooner.code}/take/"' in board


def test_board_parts_hold_what_is_repaired(official, now):
    repaired = make_repaired(at=now - timedelta(hours=3))
    assert repaired.code not in text(official.get("/desk/faults/"))
    assert repaired.code in text(official.get("/desk/faults/?part=watched"))
    assert repaired.code not in text(official.get("/desk/faults/?part=closed"))


def test_board_costs_the_same_with_one_and_with_thirty(official, now):
    make_fault(at=now)
    few = cost(lambda: official.get("/desk/faults/"))
    for _n in range(29):
        make_fault(at=now)
    assert cost(lambda: official.get("/desk/faults/")) == few


def test_fault_shows_the_words_of_residents_to_the_desk_alone(official, now):
    fault, _key = report_fault(device=make_lamp(), category="dark", text="세 걸음 앞이 안 보입니다.", at=now)
    assert "세 걸음" in text(official.get(f"/desk/faults/{fault.code}/"))
    assert "세 걸음" not in text(Client().get(f"/faults/{fault.code}/"))


@pytest.mark.parametrize(("role", "reads"), [("official", True), ("admin", True), ("moderator", False)])
def test_words_and_photos_of_residents_are_for_the_department_alone(pages, now, role, reads):
    out = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "PNG")
    said = {"category": "dark", "text": "세 걸음 앞이 안 보입니다.", "photo": draw_upload(out)}
    fault, _key = report_fault(device=make_lamp(), **said, at=now)
    reader = signed_in(make_official(role=role))
    for path in ("", "take/"):
        shown = text(reader.get(f"/desk/faults/{fault.code}/{path}"))
        assert ("세 걸음" in shown, "/media/photos/" in shown) == (reads, reads)


def test_acts_take_start_and_repair(official, now):
    fault = make_fault(at=now)
    for act, said in (("take", {}), ("start", {}), ("repair", {"result": "램프를 갈았습니다."})):
        assert official.get(f"/desk/faults/{fault.code}/{act}/").status_code == 200
        assert official.post(f"/desk/faults/{fault.code}/{act}/", said)["Location"] == "/desk/faults/"
    assert Fault.objects.get(pk=fault.pk).state == "repaired"


def test_act_without_result_keeps_the_form(official, now):
    fault = make_fault(at=now)
    official.post(f"/desk/faults/{fault.code}/take/")
    assert official.post(f"/desk/faults/{fault.code}/repair/", {"result": "..."}).status_code == 422


def test_act_other_district_or_word_is_not_found(official, now):
    foreign = make_fault(make_lamp(district="11530", dong=GURO4), at=now)
    assert official.get(f"/desk/faults/{foreign.code}/").status_code == 404
    assert official.post(f"/desk/faults/{foreign.code}/take/").status_code == 404
    assert official.get(f"/desk/faults/{make_fault(at=now).code}/explode/").status_code == 404


def test_board_is_for_the_staff(resident):
    assert resident.get("/desk/faults/").status_code in (302, 403)
    assert Client().get("/desk/faults/").status_code == 302
