"""The door of each district: its own words, and what its own records count."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from civic.places.models import District
from cms.content import load_pages
from cms.models import DistrictPage
from tests.counting import cost
from tests.making import DOSEON, GURO4, make_adopted, make_fault, make_lamp, make_official, make_proposal, make_reviewed
from tests.pilots import make_running
from tests.voting import WEEK, make_open

pytestmark = pytest.mark.django_db


def text(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_load_pages_each_district_has_its_door_in_both_languages(pages):
    load_pages()
    for place in District.objects.all():
        korean, english = DistrictPage.objects.filter(district=place).order_by("-locale__language_code")
        assert (korean.locale.language_code, english.locale.language_code) == ("ko", "en")
        assert korean.translation_key == english.translation_key
        assert place.name_ko in text(f"/{place.slug}/")
        assert place.name_en in text(f"/en/{place.slug}/")


def test_door_says_as_late_days_what_the_list_and_the_front_door_say(pages, now):
    waits = make_reviewed(at=now - timedelta(days=36))
    row = rf"late-cell\">(\d+) days?<(?:(?!late-cell).)*{waits.code}"
    said = [re.search(row, text(path), re.S) for path in ("/en/seongdong/", "/en/overdue/")]
    assert [found and found[1] for found in said] == ["6", "6"]
    assert "6 days past the due date" in text("/en/")


@pytest.mark.parametrize("path", ["/", "/en/", "/seongdong/", "/faults/?district=11530"])
def test_door_is_led_to_from_home_from_its_neighbour_and_from_lists(pages, path):
    before = "/en" if path.startswith("/en/") else ""
    assert f'href="{before}/guro/"' in text(path)


def test_door_counts_what_is_its_own_and_nothing_of_the_neighbour(pages, now):
    mine = make_proposal(at=now, title="계단 아래에서 알 수 있게")
    waits = make_reviewed(at=now - timedelta(days=40), title="시장 골목 냄새를 숫자로")
    answered = make_adopted(at=now - timedelta(days=45), days=44)
    lamp = make_lamp(dong=DOSEON)
    make_fault(lamp, at=now)
    vote = make_open(at=now, opens_at=now, closes_at=now + WEEK)
    pilot = make_running()
    here, there = text("/en/seongdong/"), text("/en/guro/")
    for path in (mine.code, waits.code, answered.code):
        assert f"/en/proposals/{path}/" in here
        assert f"/en/proposals/{path}/" not in there
    late = here.split('id="late"')[1].split("</table>")[0]
    assert late.index(waits.code) < late.index(answered.code)
    assert "Answered in 44 days" in late
    assert f'href="/en/faults/?dong={DOSEON}"' in here
    assert f'href="/en/live/?dong={DOSEON}"' in here
    assert "<dd>1 fault</dd>" in here
    assert f"/en/votes/{vote.slug}/" in here
    assert f"/en/pilots/{pilot.slug}/" in here
    assert "02-0000-0" in here
    assert "<dd>0 faults</dd>" in there
    assert f"/en/pilots/{pilot.slug}/" not in there


def test_door_empty_district_still_says_what_to_do(pages):
    page = text("/en/guro/")
    for sentence in ("No proposal collects support", "No answer is late", "No fault waits", "No vote is open"):
        assert sentence in page


def test_door_one_thing_or_thirty_costs_the_same_queries(pages, now):
    def asked() -> int:
        return cost(lambda: text("/guro/"))

    def more() -> None:
        make_proposal(at=now, dong=GURO4)
        make_fault(make_lamp(district="11530", dong=GURO4), at=now)

    more()
    one = asked()
    for _n in range(29):
        more()
    assert asked() == one
    assert one <= 20


def test_door_nobody_deletes_it_moves_it_or_takes_it_offline(pages):
    door = DistrictPage.objects.get(slug="guro", locale__language_code="ko")
    rights = door.permissions_for_user(make_official(role="admin", scope="site"))
    assert rights.can_edit()
    assert not any((rights.can_delete(), rights.can_move(), rights.can_unpublish()))
