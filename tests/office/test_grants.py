"""The table of roles in the database: brought in line again and again, whatever happened to it."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)

from office import grants
from office.grants import UnknownVerb, make_groups, permission
from office.roles import ROLES, Role


@pytest.fixture
def groups(db):
    make_groups()


def rights(label):
    group = Group.objects.get(name=label)
    return {
        f"{right.content_type.app_label}.{right.codename}"
        for right in group.permissions.select_related("content_type")
    }


def test_every_role_becomes_a_group_with_its_verbs_and_the_door(groups):
    for role in ROLES:
        assert rights(role.label) == {*role.verbs, "wagtailadmin.access_admin"}
    assert set(Group.objects.values_list("name", flat=True)) == {role.label for role in ROLES}


def test_running_again_changes_nothing_and_says_so(groups):
    assert make_groups() == []


def test_rights_added_by_hand_are_taken_back_and_missing_ones_given(groups):
    officer = Group.objects.get(name="承办人")
    officer.permissions.add(permission("matters.accept_matter"))
    officer.permissions.remove(permission("matters.answer_matter"))
    root = Page.get_first_root_node()
    allowed = permission("wagtailcore.publish_page")
    GroupPagePermission.objects.create(group=officer, page=root, permission=allowed)
    GroupCollectionPermission.objects.create(
        group=officer, collection=Collection.get_first_root_node(),
        permission=permission("wagtailimages.add_image"),
    )  # fmt: skip

    assert make_groups() == ["更新角色权限：承办人"]
    assert "matters.accept_matter" not in rights("承办人")
    assert "matters.answer_matter" in rights("承办人")
    assert not GroupPagePermission.objects.filter(group=officer).exists()
    assert not GroupCollectionPermission.objects.filter(group=officer).exists()


def test_a_foreign_group_loses_its_rights_and_goes_when_it_is_empty(groups, django_user_model):
    kept, gone = (Group.objects.create(name=name) for name in ("外来", "空的"))
    person = django_user_model(username="a", name="甲")
    person.save()
    person.groups.add(kept)
    for group in (kept, gone):
        group.permissions.add(permission("matters.accept_matter"))
    make_groups()

    assert not person.has_perm("matters.accept_matter")
    assert list(kept.permissions.all()) == []
    assert not Group.objects.filter(name="空的").exists()


def test_pages_are_written_by_editors_and_published_by_reviewers(groups):
    found = {
        label: set(
            GroupPagePermission.objects.filter(group__name=label).values_list(
                "permission__codename", flat=True
            )
        )
        for label in ("宣传员", "发布审核", "登记员")
    }
    assert found == {
        "宣传员": {"add_page", "change_page"},
        "发布审核": {"add_page", "change_page", "publish_page"},
        "登记员": set(),
    }
    pictures = GroupCollectionPermission.objects.filter(group__name="宣传员")
    assert {row.permission.codename for row in pictures} >= {"add_image", "add_document"}


def test_wagtails_own_review_is_done_by_the_reviewers(groups):
    workflow = Workflow.objects.get(name="发布审核")
    [task] = workflow.tasks
    assert [group.name for group in task.specific.groups.all()] == ["发布审核"]


def test_the_tops_of_pages_and_collections_are_named_in_chinese(groups):
    make_groups()
    root = Page.get_first_root_node()
    assert (root.title, root.draft_title) == ("全部页面", "全部页面")
    assert Collection.get_first_root_node().name == "全部素材"


def test_a_verb_nobody_declared_is_an_error_and_changes_nothing(groups, monkeypatch):
    wrong = Role("wrong", "写错的", ROLES[0].reach, ("matters.no_such_verb",))
    monkeypatch.setattr(grants, "ROLES", [*ROLES, wrong])
    with pytest.raises(UnknownVerb, match="no_such_verb"):
        make_groups()
    assert not Group.objects.filter(name="写错的").exists()
