"""What selects offer: units, officers by unit, categories by parent."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from casework.matters.conflicts.standing import concerned_units, may_lead, recused
from casework.matters.models import Category, Matter
from office.models import Post, Unit

_HANDLE = ("officer", "unit_head")


def handling_units(on: date) -> QuerySet:
    """Units of the street that can lead a matter on a day."""
    return Unit.objects.handling().at(on)


def lead_choices(matter: Matter, on: date) -> list[tuple[Any, str]]:
    """Units that may lead a matter: all but those whose act it is about."""
    free = may_lead(matter, handling_units(on), on)
    return [("", "请选择"), *((unit.pk, unit.name) for unit in free)]


def officers(matter: Matter, on: date, unit: Unit | None = None) -> list[Post]:
    """Posts whose holders can be the officer of a matter: those over `unit`, else of any unit.

    People who stepped back from a matter of the same arrival, who work for a unit the matter is
    about, and closed accounts are left out.
    """
    rows = Post.objects.on(on).filter(role__in=_HANDLE, user__is_active=True)
    if unit is not None:
        steps = range(Unit.steplen, len(unit.path) + 1, Unit.steplen)
        rows = rows.filter(unit__path__in=[unit.path[:n] for n in steps])
    for row in concerned_units(matter, on):
        there = Post.objects.on(on).filter(unit__path__startswith=row.unit.path)
        rows = rows.exclude(user__in=there.values("user"))
    return list(
        rows.exclude(user__in=recused(matter, on))
        .select_related("user", "unit")
        .order_by("unit__path", "pk")
    )


def officer_choices(posts: Iterable[Post]) -> list[Any]:
    """Select choices grouped by unit: ("社会事务办", [(user id, "王某（科员）"), …])."""
    groups: dict[str, dict[int, str]] = {}
    for post in posts:
        title = post.title or post.get_role_display()
        groups.setdefault(post.unit.name, {}).setdefault(post.user_id, f"{post.user}（{title}）")
    return [("", "不指定"), *((unit, list(names.items())) for unit, names in groups.items())]


def category_choices() -> list[Any]:
    """Select choices of active categories, grouped by their first level."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for row in Category.objects.filter(active=True).select_related("parent"):
        top = row.parent or row
        groups.setdefault(top.name, []).append((row.pk, row.name))
    return [("", "还不确定"), *groups.items()]


def place_choices(on: date) -> list[tuple[Any, str]]:
    """Communities and villages of a day; 度假区 guests and others belong to none."""
    return [("", "不在本街道或说不清"), *Unit.objects.places().at(on).values_list("pk", "name")]


def grid_choices(on: date) -> list[Any]:
    """Grids of a day, grouped by their community."""
    rows = Unit.objects.at(on).filter(kind=Unit.Kind.GRID).values_list("pk", "name", "path")
    above = dict(Unit.objects.places().values_list("path", "name"))
    groups: dict[str, list[tuple[int, str]]] = {}
    for pk, name, path in rows:
        groups.setdefault(above.get(path[: -Unit.steplen], ""), []).append((pk, name))
    return [("", "还不确定"), *groups.items()]
