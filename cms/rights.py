"""What may each role do at the desk? What the table of powers says, as Wagtail and Django permissions of its groups.

`role:<code>` is everybody with the role; `role:<code>:<scope>`, of those who edit pages, says whose pages are theirs.
"""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from civic.people.powers import POWERS
from civic.people.roles import EVERYWHERE, ROLES, Role, district_scope, group_name
from civic.places.queries import districts

from .models import DistrictPage, HomePage

# A verb of the table of powers -> the permissions that open the desk's pages for it.
RIGHTS_OF: dict[str, tuple[str, ...]] = {
    "enter_desk": ("wagtailadmin.access_admin",),
    "read_records": ("civic.view_proposal", "civic.view_pilot", "civic.view_fault", "civic.view_round"),
    "arrange_lamps": ("civic.view_devicetoken",),
    "run_votes": ("civic.add_round",),
    "check_identity": ("civic.add_verification",),
    "read_roles": ("civic.view_rolegrant",),
    "grant_roles": ("civic.add_rolegrant",),
    "keep_departments": ("civic.view_department", "civic.add_department"),
    "set_rules": ("civic.view_participationpolicy", "civic.add_participationpolicy"),
    "read_access_log": ("civic.view_accesslook",),
    "sign_off_access": ("civic.add_accessreview",),
    "read_destruction": ("civic.view_retentionrule",),
    "keep_retention": ("civic.add_retentionrule",),
    "mend_items": ("civic.view_setaside",),
    "edit_pages": ("simple_translation.submit_translation",),
}
RIGHTS: dict[str, tuple[str, ...]] = {
    group_name(role.code): tuple(
        right for verb, rights in RIGHTS_OF.items() if role in POWERS[verb].roles for right in rights
    )
    for role in ROLES.values()
    if role.staff
}
PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
IMAGE_RIGHTS = ("add_image", "change_image", "choose_image")

Rights = Mapping[Collection, Iterable[str]]  # of pictures


def give_rights(*, homes: Iterable[HomePage], doors: Iterable[DistrictPage]) -> None:
    """Make each group hold exactly its rights: pages below the homes, or below the doors of a district. Idempotent."""
    for name, rights in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([_permission(right) for right in rights])
    at_home, at_doors = list(homes), list(doors)
    everything = Collection.get_first_root_node()
    given: set[str] = set()
    for role in POWERS["edit_pages"].roles:
        given.add(_let_edit(role, EVERYWHERE, at_home, {everything: IMAGE_RIGHTS}))
        for place in districts():
            own = [door for door in at_doors if door.district_id == place.code]
            pictures = {everything: ("choose_image",), _collection(place.name_ko): IMAGE_RIGHTS}
            given.add(_let_edit(role, district_scope(place.code), own, pictures))
    for held in (GroupPagePermission, GroupCollectionPermission):
        held.objects.filter(group__name__startswith="role:").exclude(group__name__in=given).delete()


def _let_edit(role: type[Role], scope: str, pages: Iterable[Page], pictures: Rights) -> str:
    """These pages with what is below them, and the pictures of these collections; nothing else. Returns the group."""
    editors, _made = Group.objects.get_or_create(name=group_name(role.code, scope))
    on_pages = [
        GroupPagePermission.objects.get_or_create(
            group=editors, page_id=page.pk, permission=_permission(f"wagtailcore.{codename}")
        )[0].pk
        for page in pages
        for codename in PAGE_RIGHTS
    ]
    on_pictures = [
        GroupCollectionPermission.objects.get_or_create(
            group=editors, collection=collection, permission=_permission(f"wagtailimages.{codename}")
        )[0].pk
        for collection, codenames in pictures.items()
        for codename in codenames
    ]
    GroupPagePermission.objects.filter(group=editors).exclude(pk__in=on_pages).delete()
    GroupCollectionPermission.objects.filter(group=editors).exclude(pk__in=on_pictures).delete()
    return editors.name


def _collection(name: str) -> Collection:
    """The pictures of one district, by its Korean name."""
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=name).first() or root.add_child(instance=Collection(name=name))


def _permission(right: str) -> Permission:
    app, codename = right.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
