"""Least right: what each group may do at the desk, and nothing else."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from cms.content import load_pages

pytestmark = pytest.mark.django_db


def rights(name):
    found = Permission.objects.filter(group__name=name).select_related("content_type")
    return {f"{right.content_type.app_label}.{right.codename}" for right in found}


@pytest.mark.parametrize("name", ["role:official", "role:moderator"])
def test_give_rights_office_reads_records_and_no_more(pages, name):
    assert rights(name) == {"wagtailadmin.access_admin", "civic.view_proposal", "civic.view_fault"}
    assert not GroupPagePermission.objects.filter(group__name=name).exists()
    assert not GroupCollectionPermission.objects.filter(group__name=name).exists()


def test_give_rights_admin_edits_pages_below_the_homes(pages):
    assert rights("role:admin") == {
        "wagtailadmin.access_admin",
        "civic.view_proposal",
        "civic.view_fault",
        "civic.view_participationpolicy",
        "civic.add_participationpolicy",
        "civic.view_setaside",
        "simple_translation.submit_translation",
    }
    on_pages = GroupPagePermission.objects.filter(group__name="role:admin")
    found = {(row.page.slug, row.permission.codename) for row in on_pages.select_related("page", "permission")}
    assert found == {(slug, f"{verb}_page") for slug in ("ko", "en") for verb in ("add", "change", "publish")}


def test_give_rights_widened_group_is_put_back(pages):
    Group.objects.get(name="role:official").permissions.add(Permission.objects.get(codename="delete_proposal"))
    load_pages()
    assert rights("role:official") == {"wagtailadmin.access_admin", "civic.view_proposal", "civic.view_fault"}
