"""Faults at the desk: by due time, one act a row, what residents said; only in one's own districts."""

import re
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils.translation import gettext, override
from PIL import Image

from civic.clocks.deadlines import SEOUL
from civic.devices.models import DeviceState, Gateway
from civic.faults import listing
from civic.faults.actions import (
    open_by_finding,
    propose_closure,
    reopen_fault,
    report_fault,
    take_fault,
    transfer_fault,
)
from civic.faults.models import Fault
from civic.feed.numbering import number_items
from civic.limits.figures import LIMITS, Limit
from civic.limits.rules import YOU_TOO_OFTEN
from civic.notifications.models import Notice
from civic.notifications.sentences import sentence
from civic.people.models import Department
from civic.photos.actions import draw_upload
from civic.reactions.run import enlist_all, run_all
from cms.desk import fault_board
from tests.answers import text
from tests.counting import cost
from tests.making import GURO4, make_fault, make_lamp, make_official, make_repaired
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
LIGHTS, GREEN, OTHER_DONG = "11200.safety.roads.lights", "11200.life.env.green", "1120055000"
WELL = "its light says that it is well again"
WELL_AGAIN = "Its light says that it is well again. Look at it, then close it or record what was done."


def codes(page):
    return re.findall(r"<span>(F-\d+-\d+) ·", page)


def told_in_office(person):
    return sorted(Notice.objects.filter(person=person, data__as="official").values_list("fact", "key"))


def work(at):
    number_items()
    while run_all(at=at):
        pass


def followed_from(page):
    """What a browser asks with that goes on from this page."""
    epoch, cursor = re.search(r'<meta name="livinglab-feed" content="([^:"]+):(\d+)">', page).groups()
    return {"epoch": epoch, "after": cursor}


def test_ac_1_2_sensor_lamp_fail_is_pushed_to_the_officials_board_and_to_the_department(pages):
    evening = datetime(2026, 3, 4, 20, 0, tzinfo=SEOUL)  # a Wednesday
    person, lamp = make_official(), make_lamp()
    official = signed_in(person)
    empty = text(official.get("/desk/faults/"))
    assert codes(empty) == []
    assert "FaultOpened" in re.search(r'data-live-refresh="([^"]+)"', empty)[1].split()
    assert re.search(r'<script type="module" src="/static/front/[^"]*main-[^"]+\.js">', empty)
    enlist_all()
    open_by_finding(device=lamp, code="lampFailure", at=evening)
    work(evening)
    fault = Fault.objects.get()
    items = official.get("/live/entries", followed_from(empty)).json()["items"]
    assert [(item["kind"], item["state"]["source"]) for item in items if item["key"] == fault.key] == [
        ("FaultOpened", "sensor")
    ]
    board = text(official.get("/desk/faults/"))
    assert codes(board) == [fault.code]
    assert fault.due_at == datetime(2026, 3, 5, 12, 0, tzinfo=SEOUL)  # three working hours: nine to twelve
    assert codes(text(official.get("/desk/"))) == [fault.code]
    notice = Notice.objects.get(person=person)
    assert (notice.fact, "금호로 12" in sentence(notice, "금호로 12")) == ("FaultOpened", True)


def test_ac_1_2_department_is_told_once_a_day_of_all_that_sensors_found(pages):
    evening = datetime(2026, 3, 4, 20, 0, tzinfo=SEOUL)
    person = make_official()
    enlist_all()
    for minutes in (0, 5, 10, 24 * 60):
        open_by_finding(device=make_lamp(), code="lampFailure", at=evening + timedelta(minutes=minutes))
        work(evening)
    first, second = Notice.objects.filter(person=person).order_by("seq")
    assert [(line.data["day"], line.data["n"]) for line in (first, second)] == [("2026-03-04", 3), ("2026-03-05", 1)]


def test_department_is_told_of_a_fault_handed_to_it_and_of_one_that_is_back(pages, now):
    lights, green = (make_official(scope=f"department:{code}") for code in (LIGHTS, GREEN))
    enlist_all()
    fault = make_fault(at=now)
    work(now)
    to = Department.objects.get(code=GREEN)
    transfer_fault(by=lights, fault=fault, department=to, note="공원 안의 등입니다.", at=now)
    repaired = make_repaired(at=now - timedelta(hours=3))
    reopen_fault(by=lights, fault=repaired, note="다시 꺼졌습니다.", at=now)
    work(now)
    assert told_in_office(lights) == [
        ("FaultOpened", fault.key),
        ("FaultOpened", repaired.key),
        ("FaultReopened", repaired.key),
    ]
    assert told_in_office(green) == [("FaultTransferred", fault.key)]


def test_board_counts_what_is_late_on_all_its_pages(official, now, monkeypatch):
    monkeypatch.setattr(fault_board, "PER_PAGE", 2)
    for _n in range(3):
        make_fault(at=now - timedelta(days=30))
    make_fault(at=now)
    for page in ("", "?page=2"):
        assert "3" in re.search(r'desk-why">([^<]+)<', text(official.get(f"/desk/faults/{page}")))[1]


def test_late_is_told_by_the_clock_at_the_device(now):
    lamp = make_lamp()
    make_fault(lamp, at=now)
    make_fault(at=now)
    gateway = Gateway.objects.create(district_id="11200", clock="simulated", clock_at=now + timedelta(days=9))
    DeviceState.objects.filter(device=lamp).update(via=gateway)
    assert listing.due_of(Fault.objects.all(), at=now).late == 1


def test_board_is_narrowed_to_a_dong_a_kind_and_a_state(official, now):
    here, elsewhere = make_fault(at=now), make_fault(make_lamp(dong=OTHER_DONG), at=now)
    glaring, _key = report_fault(device=make_lamp(), category="too_bright", at=now)
    taken = take_fault(by=make_official(), fault=make_fault(at=now), at=now)
    everything = {here.code, elsewhere.code, glaring.code, taken.code}
    for asked, found in (
        ("", everything),
        (f"dong={OTHER_DONG}", {elsewhere.code}),
        ("category=too_bright", {glaring.code}),
        ("state=acknowledged", {taken.code}),
        ("state=suspected&category=dark", {here.code, elsewhere.code}),
        ("dong=nowhere&state=resolved", everything),
    ):
        assert set(codes(text(official.get(f"/desk/faults/?{asked}")))) == found, asked


def test_act_leads_on_with_the_fault_and_at_its_end_back_to_the_page_of_the_board(official, now, monkeypatch):
    monkeypatch.setattr(fault_board, "PER_PAGE", 1)
    for _n in range(3):
        make_fault(at=now)
    board = text(official.get("/desk/faults/?category=dark&page=2"))
    (href,) = re.findall(r'href="(/desk/faults/F-[^"]+/)take/[^"]*"', board)
    asked = "?category=dark&page=2"
    for act in ("take", "start"):
        assert official.post(f"{href}{act}/{asked}")["Location"] == href + asked
    answer = official.post(f"{href}repair/{asked}", {"result": "램프를 바꿨습니다."})
    assert answer["Location"] == f"/desk/faults/{asked}"


def test_what_its_light_says_is_on_the_board(official, now):
    lamp = make_lamp()
    fault = open_by_finding(device=lamp, code="lampFailure", at=now)
    propose_closure(device=lamp, code="lampFailure", at=now)
    for path, words in (("", WELL), (f"{fault.code}/", WELL_AGAIN)):
        with override("ko"):
            assert gettext(words) in text(official.get(f"/desk/faults/{path}"))


def test_form_sent_too_often_is_refused_and_keeps_its_words(official, now, monkeypatch):
    fault = make_fault(at=now)
    monkeypatch.setitem(LIMITS, "office", Limit(of_person=1, of_address=9, seconds=3600))
    assert official.post(f"/desk/faults/{fault.code}/take/").status_code == 302
    answer = official.post(f"/desk/faults/{fault.code}/repair/", {"result": "램프를 갈았습니다."})
    page = text(answer, 429)
    assert int(answer["Retry-After"]) > 0
    assert "램프를 갈았습니다." in page
    assert str(YOU_TOO_OFTEN.text) in page
    assert Fault.objects.get(pk=fault.pk).state == "acknowledged"


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
    DeviceState.objects.filter(device=repaired.device).update(observed_at=now)  # its light will tell
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
        next_page = "/desk/faults/" if act == "repair" else f"/desk/faults/{fault.code}/"
        assert official.post(f"/desk/faults/{fault.code}/{act}/", said)["Location"] == next_page
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
