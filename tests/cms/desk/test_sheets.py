"""A sheet of letters at the desk: from the month of looks to whose checks rest on it, and to their end."""

import pytest

from civic.clocks.deadlines import SEOUL
from civic.ledger.models import Entry
from civic.people.actions import redeem_letter
from civic.people.models import AccessLook, Letter, Verification
from tests.answers import text
from tests.level_examples import check, make_unchecked, print_sheet
from tests.making import DOSEON, make_official
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
WHY = "아무도 살지 않는 곳입니다."


def test_month_leads_to_the_sheet_and_the_sheet_to_the_end_of_what_came_of_it(admin, now):
    official, person = make_official(), make_unchecked("편지이웃")
    signed_in(official).post("/desk/checks/letters/", {"dong": DOSEON, "people": "홍길동 1990-01-02"})
    sheet = Entry.objects.get(fact="LettersSent")
    path = f"/desk/looks/sheets/{sheet.pk}/"
    assert f'href="{path}"' in text(admin.get(f"/desk/looks/11200/{now.astimezone(SEOUL):%Y-%-m}/"))
    shown = text(admin.get(path))
    assert official.nickname in shown
    assert "편지이웃" not in shown

    Letter.objects.all().delete()
    check(person)
    Verification.objects.update(sheet=sheet.pk)
    assert "편지이웃" in text(admin.get(path))
    assert AccessLook.objects.filter(subject=person, what="check", about=f"sheet:{sheet.pk}").count() == 1
    text(admin.post(path, {"reason": ""}), 422)
    answer = admin.post(path, {"reason": WHY})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/looks/")
    assert not Verification.objects.exists()
    assert "<form" not in text(admin.get(path)).split("desk-proposal")[1]


def test_auditor_reads_a_sheet_and_undoes_nothing(pages, now):
    sheet, (code,) = print_sheet(at=now)
    redeem_letter(by=make_unchecked(), code=code, at=now)
    auditor = signed_in(make_official(role="auditor"))
    path = f"/desk/looks/sheets/{sheet.pk}/"
    assert "<form" not in text(auditor.get(path)).split("desk-proposal")[1]
    text(auditor.post(path, {"reason": WHY}), 422)
    assert Verification.objects.count() == 1


def test_sheet_of_another_district_and_what_is_no_sheet_are_not_there(pages, admin):
    sheet, _codes = print_sheet()
    check(make_unchecked())
    other = Entry.objects.latest("pk").pk
    assert admin.get(f"/desk/looks/sheets/{other}/").status_code == 404
    assert admin.get(f"/desk/looks/sheets/{10**12}/").status_code == 404
    guro = signed_in(make_official("11530", role="admin"))
    assert guro.get(f"/desk/looks/sheets/{sheet.pk}/").status_code == 404
    assert guro.post(f"/desk/looks/sheets/{sheet.pk}/", {"reason": WHY}).status_code == 404
    assert Letter.objects.count() == 1


def test_sheet_is_no_business_of_officials_and_residents(official, resident):
    sheet, _codes = print_sheet()
    for client in (official, resident):
        assert client.get(f"/desk/looks/sheets/{sheet.pk}/").status_code == 302
