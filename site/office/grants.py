"""The table of roles made into Django groups, with their rights on pages and collections."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    AbstractGroupApprovalTask,
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)

from office.roles import ROLES, Role

ALL_PAGES, ALL_MEDIA = "全部页面", "全部素材"

#: rights on pictures and documents that come with a right on pages
_MEDIA = {
    "add": ("wagtailimages.add_image", "wagtaildocs.add_document")
    + ("wagtailimages.choose_image", "wagtaildocs.choose_document"),
    "change": ("wagtailimages.change_image", "wagtaildocs.change_document"),
}


class UnknownVerb(Exception):
    """The table names a permission that no model declares."""


def permission(verb: str) -> Permission:
    """The Permission behind "app.codename". Raises UnknownVerb."""
    app, codename = verb.split(".")
    try:
        return Permission.objects.get(content_type__app_label=app, codename=codename)
    except Permission.DoesNotExist as error:
        raise UnknownVerb(verb) from error


@transaction.atomic
def make_groups() -> list[str]:
    """Bring the groups in line with `office.roles.ROLES`; returns a Chinese line for each change.

    Groups that are not in the table lose their rights and, when nobody is in them, go.
    """
    lines = [line for role in ROLES for line in _make_group(role)]
    for group in Group.objects.exclude(name__in=[role.label for role in ROLES]):
        group.permissions.clear()
        GroupPagePermission.objects.filter(group=group).delete()
        GroupCollectionPermission.objects.filter(group=group).delete()
        if not group.user_set.exists():
            lines.append(f"已移除多余的用户组：{group.name}")
            group.delete()
    _make_review()
    _name_roots()
    return lines


def _make_group(role: Role) -> list[str]:
    group, new = Group.objects.get_or_create(name=role.label)
    verbs = list(role.verbs) + ["wagtailadmin.access_admin"]
    before = set(group.permissions.values_list("pk", flat=True))
    wanted = {permission(verb).pk for verb in verbs}
    group.permissions.set(wanted)
    _set_pages(group, role)
    if new:
        return [f"新建角色：{role.label}"]
    return [f"更新角色权限：{role.label}"] if before != wanted else []


def _set_pages(group: Group, role: Role) -> None:
    GroupPagePermission.objects.filter(group=group).exclude(
        permission__codename__in=[f"{name}_page" for name in role.pages]
    ).delete()
    media = [permission(verb) for name in role.pages for verb in _MEDIA.get(name, ())]
    GroupCollectionPermission.objects.filter(group=group).exclude(permission__in=media).delete()
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for name in role.pages:
        GroupPagePermission.objects.get_or_create(
            group=group, page=root, permission=permission(f"wagtailcore.{name}_page")
        )
    for allowed in media:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=allowed
        )


def _name_roots() -> None:
    """Wagtail calls the tops of the page tree and of the collections "Root"."""
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    if root.title != ALL_PAGES:
        root.title = root.draft_title = ALL_PAGES
        root.save(clean=False)
    if collection.name != ALL_MEDIA:
        collection.name = ALL_MEDIA
        collection.save()


def _make_review() -> None:
    """Wagtail's default moderation, done by the page reviewers."""
    group = Group.objects.get(name="发布审核")
    for workflow in Workflow.objects.filter(name__in=["Moderators approval", "发布审核"]):
        workflow.name = "发布审核"
        workflow.save()
        for task in workflow.tasks:
            specific = task.specific
            if isinstance(specific, AbstractGroupApprovalTask):
                specific.name = "发布审核"
                specific.save()
                specific.groups.set([group])
