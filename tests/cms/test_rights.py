"""Least right: what each group may do at the desk, and nothing else."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.content import load_pages
from tests.making import make_official

pytestmark = pytest.mark.django_db
READS = {
    "wagtailadmin.access_admin",
    "civic.view_proposal",
    "civic.view_pilot",
    "civic.view_fault",
    "civic.view_round",
}
OFFICIAL = {"civic.add_round", "civic.add_verification", "civic.view_devicetoken"}


def rights(name):
    found = Permission.objects.filter(group__name=name).select_related("content_type")
    return {f"{right.content_type.app_label}.{right.codename}" for right in found}


@pytest.mark.parametrize(("name", "more"), [("role:official", OFFICIAL), ("role:moderator", set())])
def test_give_rights_office_reads_records_and_makes_votes_alone(pages, name, more):
    assert rights(name) == READS | more
    assert not GroupPagePermission.objects.filter(group__name=name).exists()
    assert not GroupCollectionPermission.objects.filter(group__name=name).exists()


def test_give_rights_admin_opens_the_house_and_by_the_role_alone_no_page(pages):
    assert rights("role:admin") == READS | {
        "civic.add_round",
        "civic.view_devicetoken",
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
    assert on_pages("role:admin") == set()


def test_give_rights_admin_of_the_site_edits_below_the_homes_and_of_a_district_below_its_doors(pages):
    assert on_pages("role:admin:site") == edits("/ko/", "/en/")
    assert on_pages("role:admin:district:11530") == edits("/ko/guro/", "/en/guro/")


def test_give_rights_pictures_are_changed_where_they_belong_and_chosen_everywhere(pages):
    root = Collection.get_first_root_node().name
    every = {"add_image", "change_image", "choose_image"}
    assert on_pictures("role:admin:site") == {(root, codename) for codename in every}
    assert on_pictures("role:admin:district:11530") == {("구로구", codename) for codename in every} | {
        (root, "choose_image")
    }


def on_pages(group):
    rows = GroupPagePermission.objects.filter(group__name=group).select_related("page", "permission")
    return {(row.page.url_path, row.permission.codename) for row in rows}


def edits(*paths):
    return {(path, f"{verb}_page") for path in paths for verb in ("add", "change", "publish")}


def on_pictures(group):
    rows = GroupCollectionPermission.objects.filter(group__name=group)
    return set(rows.values_list("collection__name", "permission__codename"))


def test_migration_administrators_of_before_join_the_group_of_their_scope(pages):
    person = make_official("11530", role="admin")
    person.groups.remove(Group.objects.get(name="role:admin:district:11530"))
    import_module("cms.migrations.0006_groups_by_scope").join(apps, None)
    assert person.groups.filter(name="role:admin:district:11530").exists()


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
    assert rights("role:official") == READS | OFFICIAL


def test_give_rights_group_that_was_let_in_elsewhere_is_kept_to_its_place(pages):
    guro, official = Group.objects.get(name="role:admin:district:11530"), Group.objects.get(name="role:official")
    for group in (guro, official):
        right = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=Page.objects.get(url_path="/ko/"), permission=right)
        right = Permission.objects.get(codename="delete_image", content_type__app_label="wagtailimages")
        every = Collection.get_first_root_node()
        GroupCollectionPermission.objects.create(group=group, collection=every, permission=right)
    load_pages()
    assert on_pages(guro.name) == edits("/ko/guro/", "/en/guro/")
    assert "delete_image" not in {codename for _place, codename in on_pictures(guro.name)}
    assert on_pages(official.name) == on_pictures(official.name) == set()
