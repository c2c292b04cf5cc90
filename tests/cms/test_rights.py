"""Least right: what each group may do at the desk, and nothing else."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from cms.content import load_pages

pytestmark = pytest.mark.django_db
READS = {
    "wagtailadmin.access_admin",
    "civic.view_proposal",
    "civic.view_pilot",
    "civic.view_fault",
    "civic.view_round",
}


def rights(name):
    found = Permission.objects.filter(group__name=name).select_related("content_type")
    return {f"{right.content_type.app_label}.{right.codename}" for right in found}


@pytest.mark.parametrize(
    ("name", "more"), [("role:official", {"civic.add_round", "civic.add_verification"}), ("role:moderator", set())]
)
def test_give_rights_office_reads_records_and_makes_votes_alone(pages, name, more):
    assert rights(name) == READS | more
    assert not GroupPagePermission.objects.filter(group__name=name).exists()
    assert not GroupCollectionPermission.objects.filter(group__name=name).exists()


def test_give_rights_admin_edits_pages_below_the_homes(pages):
    assert rights("role:admin") == READS | {
        "civic.add_round",
        "civic.view_participationpolicy",
        "civic.add_participationpolicy",
        "civic.view_department",
        "civic.add_department",
        "civic.view_rolegrant",
        "civic.add_rolegrant",
        "civic.view_accesslook",
        "civic.add_accessreview",
        "civic.view_retentionrule",
        "civic.add_retentionrule",
        "civic.view_setaside",
        "simple_translation.submit_translation",
    }
    on_pages = GroupPagePermission.objects.filter(group__name="role:admin")
    found = {(row.page.slug, row.permission.codename) for row in on_pages.select_related("page", "permission")}
    assert found == {(slug, f"{verb}_page") for slug in ("ko", "en") for verb in ("add", "change", "publish")}


def test_give_rights_auditor_reads_and_changes_nothing(pages):
    assert rights("role:auditor") == {
        "wagtailadmin.access_admin",
        "civic.view_rolegrant",
        "civic.view_accesslook",
        "civic.view_retentionrule",
    }


def test_give_rights_widened_group_is_put_back(pages):
    Group.objects.get(name="role:official").permissions.add(Permission.objects.get(codename="delete_proposal"))
    load_pages()
    assert rights("role:official") == READS | {"civic.add_round", "civic.add_verification"}
