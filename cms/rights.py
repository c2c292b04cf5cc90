"""What may each role do at the desk? What the table of powers says, as Wagtail and Django permissions of its group."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from civic.people.powers import POWERS
from civic.people.roles import ROLES

from .models import HomePage

# A verb of the table of powers -> the permissions that open the desk's pages for it.
RIGHTS_OF: dict[str, tuple[str, ...]] = {
    "enter_desk": ("wagtailadmin.access_admin",),
    "read_records": ("civic.view_proposal", "civic.view_pilot", "civic.view_fault", "civic.view_round"),
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
    f"role:{role.code}": tuple(
        right for verb, rights in RIGHTS_OF.items() if role in POWERS[verb].roles for right in rights
    )
    for role in ROLES.values()
    if role.staff
}
PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
IMAGE_RIGHTS = ("add_image", "change_image", "choose_image")


def give_rights(*, homes: Iterable[HomePage]) -> None:
    """Make each group hold exactly its rights. Pages and images are for those alone who edit them. Idempotent."""
    for name, rights in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([_permission(right) for right in rights])
    at_home = list(homes)
    for role in POWERS["edit_pages"].roles:
        _let_edit(Group.objects.get(name=f"role:{role.code}"), at_home)


def _let_edit(editors: Group, homes: Iterable[HomePage]) -> None:
    """Pages below the homes, and the pictures on them."""
    for home in homes:
        for codename in PAGE_RIGHTS:
            _on_pages(editors, home, f"wagtailcore.{codename}")
    for codename in IMAGE_RIGHTS:
        GroupCollectionPermission.objects.get_or_create(
            group=editors,
            collection=Collection.get_first_root_node(),
            permission=_permission(f"wagtailimages.{codename}"),
        )


def _on_pages(group: Group, home: HomePage, right: str) -> None:
    row = {"group": group, "page": home.page_ptr, "permission": _permission(right)}
    if not GroupPagePermission.objects.filter(**row).exists():
        GroupPagePermission.objects.create(**row)


def _permission(right: str) -> Permission:
    app, codename = right.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
