"""Each refusal about what was set aside, once."""

import pytest
from django.contrib.auth.models import AnonymousUser

from civic.feed.models import Item, SetAside
from civic.reactions.rules import why_not_mend, why_not_run_again
from tests.making import make_official, make_person

pytestmark = pytest.mark.django_db


def test_only_an_administrator_mends():
    aside = SetAside(key="device:11200-19-12-20")
    refusals = [why_not_mend(person, aside) for person in (AnonymousUser(), make_person(), make_official())]
    assert [(r.code, r.status) for r in refusals if r] == [
        ("not_signed_in", 401),
        ("role_missing", 403),
        ("role_missing", 403),
    ]
    assert why_not_mend(make_official(role="admin"), aside) is None


def test_of_another_district_or_of_no_district_the_whole_site_mends():
    here, guro, site = (make_official(role="admin", scope=scope) for scope in ("", "district:11530", "site"))
    for key, refused in (("device:11530-1", {here}), ("lights:11530", {here}), ("person:1", {here, guro})):
        aside = SetAside(key=key)
        assert {person for person in (here, guro, site) if why_not_mend(person, aside)} == refused, key


def test_what_somebody_else_has_dealt_with_is_refused():
    refusal = why_not_mend(make_official(role="admin"), None)
    assert refusal is not None
    assert (refusal.code, refusal.status) == ("not_set_aside", 409)


@pytest.mark.parametrize(
    ("item", "known", "code"),
    [(None, False, "reaction_gone"), (Item(), False, "reaction_gone"), (None, True, "item_gone"), (Item(), True, "")],
)
def test_there_must_be_a_reaction_and_an_item(item, known, code):
    refusal = why_not_run_again(item, known=known)
    assert (refusal.code if refusal else "") == code
