"""Does each filter keep the others, and does what we do not know open the list all the same?"""

from collections import Counter

import pytest

from civic.places.queries import all_dongs
from civic.proposals.menus import LONGEST, as_query, filters_from, menus
from civic.proposals.queries import Counts, Filters
from tests.making import DOSEON, GURO4

COUNTS = Counts(states=Counter(open=3, adopted=1), dongs=Counter({DOSEON: 2, GURO4: 1}), total=4)


def test_filters_unknown_values_are_left_out():
    asked = {"state": "flying", "category": "spaceships", "sort": "beauty", "district": "구로", "dong": "1' OR 1"}
    assert filters_from(asked) == Filters()


def test_filters_known_values_are_kept_and_a_search_is_tidied():
    asked = {"state": "open", "category": "safety", "sort": "supports", "district": "11200", "dong": DOSEON}
    found = filters_from({**asked, "q": "  보안등\u0000 " + "가" * 100, "tag": "보안등"})
    assert found.q.startswith("보안등")
    assert len(found.q) == LONGEST
    assert as_query(found) == {**asked, "q": found.q, "tag": "보안등"}


def test_query_says_nothing_of_defaults():
    assert as_query(Filters()) == {}
    assert as_query(Filters(sort="deadline", q="등")) == {"sort": "deadline", "q": "등"}


@pytest.mark.django_db
def test_state_links_keep_the_search_and_lead_away_from_their_own_filter():
    states = menus(Filters(q="lamp", state="open"), COUNTS)["states"]
    assert [(c.code, c.count, c.href, c.current) for c in states] == [
        ("", 4, "?q=lamp", False),
        ("open", 3, "?state=open&q=lamp", True),
        ("adopted", 1, "?state=adopted&q=lamp", False),
    ]


@pytest.mark.django_db
def test_an_empty_state_is_offered_only_where_it_is_chosen():
    chosen = menus(Filters(state="declined"), COUNTS)["states"]
    assert [c.code for c in chosen] == ["", "open", "adopted", "declined"]
    assert menus(Filters(), COUNTS)["states"][0].href == "."


@pytest.mark.django_db
def test_places_are_districts_first_and_inside_one_its_dongs():
    outside = {c.code: (c.count, c.href) for c in menus(Filters(), COUNTS)["places"]}
    assert (outside[""], outside["11200"]) == ((3, "."), (2, "?district=11200"))
    inside = menus(Filters(district="11200", dong=DOSEON), COUNTS)
    own = [dong.code for dong in all_dongs() if dong.district_id == "11200"]
    assert [c.code for c in inside["places"]] == ["", *own]
    assert [c.code for c in inside["places"] if c.current] == [DOSEON]
    assert (inside["place"].code, inside["district"].code) == (DOSEON, "11200")


@pytest.mark.django_db
def test_one_category_and_one_order_are_current():
    found = menus(Filters(category="walking"), COUNTS)
    assert [c.code for c in found["categories"] if c.current] == ["walking"]
    assert [(c.code, c.href) for c in found["sorts"] if c.current] == [("moved", "?category=walking")]
