"""Items set aside are shown with their errors, run again and dismissed, by administrators."""

from html import unescape

import pytest

from civic.clocks.now import database_now
from civic.feed.models import Item, SetAside
from civic.feed.numbering import number_items
from civic.notifications.models import Notice
from civic.people.models import AccessLook
from civic.reactions.notices import tell_author
from civic.reactions.rules import why_not_run_again
from civic.reactions.run import name_of
from tests.making import NOON, make_official, make_person, make_proposal, make_reviewed
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(pages):
    return SetAside.objects.create(
        consumer="notify_author",
        item_seq=7,
        kind="ProposalSupported",
        key=make_proposal().key,
        error="ValueError: <b>poison</b>",
        at=database_now(),
    )


@pytest.fixture
def of_the_site(pages):
    """About nothing of one district."""
    return SetAside.objects.create(
        consumer="x", item_seq=8, kind="PersonErased", key="person:gone", error="-", at=database_now()
    )


def test_set_aside_admin_sees_item_and_error(admin, item):
    listed = admin.get("/desk/set-aside/").content.decode()
    assert "notify_author" in listed
    assert "poison" not in listed  # an error may quote somebody: reading it is a look
    assert not AccessLook.objects.exists()
    page = admin.get(f"/desk/set-aside/inspect/{item.pk}/").content.decode()
    assert item.key in page
    assert "ValueError: &lt;b&gt;poison&lt;/b&gt;" in page
    look = AccessLook.objects.get()
    assert (look.about, look.what, look.task, look.district) == (
        f"set-aside:{item.pk}",
        "errors",
        "mend_items",
        "11200",
    )


def test_set_aside_of_another_district_or_of_the_site_is_not_there(admin, item, of_the_site):
    guro = signed_in(make_official("11530", role="admin"))
    for desk, hidden in ((guro, item), (guro, of_the_site), (admin, of_the_site)):
        assert f"/inspect/{hidden.pk}/" not in desk.get("/desk/set-aside/").content.decode()
        assert desk.get(f"/desk/set-aside/inspect/{hidden.pk}/").status_code == 404
        for act in ("retry", "dismiss"):
            assert desk.post(f"/desk/set-aside/{act}/{hidden.pk}/").status_code == 404
    assert SetAside.objects.count() == 2


def test_set_aside_of_the_site_is_for_whoever_keeps_the_whole_site(pages, item, of_the_site):
    desk = signed_in(make_official(role="admin", scope="site"))
    for one in (item, of_the_site):
        assert desk.get(f"/desk/set-aside/inspect/{one.pk}/").status_code == 200
    assert desk.post(f"/desk/set-aside/dismiss/{of_the_site.pk}/").status_code == 302
    assert list(SetAside.objects.all()) == [item]


def test_set_aside_official_sees_nothing(official, item):
    assert official.get("/desk/set-aside/").status_code == 302
    assert official.get(f"/desk/set-aside/inspect/{item.pk}/").status_code == 404


@pytest.fixture
def mendable(pages):
    """What the author was to be told when the threshold was reached."""
    author = make_person()
    make_reviewed(by=author)
    number_items()
    reached = Item.objects.get(kind="ProposalReachedThreshold")
    return SetAside.objects.create(
        consumer=name_of(tell_author), item_seq=reached.seq, kind=reached.kind, key=reached.key, error="-", at=NOON
    )


def test_set_aside_admin_runs_it_again_and_the_author_is_told(admin, mendable):
    page = admin.get(f"/desk/set-aside/inspect/{mendable.pk}/").content.decode()
    retry = f"/desk/set-aside/retry/{mendable.pk}/"
    assert f'action="{retry}"' in page
    answer = admin.post(retry, follow=True)
    assert answer.redirect_chain == [("/desk/set-aside/", 302)]
    assert Notice.objects.count() == 1
    assert not SetAside.objects.exists()


def test_set_aside_admin_dismisses_it_and_nobody_is_told(admin, mendable):
    page = admin.get(f"/desk/set-aside/inspect/{mendable.pk}/").content.decode()
    dismiss = f"/desk/set-aside/dismiss/{mendable.pk}/"
    assert f'formaction="{dismiss}"' in page
    assert admin.post(dismiss).url == "/desk/set-aside/"
    assert Notice.objects.count() == 0
    assert not SetAside.objects.exists()


def test_set_aside_refused_says_why_and_stays(admin, item):
    answer = admin.post(f"/desk/set-aside/retry/{item.pk}/", follow=True)
    assert answer.redirect_chain == [(f"/desk/set-aside/inspect/{item.pk}/", 302)]
    assert str(why_not_run_again(None, known=False).text) in unescape(answer.content.decode())
    assert SetAside.objects.get() == item


@pytest.mark.parametrize("act", ["retry", "dismiss"])
def test_set_aside_official_mends_nothing_and_a_link_does_nothing(admin, official, mendable, act):
    assert official.post(f"/desk/set-aside/{act}/{mendable.pk}/").status_code == 302
    assert admin.get(f"/desk/set-aside/{act}/{mendable.pk}/").status_code == 405
    assert SetAside.objects.get() == mendable
