"""How are Wagtail's own areas asked? With a page of the site and its home, so that editors have something to edit."""

from cms.models import HomePage, TextPage
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
    page, home = TextPage.objects.first(), HomePage.objects.first()
    assert page
    assert home
    names = {
        "page_id": page.pk,
        "page_to_move_id": page.pk,
        "parent_page_id": home.pk,
        "destination_id": home.pk,
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
