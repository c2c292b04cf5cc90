"""Does each list of the desk ask as often for thirty records as for one, and whose records does it show?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from civic.feed.models import SetAside
from civic.people.actions import grant_role
from civic.policies.models import ParticipationPolicy
from tests.counting import cost
from tests.making import GURO4, NOON, make_fault, make_lamp, make_official, make_proposal
from tests.pilots import make_pilot
from tests.signing import signed_in
from tests.voting import make_round

pytestmark = pytest.mark.django_db


def policy() -> ParticipationPolicy:
    return ParticipationPolicy.objects.filter(district="11200").latest("valid_from")


def aside() -> SetAside:
    return SetAside.objects.create(consumer="tell", item_seq=1, kind="Thing", key="device:11200-1", error="-", at=NOON)


Make = Callable[[], Any]
Again = Callable[[Any, int], Any]
# list -> its first record, each further one, and how many in all: a pilot takes a proposal with thirty supporters
LISTS: dict[str, tuple[Make, Again, int]] = {
    "proposals": (make_proposal, lambda _row, _n: make_proposal(), 30),
    "pilots": (make_pilot, lambda _row, _n: make_pilot(), 5),
    "rounds": (make_round, lambda row, n: again(row, slug=f"again-{n}"), 30),
    "policies": (policy, lambda row, n: again(row, valid_from=NOON - timedelta(days=n)), 30),
    "set-aside": (aside, lambda row, n: again(row, item_seq=n + 1), 30),
}


def again(row: Any, **changed: Any) -> None:
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    type(row).objects.create(**kept | changed)


@pytest.mark.parametrize("name", LISTS)
def test_list_costs_the_same_with_one_and_with_thirty(admin: Client, name: str) -> None:
    make, more, number = LISTS[name]
    row = make()
    few = cost(lambda: admin.get(f"/desk/{name}/"))
    for n in range(1, number):
        more(row, n)
    assert type(row).objects.count() >= number
    assert cost(lambda: admin.get(f"/desk/{name}/")) == few


@pytest.fixture
def both(pages: None) -> Client:
    """Moderates in Seongdong and audits in Guro: two roles of the staff, records to read in one district alone."""
    person = make_official(role="moderator")
    grant_role(by=None, person=person, role="auditor", scope="district:11530", at=NOON)
    return signed_in(person)


def test_lists_show_the_districts_in_which_records_may_be_read_and_not_those_of_another_role(both: Client) -> None:
    here, there = make_proposal(), make_proposal(dong=GURO4)
    broken, foreign = make_fault(), make_fault(make_lamp(district="11530", dong=GURO4))
    vote = make_round(district="11530")
    listed = both.get("/desk/proposals/").content.decode()
    assert (here.code in listed, there.code in listed) == (True, False)
    assert both.get(f"/desk/proposals/inspect/{there.pk}/").status_code == 404
    board = both.get("/desk/faults/").content.decode()
    assert (broken.code in board, foreign.code in board) == (True, False)
    assert both.get(f"/desk/faults/{foreign.code}/").status_code == 404
    assert both.get(f"/desk/rounds/inspect/{vote.pk}/").status_code == 404
    turn = both.get("/desk/").content.decode()
    assert (broken.code in turn, foreign.code in turn) == (True, False)


def test_auditor_of_the_records_reads_none_and_has_no_turn(pages: None) -> None:
    fault = make_fault()
    assert fault.code not in signed_in(make_official(role="auditor")).get("/desk/").content.decode()
