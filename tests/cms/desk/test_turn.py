"""My turn: what waits, by deadline, in one's own districts."""

import re
from datetime import timedelta

import pytest
from django.utils.translation import gettext

from civic.devices.models import DeviceState
from civic.people.actions import grant_role
from civic.people.powers import POWERS
from cms.desk.access import WORK
from tests.answers import text
from tests.counting import cost
from tests.making import (
    GURO4,
    add_supports,
    make_adopted,
    make_fault,
    make_official,
    make_proposal,
    make_repaired,
    make_reviewed,
)
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


def rows(page):
    """(code, next act's address) of each row, in the order of the page."""
    return re.findall(r'<span>(P-\d+-\d+) ·.*?class="desk-act[^"]*" href="([^"]*)"', page, re.S)


def test_turn_late_first_then_by_deadline_then_arriving(official, now):
    soon = make_reviewed(at=now - timedelta(days=20))
    late = make_reviewed(at=now - timedelta(days=45))
    arriving = add_supports(make_proposal(at=now), 24, at=now)
    make_proposal(at=now)
    page = text(official.get("/desk/"))
    assert rows(page) == [
        (late.code, f"/desk/proposals/answer/{late.pk}/"),
        (soon.code, f"/desk/proposals/answer/{soon.pk}/"),
        (arriving.code, f"/desk/proposals/inspect/{arriving.pk}/"),
    ]
    assert [int(n) for n in re.findall(r"<dd>(\d+)</dd>", page)][0] == 1


def test_turn_holds_faults_among_the_answers_by_the_time_that_is_left(official, now):
    answer = make_reviewed(at=now - timedelta(days=20))
    late_answer = make_reviewed(at=now - timedelta(days=32))
    later, late = make_fault(at=now), make_fault(at=now - timedelta(days=40))
    page = text(official.get("/desk/"))
    assert re.findall(r"<span>([PF]-\d+-\d+) ·", page) == [late.code, late_answer.code, later.code, answer.code]
    assert [int(n) for n in re.findall(r"<dd>(\d+)</dd>", page)][0] == 2
    assert f'href="/desk/faults/{late.code}/take/"' in page


def test_turn_asks_somebody_to_look_at_what_is_repaired_where_no_light_tells(official, now):
    silent, telling = (make_repaired(at=now - timedelta(hours=3)) for _n in range(2))
    DeviceState.objects.filter(device=telling.device).update(observed_at=now)
    late = make_fault(at=now - timedelta(days=30))
    for path in ("/desk/", "/desk/faults/"):
        page = text(official.get(path))
        assert re.findall(r"<span>(F-\d+-\d+) ·", page) == [late.code, silent.code]
        assert f'href="/desk/faults/{silent.code}/resolve/"' in page


def test_turn_with_faults_alone_does_not_say_that_nothing_waits(official, now):
    fault = make_fault(at=now)
    page = text(official.get("/desk/"))
    assert fault.code in page
    assert "desk-empty" not in page


def test_turn_of_a_moderator_reads_faults_and_does_not_take_them_on(pages, now):
    fault = make_fault(at=now)
    page = text(signed_in(make_official(role="moderator")).get("/desk/"))
    assert f'href="/desk/faults/{fault.code}/"' in page


def test_turn_other_districts_are_somebody_elses(official, now):
    make_reviewed(at=now, dong=GURO4)
    assert rows(text(official.get("/desk/"))) == []


def test_turn_admin_reads_and_does_not_answer(admin, now):
    waiting = make_reviewed(at=now)
    assert rows(text(admin.get("/desk/"))) == [(waiting.code, f"/desk/proposals/inspect/{waiting.pk}/")]


@pytest.mark.parametrize("role", ["moderator", "admin"])
def test_turn_of_those_who_only_read_calls_nothing_theirs(pages, now, role):
    make_reviewed(at=now)
    make_fault(at=now)
    reading = signed_in(make_official(role=role))
    page = text(reading.get("/desk/"))
    assert gettext("Open items: %(waiting)s, late: %(late)s") % {"waiting": 2, "late": 0} in page
    assert gettext("My turn: %(waiting)s, late: %(late)s") % {"waiting": 2, "late": 0} not in page
    assert "data-count" not in page


def test_turn_of_an_official_counts_beside_the_word_what_is_theirs(official, now):
    make_reviewed(at=now)
    make_fault(at=now)
    make_reviewed(at=now, dong=GURO4)
    page = text(official.get("/desk/"))
    assert re.findall(r'"data-count": "(\d+)"', page) == ["2", "1"]


def test_turn_of_an_official_who_reads_elsewhere_too_holds_only_what_they_may_act_on(pages, now):
    own = make_reviewed(at=now)
    make_reviewed(at=now, dong=GURO4)
    both = make_official()
    shown = {"name": "", "office": "", "phone": ""}
    grant_role(by=None, person=both, role="moderator", scope="site", **shown, at=now)
    assert rows(text(signed_in(both).get("/desk/"))) == [(own.code, f"/desk/proposals/answer/{own.pk}/")]


def test_turn_one_verb_stands_for_all_that_is_done_there():
    assert {POWERS[verb].roles for verb in (WORK, "answer_proposals", "transfer_proposals")} == {POWERS[WORK].roles}


def test_turn_average_counts_this_years_answers(official, now):
    make_adopted(at=now - timedelta(days=20), days=10)
    assert re.search(r"<dd>\s*10\.0", text(official.get("/desk/")))


def test_turn_thirty_rows_cost_as_many_queries_as_one(official, now):
    make_reviewed(at=now)
    make_fault(at=now)
    one = cost(lambda: text(official.get("/desk/")))
    for _n in range(4):
        make_reviewed(at=now)
        make_fault(at=now)
    assert cost(lambda: text(official.get("/desk/"))) == one
