"""What may each role do at the desk? The least it needs, as Wagtail and Django permissions of its group."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from .models import HomePage

OFFICIAL, MODERATOR, ADMIN = "role:official", "role:moderator", "role:admin"

READS_RECORDS = (
    "wagtailadmin.access_admin",
    "civic.view_proposal",
    "civic.view_pilot",
    "civic.view_fault",
    "civic.view_round",
)
RIGHTS: dict[str, tuple[str, ...]] = {
    OFFICIAL: (*READS_RECORDS, "civic.add_round"),
    MODERATOR: READS_RECORDS,
    ADMIN: (
        *READS_RECORDS,
        "civic.add_round",
        "civic.view_participationpolicy",
        "civic.add_participationpolicy",
        "civic.view_setaside",
        "simple_translation.submit_translation",
    ),
}
ADMIN_PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
ADMIN_IMAGE_RIGHTS = ("add_image", "change_image", "choose_image")


def give_rights(*, homes: Iterable[HomePage]) -> None:
    """Make each group hold exactly its rights. Pages and images are the admins' alone. Idempotent."""
    for name, rights in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([_permission(right) for right in rights])
    admins = Group.objects.get(name=ADMIN)
    for home in homes:
        for codename in ADMIN_PAGE_RIGHTS:
            _on_pages(admins, home, f"wagtailcore.{codename}")
    for codename in ADMIN_IMAGE_RIGHTS:
        GroupCollectionPermission.objects.get_or_create(
            group=admins,
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
