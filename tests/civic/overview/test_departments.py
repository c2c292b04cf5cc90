"""Do the pages of departments say what they get, what they promise and how they keep it?"""

import re
from datetime import timedelta

import pytest
from django.test import Client

from civic.clocks.now import database_now
from civic.overview.departments import answers_of, record_of
from civic.people.models import Department
from tests.counting import cost
from tests.making import NOON, make_adopted, make_declined, make_fault, make_reviewed

pytestmark = pytest.mark.django_db
LIGHTS, ROADS, GREEN = "11200.safety.roads.lights", "11200.safety.roads", "11200.life.env.green"


def page(path: str, status: int = 200) -> str:
    answer = Client().get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_list_names_every_office_with_telephone_and_what_it_gets() -> None:
    shown = page("/en/departments/")
    for department in Department.objects.all():
        assert f'href="/en/departments/{department.code}/"' in shown
        assert f'href="tel:{department.phone}"' in shown
    assert "Proposals: Safety" in " ".join(shown.split())
    one = page("/departments/?district=11200")
    assert "도로조명팀" in one
    assert "/departments/11530.safety/" not in one


def test_list_of_an_unknown_district_shows_all() -> None:
    assert "/departments/11530.safety/" in page("/departments/?district=nowhere")


def test_page_names_what_it_belongs_to_and_what_belongs_to_it() -> None:
    shown = page(f"/departments/{ROADS}/")
    for words in ("안전건설교통국", "도로조명팀", "도로관리팀", "02-0000-0101"):
        assert words in shown, words


def test_each_figure_on_the_page_carries_its_label_on_a_phone() -> None:
    figures = re.findall(r'<td class="num"([^>]*)>', page(f"/en/departments/{ROADS}/"))
    assert len(figures) >= 8
    assert all("data-label=" in attributes for attributes in figures)


@pytest.mark.parametrize("code", ["11200.nowhere", "nothing", "11200"])
def test_page_of_no_department_is_not_found(code: str) -> None:
    page(f"/departments/{code}/", 404)


def test_record_counts_what_waits_and_what_was_answered_below_it_too() -> None:
    make_reviewed(at=NOON)
    make_adopted(at=NOON, days=10)
    make_declined(at=NOON, days=40)
    make_fault(at=NOON)
    at = NOON + timedelta(days=45)
    for code in (LIGHTS, ROADS):
        record = record_of(Department.objects.get(code=code), at)
        assert (record.waiting, record.late, record.answered, record.in_time) == (1, 1, 2, 1)
        assert (record.faults, record.faults_late) == (1, 1)
    empty = record_of(Department.objects.get(code=GREEN), at)
    assert (empty.waiting, empty.answered, empty.faults) == (0, 0, 0)


def test_answers_stand_on_the_page_of_who_gave_them() -> None:
    now = database_now() - timedelta(minutes=1)
    proposal = make_adopted(at=now - timedelta(days=20))
    assert [row.code for row in answers_of(Department.objects.get(code=LIGHTS), now)] == [proposal.code]
    assert answers_of(Department.objects.get(code=GREEN), now) == []
    assert proposal.code in page(f"/departments/{LIGHTS}/")
    assert proposal.code not in page(f"/departments/{GREEN}/")


def test_pages_cost_the_same_with_one_answer_and_with_five() -> None:
    now = database_now() - timedelta(minutes=1)
    make_adopted(at=now - timedelta(days=20))
    one = cost(lambda: page(f"/departments/{LIGHTS}/?{database_now()}"))
    for _n in range(4):
        make_adopted(at=now - timedelta(days=20))
    assert cost(lambda: page(f"/departments/{LIGHTS}/?{database_now()}")) == one


def test_closed_department_keeps_its_page_and_leaves_the_list() -> None:
    Department.objects.filter(code=GREEN).update(closed_at=NOON)
    page(f"/departments/{GREEN}/")
    assert f"/departments/{GREEN}/" not in page("/departments/")


def test_pages_hold_no_form_for_a_visitor_and_may_be_cached() -> None:
    answer = Client().get("/departments/")
    assert 'method="post"' not in answer.content.decode()
