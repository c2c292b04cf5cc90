"""How are Wagtail's own areas asked? For a page of Seongdong's and its door; and for those of the whole site."""

from wagtail.models import Page

from cms.desk.branches import PAGES
from cms.models import DistrictPage, HomePage, TextPage
from tests.walk.ask import Ask
from tests.walk.reading import matrix
from tests.walk.world import World

COMPARED = (
    r"desk/pages/^(?P<pk>\d+)/revisions/compare/"
    r"(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$"
)
TITLED = {"title": "길", "slug": "way"}


def asks(world: World) -> dict[str, Ask]:
    """Every route of the areas; what only a picture or a file would open is asked for one that is not there."""
    door = DistrictPage.objects.get(district="11200", locale__language_code="ko")
    page = door.add_child(instance=TextPage(title="소식", slug="news", body="<p>새 글</p>"))
    page.save_revision()
    return _asks(page, door)


def asks_of_the_site() -> dict[str, Ask]:
    """Those routes alone whose address names a page, for one of the whole site and for the home."""
    page, home = TextPage.objects.child_of(HomePage.objects.first()).first(), HomePage.objects.first()
    return {route: ask for route, ask in _asks(page, home).items() if any(f":{name}>" in route for name in PAGES)}


def _asks(page: Page, parent: Page) -> dict[str, Ask]:
    names = {
        "page_id": page.pk,
        "page_to_move_id": page.pk,
        "parent_page_id": parent.pk,
        "destination_id": parent.pk,
        "app_label": "cms",
        "model_name": "textpage",
        "content_type_app_name": "cms",
        "content_type_model_name": "textpage",
        "action": "delete",
        "revision_id": page.latest_revision_id or 1,
    }
    return {row.route: Ask(names, TITLED, at=_at(row.route, page.pk)) for row in matrix("wagtail")}


def _at(route: str, page: int) -> str:
    """Addresses that are written as patterns."""
    if route == COMPARED:
        return f"/desk/pages/{page}/revisions/compare/earliest...live/"
    if route == "desk/^.*/$":
        return "/desk/nowhere/"
    api = route.removeprefix("desk/api/main/^")
    if api == route:
        return ""
    return "/desk/api/main/" + api.replace("<int:pk>", str(page)).replace("<str:action_name>", "copy")
