"""The log of looks at the desk: what is noted, who reads it, and how a month is signed off."""

from datetime import timedelta

import pytest
from django.test import Client

from civic.clocks.deadlines import SEOUL
from civic.faults.actions import report_fault
from civic.limits.figures import LIMITS, Limit
from civic.people.actions import Subject, note_looks, revoke_role
from civic.people.models import AccessLook, AccessReview, Letter, Person, Seen
from civic.people.queries import months_of
from civic.privacy.actions import erase_person
from civic.privacy.choice import Texts
from tests.answers import text
from tests.counting import cost
from tests.level_examples import make_unchecked
from tests.making import DOSEON, GURO4, make_fault, make_lamp, make_official, make_person
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
LIST = "/desk/looks/"
NO_ACCOUNT = "이 주소로 열린 계정이 없습니다."
REMARK = "모든 열람이 담당 업무에 속했습니다."


def look(at, *, number: int = 1, district: str = "11200", subject: Person | None = None) -> None:
    subjects = [Subject(f"fault:F-2026-{n:06}", subject) for n in range(number)]
    facts = {"what": Seen.REPORTS, "task": "read_reports", "district": district, "address": "192.0.2.7"}
    note_looks(by=make_official(), subjects=subjects, **facts, at=at)


def month_of(at) -> str:
    return f"{at.astimezone(SEOUL):%Y-%-m}"


@pytest.fixture
def before(now):
    """A moment of the month before this one."""
    return now.astimezone(SEOUL).replace(day=1) - timedelta(days=3)


@pytest.fixture
def auditor(pages: None) -> Client:
    return signed_in(make_official(role="auditor"))


def test_fault_whose_reports_are_read_leaves_a_look_a_report(pages, now):
    reader, resident, lamp = make_official(), make_person(), make_lamp()
    report_fault(by=resident, device=lamp, category="dark", text="세 걸음 앞이 안 보입니다.", at=now)
    fault, _key = report_fault(device=lamp, category="dark", text="저도요.", email="g@example.org", at=now)
    text(signed_in(reader).get(f"/desk/faults/{fault.code}/"))
    rows = AccessLook.objects.order_by("pk")
    assert [(row.by, row.subject, row.about) for row in rows] == [
        (reader, resident, f"fault:{fault.code}"),
        (reader, None, f"fault:{fault.code}"),
    ]
    assert {(row.what, row.task, row.district, row.address) for row in rows} == {
        ("reports", "read_reports", "11200", "127.0.0.1")
    }


def test_fault_without_reports_and_one_whose_words_are_not_shown_leave_none(pages, now):
    fault = make_fault(at=now)
    text(signed_in(make_official(role="moderator")).get(f"/desk/faults/{fault.code}/"))
    assert AccessLook.objects.count() == 0


def test_looks_cost_one_statement_however_many_reports(official, now):
    fault = make_fault(at=now)
    few = cost(lambda: official.get(f"/desk/faults/{fault.code}/"))
    for n in range(29):
        fault.report_rows.create(person=make_person(), digest=f"d{n}", text="저도 봤어요", at=now)
    assert cost(lambda: official.get(f"/desk/faults/{fault.code}/")) == few


def test_months_are_listed_for_ones_own_districts(auditor, before):
    look(before, number=3)
    look(before, district="11530")
    page = text(auditor.get(LIST))
    assert f'href="{LIST}11200/{month_of(before)}/"' in page
    assert "11530" not in page


def test_month_names_roles_in_words(auditor, before):
    subject = Subject("role:official:department:11200.safety.roads.lights", make_person("살펴진이웃"))
    facts = {"what": Seen.ROLES, "task": "read_roles", "district": "11200", "address": "192.0.2.7"}
    note_looks(by=make_official(), subjects=[subject], **facts, at=before)
    page = text(auditor.get(f"{LIST}11200/{month_of(before)}/"))
    assert "담당 공무원 · 성동구 도로시설과 도로조명팀" in page
    assert "role:official" not in page


def test_month_says_who_looked_at_what_and_for_which_task(auditor, before):
    resident = make_person("살펴진이웃")
    look(before, subject=resident)
    page = text(auditor.get(f"{LIST}11200/{month_of(before)}/"))
    assert "살펴진이웃" in page
    assert "fault:F-2026-000000" in page
    assert "192.0.2.7" in page
    assert "<form" not in page.split("desk-looks")[1]  # an auditor reads, an administrator signs


def test_month_is_signed_off_once_by_the_administrator(admin, before):
    look(before)
    address = f"{LIST}11200/{month_of(before)}/"
    short = text(admin.post(address, {"remark": "네"}), 422)
    assert "error-message" in short
    answer = admin.post(address, {"remark": REMARK})
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert AccessReview.objects.get().remark == REMARK
    assert REMARK in text(admin.get(LIST))
    assert admin.post(address, {"remark": REMARK}).status_code == 422
    assert AccessReview.objects.count() == 1


def test_month_that_runs_is_read_and_not_signed(admin, now):
    look(now)
    address = f"{LIST}11200/{month_of(now)}/"
    assert "desk-why" in text(admin.get(address))
    assert admin.post(address, {"remark": REMARK}).status_code == 422


def test_month_of_another_district_of_no_month_and_of_the_whole_site_is_not_there(admin, before):
    for place in ("11530", "99999", "site"):
        assert admin.get(f"{LIST}{place}/{month_of(before)}/").status_code == 404
    assert admin.get(f"{LIST}11200/2026-13/").status_code == 404
    assert admin.get(f"{LIST}11200/0-1/").status_code == 404


def test_log_is_no_business_of_officials_and_residents(official, resident, before):
    look(before)
    for client in (official, resident, Client()):
        for address in (LIST, f"{LIST}11200/{month_of(before)}/"):
            assert client.get(address).status_code in (302, 403)


def test_pages_of_the_log_cost_the_same_with_one_and_with_thirty(admin, before):
    look(before)
    address = f"{LIST}11200/{month_of(before)}/"
    few = [cost(lambda: admin.get(LIST)), cost(lambda: admin.get(address))]
    for n in range(29):
        look(before, subject=make_person())
        look(before - timedelta(days=28 * n))
    assert [cost(lambda: admin.get(LIST)), cost(lambda: admin.get(address))] == few


def test_sheet_of_a_guro_lamp_is_noted_in_guro(pages, now):
    lamp = make_lamp(district="11530", dong=GURO4)
    fault, _key = report_fault(device=lamp, category="dark", text="어둡습니다.", at=now)
    text(signed_in(make_official("11530")).get(f"/desk/faults/{fault.code}/"))
    assert AccessLook.objects.get().district == "11530"


def test_check_at_the_counter_is_noted_with_whose_account_it_was_and_whatever_came_of_it(pages):
    reader, person = make_official(), make_unchecked()
    words = {"nickname": person.nickname, "name": "홍계산", "born": "1971-02-13", "namesake": "1", "district": "11200"}
    desk = signed_in(reader)
    assert desk.post("/desk/checks/", words).status_code == 302
    assert desk.post("/desk/checks/", words | {"born": "1875-01-01"}).status_code == 422
    assert (
        desk.post(
            "/desk/checks/take-back/", {"nickname": person.nickname, "reason": "다른 사람의 계정에 잘못 적었습니다."}
        ).status_code
        == 302
    )
    rows = AccessLook.objects.values_list("by", "subject", "what", "task", "district")
    look = (reader.pk, person.pk, "check", "check_identity", "11200")
    assert list(rows.order_by("pk")) == [look, look, (*look[:2], "account", *look[3:])]


def test_address_that_is_only_tried_at_the_roles_form_leaves_a_look_hit_or_miss(pages):
    keeper, person = make_official(role="admin"), make_person()
    desk = signed_in(keeper)
    for email in (person.email, "nobody@example.org"):
        text(desk.post("/desk/roles/grant/", {"email": email, "role": "panel", "scope": "district:11200"}), 422)
    rows = AccessLook.objects.values_list("by", "subject", "about", "what", "task", "district").order_by("pk")
    assert list(rows) == [
        (keeper.pk, person.pk, "people", "roles", "grant_roles", "11200"),
        (keeper.pk, None, "people:nobody", "roles", "grant_roles", "11200"),
    ]


def test_addresses_and_cards_are_tried_so_often_and_no_more(pages, monkeypatch):
    monkeypatch.setitem(LIMITS, "look_up", Limit(of_person=1, of_address=9, seconds=3600))
    person = make_person()
    words = {"email": person.email, "role": "panel", "scope": "district:11200"}
    desk, counter = signed_in(make_official(role="admin")), signed_in(make_official())
    text(desk.post("/desk/roles/grant/", words), 422)
    refused = text(desk.post("/desk/roles/grant/", words | {"email": "nobody@example.org"}), 429)
    assert 'value="nobody@example.org"' in refused
    assert NO_ACCOUNT not in refused
    assert AccessLook.objects.filter(task="grant_roles").count() == 1
    card = {"name": "홍계산", "born": "1971-02-13", "namesake": "1", "reason": "확인"}
    text(counter.post("/desk/checks/take-back/", card), 422)
    assert "홍계산" not in text(counter.post("/desk/checks/take-back/", card), 429)


def test_sheets_of_letters_have_a_figure_of_their_own(official, monkeypatch):
    monkeypatch.setitem(LIMITS, "letters", Limit(of_person=1, of_address=9, seconds=3600))
    words = {"dong": DOSEON, "people": "성춘향 1990-01-02"}
    text(official.post("/desk/checks/letters/", words))
    assert "성춘향" not in text(official.post("/desk/checks/letters/", words), 429)


def test_page_with_thirty_people_is_one_line_of_the_month_that_names_them_all(admin, before):
    people = [make_person() for _n in range(30)]
    subjects = [Subject("role:panel:district:11200", person) for person in people]
    facts = {"what": Seen.ROLES, "task": "read_roles", "district": "11200", "address": "192.0.2.7"}
    note_looks(by=make_official(), subjects=subjects, **facts, at=before)
    page = text(admin.get(f"{LIST}11200/{month_of(before)}/"))
    assert page.count("192.0.2.7") == 1
    assert all(person.nickname in page for person in people)
    assert months_of(["11200"])[0].looks == 1


def test_sheet_of_letters_is_noted_without_a_name(pages):
    reader = make_official()
    signed_in(reader).post("/desk/checks/letters/", {"dong": DOSEON, "people": "홍길동 1990-01-02"})
    row = AccessLook.objects.get()
    sheet = Letter.objects.get().sheet
    assert (row.subject, row.about, row.what, row.district) == (
        None,
        f"letters:{DOSEON}:1:{sheet}",
        "letters",
        "11200",
    )


def test_sheet_that_was_refused_is_noted_without_a_letter(pages, now):
    reader = make_official()
    text(
        signed_in(reader).post(
            "/desk/checks/letters/", {"dong": DOSEON, "people": "홍길동 1990-01-02\n홍길동 1990-01-02"}
        ),
        422,
    )
    assert AccessLook.objects.get().about == f"letters:{DOSEON}:0"


def test_check_that_was_recorded_is_told_from_one_that_was_asked_about_alone(pages, now):
    nickname, desk = make_unchecked().nickname, signed_in(make_official())
    words = {"nickname": nickname, "name": "홍계산", "born": "1971-02-13", "namesake": "1", "district": "11200"}
    for changed in ({"born": "1.1.1"}, {"name": "洪"}, {}):
        desk.post("/desk/checks/", words | changed)
    assert list(AccessLook.objects.order_by("pk").values_list("about", flat=True)) == [
        "people",
        "people",
        "people:checked",
    ]


def test_who_checked_residents_and_left_stands_in_the_month_all_the_same(pages, now):
    official, nickname = make_official(), make_unchecked().nickname
    desk, name = signed_in(official), official.nickname
    words = {"nickname": nickname, "name": "홍계산", "born": "1971-02-13", "namesake": "1", "district": "11200"}
    assert desk.post("/desk/checks/", words).status_code == 302
    desk.post("/desk/checks/letters/", {"dong": DOSEON, "people": "홍길동 1990-01-02\n김복순 1940-03-04"})
    revoke_role(by=None, person=official, role="official", scope="district:11200", at=now)
    erase_person(by=official, person=official, texts=Texts.KEPT, at=now)
    answer = signed_in(make_official(role="admin")).get(f"{LIST}11200/{month_of(now)}/")
    assert [(who.name, who.checks, who.letters) for who in answer.context["checkers"]] == [(name, 1, 2)]


def test_month_says_how_many_residents_each_official_checked(pages, now):
    official, nickname = make_official(), make_unchecked().nickname
    words = {"nickname": nickname, "name": "홍계산", "born": "1971-02-13", "namesake": "1", "district": "11200"}
    desk = signed_in(official)
    assert [desk.post("/desk/checks/", words).status_code for _twice in range(2)] == [302, 302]
    people = "홍길동 1990-01-02\n김복순 1940-03-04"
    desk.post("/desk/checks/letters/", {"dong": DOSEON, "people": people})
    answer = signed_in(make_official(role="admin")).get(f"{LIST}11200/{month_of(now)}/")
    assert [(who.name, who.checks, who.letters) for who in answer.context["checkers"]] == [(official.nickname, 2, 2)]
    assert f"<b>{official.nickname}</b>" in text(answer)


def test_history_of_roles_and_an_account_found_by_its_address_are_noted(pages, now):
    keeper, person = make_official(role="admin"), make_person()
    desk = signed_in(keeper)
    words = {"email": person.email, "role": "panel", "scope": "district:11200", "office": "환경분과"}
    assert desk.post("/desk/roles/grant/", words | {"reason": "새로 맡았습니다."}).status_code == 302
    text(desk.get("/desk/roles/history/"))
    rows = AccessLook.objects.filter(subject=person).values_list("what", "about", "task", "district").order_by("pk")
    assert list(rows) == [
        ("roles", "people", "grant_roles", "11200"),
        ("roles", "role:panel:district:11200", "read_roles", "11200"),
    ]
