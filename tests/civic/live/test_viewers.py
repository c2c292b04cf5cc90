"""Who sees which item, in memory and in a query alike?"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from civic.feed.models import Item
from civic.live.viewers import Viewer, viewer_of
from civic.people.models import Person, RoleGrant
from tests.civic.feed.writing import write
from tests.making import make_official, make_person

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
    assert viewer_of(person) == Viewer(person=str(person.pk))
    assert viewer_of(official) == Viewer(staff=official.is_staff, person=str(official.pk))
    RoleGrant.objects.filter(person=official).update(until=official.date_joined + timedelta(days=1))
    assert viewer_of(Person.objects.get(pk=official.pk)) == Viewer(person=str(official.pk))  # though the clock is late
    assert [viewer_of(user) for user in (gone, AnonymousUser(), None)] == [Viewer()] * 3
