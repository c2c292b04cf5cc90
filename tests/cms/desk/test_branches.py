"""Administrators of a district at Wagtail's pages and pictures: their own branch, and nothing beside or above it."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, GroupPagePermission, Page

from civic.clocks.now import database_now
from civic.people.actions import expire_role, grant_role, revoke_role
from civic.people.models import RoleGrant
from cms.content import load_pages
from cms.models import DistrictPage, HomePage, TextPage
from tests.cms.desk.test_pages import COMMENTS, draft, form
from tests.making import make_official
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
REFUSED = 403
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
# of one page, by its number and its parent's, asked by GET and POST
OF_A_PAGE = (
    "pages/{page}/edit/",
    "pages/{page}/edit/preview/",
    "pages/{page}/view_draft/",
    "pages/{page}/copy/",
    "pages/{page}/move/",
    "pages/{page}/move/{own}/confirm/",
    "pages/{own_page}/move/{parent}/confirm/",
    "pages/{page}/delete/",
    "pages/{page}/unpublish/",
    "pages/{page}/set_position/",
    "pages/{page}/privacy/",
    "pages/{page}/lock/",
    "pages/{page}/unlock/",
    "pages/{page}/history/",
    "pages/{page}/usage/",
    "pages/{page}/convert_alias/",
    "pages/{page}/revisions/",
    "pages/{page}/revisions/{revision}/view/",
    "pages/{page}/revisions/{revision}/revert/",
    "pages/{page}/revisions/{revision}/unschedule/",
    "pages/{page}/revisions/compare/earliest...live/",
    "pages/{page}/workflow_history/",
    "pages/workflow/confirm_cancellation/{page}/",
    "pages/add/cms/textpage/{page}/",
    "pages/add/cms/textpage/{parent}/",
    "pages/{page}/add_subpage/",
    "pages/{page}/",
    "translation/submit/page/{page}/",
    "api/main/pages/{page}/action/copy/",
    "api/main/pages/{page}/action/delete/",
    "api/main/pages/{page}/action/move/",
    "api/main/pages/{page}/action/publish/",
)
OF_THE_SITE = (
    "reports/site-history/",
    "reports/aging-pages/",
    "reports/page-types-usage/",
    "reports/workflow/",
    "reports/workflow_tasks/",
    "pages/usage/cms/textpage/",
    "workflows/task_chooser/",
    "documents/chooser/",
    "collections/",
    "sites/",
    "translation/submit/snippet/cms/textpage/1/",
)


def door(slug: str, code: str = "ko") -> DistrictPage:
    return DistrictPage.objects.get(slug=slug, locale__language_code=code)


def below(parent: Page, slug: str, *, live: bool = True) -> TextPage:
    page = parent.add_child(instance=TextPage(title=f"{slug} 소식", slug=slug, body="<p>글</p>", live=live))
    page.save_revision()
    return page


@pytest.fixture
def guro(pages: None) -> Client:
    return signed_in(make_official("11530", role="admin"))


@pytest.fixture
def own(pages: None) -> TextPage:
    return below(door("guro"), "own")


def foreign() -> list[Page]:
    """The neighbour's door and a home; pages below them are walked to by tests/walk."""
    return [door("seongdong"), HomePage.objects.get(locale__language_code="en")]


def asked(client: Client, path: str) -> Iterator[tuple[str, int]]:
    for method in ("get", "post"):
        yield method, getattr(client, method)(f"/desk/{path}", headers=SCRIPT).status_code


def opened(client: Client, patterns, page: Page, own: Page) -> list[str]:
    """What did not say that it is for others; 405 for a method nobody is answered by."""
    names = {"page": page.pk, "own": own.get_parent().pk, "own_page": own.pk}
    names |= {"parent": page.get_parent().pk, "revision": page.latest_revision_id or 1}
    return [
        f"{method} {path} of {page.slug}: {status}"
        for path in (pattern.format(**names) for pattern in patterns)
        for method, status in asked(client, path)
        if status not in (REFUSED, 405)
    ]


def test_district_administrator_is_refused_on_pages_of_the_neighbour_and_of_the_site(guro, own):
    before = list(Page.objects.order_by("path").values_list("path", "title", "live", "locked"))
    wrong = [line for page in foreign() for line in opened(guro, OF_A_PAGE, page, own)]
    there = [f"get pages/{page.pk}/" for page in (Page.objects.get(slug="en", depth=2),)]
    # the home above the own branch may be walked through, and only that
    assert {line.partition(" of ")[0] for line in wrong} <= {*there, *(line.replace("get", "post") for line in there)}
    assert list(Page.objects.order_by("path").values_list("path", "title", "live", "locked")) == before


def test_administrator_of_the_site_opens_what_the_district_is_refused(keeper, own):
    text = TextPage.objects.get(slug="house-rules", locale__language_code="ko")
    for path in (f"pages/{text.pk}/edit/", f"pages/{own.pk}/edit/", f"pages/{own.pk}/history/", *OF_THE_SITE[:6]):
        assert keeper.get(f"/desk/{path}").status_code == 200


@pytest.mark.parametrize("path", OF_THE_SITE)
def test_district_administrator_is_refused_what_tells_of_all_pages(guro, path):
    assert {status for _method, status in asked(guro, path)} <= {REFUSED, 405}


def test_district_administrator_writes_below_the_own_door_in_both_languages(guro):
    for code, before in (("ko", ""), ("en", "/en")):
        parent = door("guro", code)
        words = {"title": "Opening hours", "slug": "hours", "lead": "", "body": draft("Nine to six.")} | COMMENTS
        guro.post(f"/desk/pages/add/cms/textpage/{parent.pk}/", words | {"action-publish": "action-publish"})
        assert "Nine to six." in Client().get(f"{before}/guro/hours/").content.decode()
        assert f'href="{before}/guro/hours/"' in Client().get(f"{before}/guro/").content.decode()


def test_district_administrator_words_the_own_door_and_leaves_its_address(guro):
    page = door("guro")
    words = form(page, headline="구로의 새 표제", lead="새 말", body=draft("")) | {"slug": "elsewhere"}
    assert guro.post(f"/desk/pages/{page.pk}/edit/", words).status_code == 302
    assert "구로의 새 표제" in Client().get("/guro/").content.decode()


@pytest.mark.parametrize("who", ["guro", "keeper"])
def test_door_stays_whatever_way_it_is_asked_to_go(who, request, own):
    client, page, there = request.getfixturevalue(who), door("guro", "en"), HomePage.objects.get(slug="ko")
    for act in ("delete", "unpublish", "move"):
        assert {status for _method, status in asked(client, f"pages/{page.pk}/{act}/")} == {REFUSED}
        chosen = f"bulk/wagtailcore/page/{act}/?id={page.pk}&next=/desk/pages/"
        client.post(f"/desk/{chosen}", {"chooser": there.pk}, headers=SCRIPT)
        data = json.dumps({"destination_page_id": there.pk})
        client.post(f"/desk/api/main/pages/{page.pk}/action/{act}/", data, "application/json")
    again = DistrictPage.objects.get(pk=page.pk)
    assert (again.live, again.path, again.slug) == (True, page.path, "guro")


def test_pictures_of_others_are_not_changed_many_at_once(guro):
    theirs = picture(Collection.objects.get(name="성동구"))
    own = Collection.objects.get(name="구로구")
    for act, words in (("delete", {}), ("add_to_collection", {"collection": own.pk}), ("add_tags", {"tags": "남의것"})):
        guro.post(f"/desk/bulk/wagtailimages/image/{act}/?id={theirs.pk}&next=/desk/images/", words, headers=SCRIPT)
    again = Image.objects.get(pk=theirs.pk)
    assert again.collection == theirs.collection
    assert not again.tags.exists()


def test_links_lead_to_pages_that_are_there_and_to_own_drafts(guro, own):
    theirs, mine = below(door("seongdong"), "theirs", live=False), below(door("guro"), "mine", live=False)
    there, here = (guro.get(f"/desk/choose-page/{page.get_parent().pk}/").json()["html"] for page in (theirs, mine))
    assert theirs.title not in there
    assert mine.title in here
    assert theirs.title not in guro.get("/desk/choose-page/search/?q=theirs").content.decode()


def test_district_administrator_carries_nothing_of_the_own_elsewhere(guro, own):
    """The page is the own one; where it would go stands in the form."""
    there = door("seongdong")
    words = {"new_title": "옮긴 글", "new_slug": "carried", "new_parent_page": there.pk, "publish_copies": "on"}
    guro.post(f"/desk/pages/{own.pk}/copy/", words | {"alias": "on"}, headers=SCRIPT)
    guro.post(f"/desk/pages/{own.pk}/copy/", words, headers=SCRIPT)
    guro.post(f"/desk/pages/{own.pk}/move/", {"new_parent_page": there.pk}, headers=SCRIPT)
    data = json.dumps({"destination_page_id": there.pk, "slug": "carried"})
    for act in ("copy", "move", "create_alias"):
        guro.post(f"/desk/api/main/pages/{own.pk}/action/{act}/", data, "application/json")
    assert not there.get_children().exists()


@pytest.mark.parametrize("act", ["delete", "unpublish", "publish", "move"])
def test_district_administrator_does_nothing_to_many_at_once_elsewhere(guro, own, act):
    page = below(door("seongdong"), "theirs", live=act != "publish")
    chosen = f"?id={page.pk}&next=/desk/pages/"
    guro.post(f"/desk/bulk/wagtailcore/page/{act}/{chosen}", {"chooser": own.get_parent().pk}, headers=SCRIPT)
    again = Page.objects.get(pk=page.pk)
    assert (again.live, again.path) == (page.live, page.path)


def test_district_administrator_finds_no_page_of_others_in_lists(guro, own):
    theirs = below(door("seongdong"), "theirs", live=False)
    for path in ("pages/search/?q=소식", "api/main/pages/?fields=title", f"pages/{door('guro').get_parent().pk}/"):
        page = guro.get(f"/desk/{path}").content.decode()
        assert theirs.title not in page
        assert "house-rules" not in page


def test_translation_of_an_own_page_lands_in_the_own_branch(guro, own):
    english = door("guro", "en")
    guro.post(f"/desk/translation/submit/page/{own.pk}/", {"locales": [english.locale_id]})
    assert [page.slug for page in door("guro", "en").get_children()] == ["own"]


def picture(collection: Collection) -> Image:
    return Image.objects.create(title="골목", file=get_test_image_file(), collection=collection)


def test_pictures_are_changed_in_the_own_collection_and_chosen_from_everywhere(guro):
    mine = picture(Collection.objects.get(name="구로구"))
    for theirs in (picture(Collection.objects.get(name="성동구")), picture(Collection.get_first_root_node())):
        for path in (f"images/{theirs.pk}/", f"images/{theirs.pk}/delete/", f"images/usage/{theirs.pk}/"):
            answers = dict(asked(guro, path))
            assert set(answers.values()) <= {REFUSED, 405}, (path, answers)
        assert guro.get(f"/desk/images/chooser/chosen/{theirs.pk}/").status_code == 200
        assert f"/desk/images/{theirs.pk}/" not in guro.get("/desk/images/").content.decode()
    assert guro.get(f"/desk/images/{mine.pk}/").status_code == 200
    assert f"/desk/images/{mine.pk}/" in guro.get("/desk/images/").content.decode()


def test_picture_is_put_into_the_own_collection_and_into_no_other(guro):
    theirs = Collection.objects.get(name="성동구")
    words = {"title": "골목", "file": get_test_image_file(), "collection": theirs.pk}
    guro.post("/desk/images/add/", words)
    assert not Image.objects.filter(collection=theirs).exists()


def test_groups_follow_grants_in_each_scope(pages):
    make_official(role="admin", scope="site")  # the site keeps one
    person = make_official(role="admin", scope="site")
    grant_role(by=None, person=person, role="admin", scope="district:11530", at=database_now())
    assert groups(person) == {"role:admin", "role:admin:site", "role:admin:district:11530"}
    revoke_role(by=None, person=person, role="admin", scope="site", at=database_now())
    assert groups(person) == {"role:admin", "role:admin:district:11530"}


def test_ended_grant_opens_nothing_even_before_it_is_taken_out_of_the_books(guro, own):
    person = make_official("11530", role="admin")
    client = signed_in(person)
    assert client.get(f"/desk/pages/{own.pk}/edit/").status_code == 200
    RoleGrant.objects.filter(person=person).update(until=database_now() - timedelta(minutes=1))
    assert client.get(f"/desk/pages/{own.pk}/edit/", headers=SCRIPT).status_code == REFUSED
    expire_role(grant=RoleGrant.objects.get(person=person), at=database_now())
    assert groups(person) == set()


def test_group_of_all_administrators_holds_no_page(pages):
    page = HomePage.objects.first()
    group = Group.objects.get(name="role:admin")
    permission = GroupPagePermission.objects.first().permission
    GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    load_pages()
    assert not GroupPagePermission.objects.filter(group=group).exists()


def groups(person) -> set[str]:
    return set(person.groups.values_list("name", flat=True))
