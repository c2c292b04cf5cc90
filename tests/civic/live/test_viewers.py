"""Who sees which item, in memory and in a query alike?"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from civic.feed.models import Item
from civic.feed.numbering import head, number_items
from civic.limits.figures import STEP_HOLDS
from civic.live.viewers import Viewer, viewer_of
from civic.people.models import Person, RoleGrant
from tests.civic.feed.writing import write
from tests.making import make_official, make_person
from tests.signing import show_second_step, signed_in

pytestmark = pytest.mark.django_db
ITEMS = {"all": ("public", ""), "staff": ("staff", ""), "mine": ("self", "me"), "hers": ("self", "her")}


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [
        (Viewer(), {"all"}),
        (Viewer(staff=True), {"all", "staff"}),
        (Viewer(person="me"), {"all", "mine"}),
        (Viewer(staff=True, person="me"), {"all", "staff", "mine"}),
    ],
)
def test_an_item_is_seen_by_its_audience_and_a_query_finds_the_same(viewer: Viewer, seen: set[str]):
    Item.objects.all().delete()
    for name, (audience, recipient) in ITEMS.items():
        write(name, audience=audience, recipient=recipient)
    assert {name for name, told in ITEMS.items() if viewer.sees(*told)} == seen
    assert set(Item.objects.filter(viewer.rows()).values_list("key", flat=True)) == seen


def test_people_share_what_is_not_for_them_alone():
    assert Viewer(staff=True, person="me").in_common() == Viewer(staff=True)
    assert Viewer(person="me").in_common() == Viewer(person="her").in_common() == Viewer()


def test_a_user_of_the_site_sees_as_much_as_the_account_allows():
    person, official, gone = make_person(), make_official(), make_person()
    gone.is_active = False
    session = signed_in(official).session
    assert viewer_of(person, session) == Viewer(person=str(person.pk))  # the step of another
    assert viewer_of(official, session) == Viewer(staff=True, person=str(official.pk))
    RoleGrant.objects.filter(person=official).update(until=official.date_joined + timedelta(days=1))
    late = Person.objects.get(pk=official.pk)
    assert viewer_of(late, session) == Viewer(person=str(official.pk))  # though the clock is late
    assert [viewer_of(user, session) for user in (gone, AnonymousUser(), None)] == [Viewer()] * 3


def test_staff_hear_what_is_public_until_the_second_step_is_shown_and_when_it_ran_out():
    official, client = make_official(), Client()
    client.force_login(official)
    seen = [viewer_of(official, client.session).staff]
    for ago in (STEP_HOLDS - 60, STEP_HOLDS + 1):
        show_second_step(client, official, lasting=-ago)
        seen.append(viewer_of(official, client.session).staff)
    assert seen == [False, True, False]


def test_entries_tell_the_staff_their_own_only_after_the_second_step():
    official, before = make_official(), head()
    write("thing:1", audience="staff")
    number_items()
    client = Client()
    client.force_login(official)
    heard = []
    for step in (False, True):
        if step:
            show_second_step(client, official)
        answer = client.get("/live/entries", {"epoch": before.epoch, "after": before.seq}).json()
        heard.append([item["key"] for item in answer["items"] if item["key"] == "thing:1"])
    assert heard == [[], ["thing:1"]]
