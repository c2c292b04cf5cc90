"""What stands in the rail? A few words, each shown to those who may open it."""

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.menu import MenuItem
from wagtail.images.models import Image
from wagtail.models import Page
from wagtail.permissions import policy_registry

from civic.clocks.now import database_now
from civic.faults.listing import at_hand
from civic.overview.queries import clocks
from civic.people.models import Person
from civic.people.rules import scopes_for
from civic.reactions.queries import set_aside_within

from .access import person_at, turn_of


def menu(request: HttpRequest) -> list[MenuItem]:
    """The rail of one person; a number beside a word says how much waits there for this person."""
    may = request.user.has_perm
    person = person_at(request)
    broken, waiting = _waiting_for(person)
    home = _("My turn") if turn_of(person).mine else _("Open items")
    items = [_item(home, reverse("wagtailadmin_home"), "home", "turn", waiting)]
    if may("civic.view_proposal"):
        items.append(_item(_("Proposals"), reverse("desk-proposals:index"), "list-ul", "proposals"))
    if may("civic.view_fault"):
        items.append(_item(_("Faults"), reverse("desk-faults:index"), "warning", "faults", broken))
    if may("civic.view_pilot"):
        items.append(_item(_("Pilots"), reverse("desk-pilots:index"), "cogs", "pilots"))
    if may("civic.view_round"):
        items.append(_item(_("Votes"), reverse("desk-rounds:index"), "tasks", "rounds"))
    if may("civic.add_verification"):
        items.append(_item(_("Identity checks"), reverse("desk-checks:index"), "user", "checks"))
    items += _of_editors(request)
    if may("civic.view_participationpolicy"):
        items.append(_item(_("Rules and deadlines"), reverse("desk-policies:index"), "calendar-check", "policies"))
    items += _of_the_house(request)
    items += _of_personal_data(request)
    if may("civic.view_setaside"):
        set_aside = set_aside_within(scopes_for(person, "mend_items")).count()
        items.append(_item(_("Items set aside"), reverse("desk-set-aside:index"), "warning", "set-aside", set_aside))
    return [_placed(item, order) for order, item in enumerate(items)]


def _waiting_for(person: Person) -> tuple[int, int]:
    """Faults, and all: none for whom nothing is to be done about them."""
    turn = turn_of(person)
    if not turn.mine:
        return 0, 0
    broken = at_hand(turn.districts, turn.departments).count()
    return broken, clocks(database_now(), turn.districts, turn.departments).waiting + broken


def _of_the_house(request: HttpRequest) -> list[MenuItem]:
    items = []
    if request.user.has_perm("civic.view_devicetoken"):
        items.append(_item(_("Keys of devices"), reverse("desk-keys:index"), "key", "keys"))
    if request.user.has_perm("civic.view_department"):
        items.append(_item(_("Departments"), reverse("desk-departments:index"), "folder-open-inverse", "departments"))
    if request.user.has_perm("civic.view_rolegrant"):
        items.append(_item(_("Roles"), reverse("desk-roles:index"), "group", "roles"))
    return items


def _of_personal_data(request: HttpRequest) -> list[MenuItem]:
    items = []
    if request.user.has_perm("civic.view_accesslook"):
        items.append(_item(_("Access log"), reverse("desk-looks:index"), "view", "looks"))
    if request.user.has_perm("civic.view_retentionrule"):
        items.append(_item(_("Retention"), reverse("desk-retention:index"), "bin", "retention"))
    return items


def _of_editors(request: HttpRequest) -> list[MenuItem]:
    items = []
    if _edits(request, Page):
        items.append(_item(_("Pages"), reverse("wagtailadmin_explore_root"), "doc-full-inverse", "pages"))
    if _edits(request, Image):
        items.append(_item(_("Pictures"), reverse("wagtailimages:index"), "image", "images"))
    return items


def _edits(request: HttpRequest, model: type[Model]) -> bool:
    return bool(policy_registry.get_by_type(model).user_has_any_permission(request.user, {"add", "change"}))


def _item(label: str, url: str, icon: str, name: str, count: int = 0) -> MenuItem:
    attrs = {"data-count": str(count)} if count else {}
    return MenuItem(f"{label} {count}" if count else label, url, name=name, icon_name=icon, attrs=attrs)


def _placed(item: MenuItem, order: int) -> MenuItem:
    item.order = order
    return item
