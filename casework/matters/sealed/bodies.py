"""接收机关: the discipline bodies to which sealed letters go; a settings table of the office."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from casework.matters.models import DisciplineBody
from office.history import acting, because

_FIRST = (("本街道纪检监察工委", "street"), ("区纪委监委", "district"))
_Level = DisciplineBody.Level


def bodies_in_use() -> QuerySet:
    """Bodies a list can go to."""
    return DisciplineBody.objects.filter(ended=False)


def bodies_ended() -> QuerySet:
    """Bodies no longer in use."""
    return DisciplineBody.objects.filter(ended=True)


def body_of(pk: int) -> DisciplineBody | None:
    """One body by its key, in use or not."""
    return DisciplineBody.objects.filter(pk=pk).first()


def unfit(body: DisciplineBody, about_leader: bool) -> str:
    """Why this body cannot receive the list; "" when it can."""
    if body.ended:
        return f"{body}已停用，请另选接收机关。"
    if about_leader and body.level != _Level.DISTRICT:
        return "清单里有涉及街道领导的密件，只能转交区级纪检监察机关。"
    return ""


def district() -> str:
    """What the district's body is called here."""
    body = bodies_in_use().filter(level=_Level.DISTRICT).first()
    return str(body) if body else "区级纪检监察机关"


def make_bodies() -> Iterable[DisciplineBody]:
    """The street's and the district's body, made once; the office gives them their own names."""
    if not DisciplineBody.objects.exists():
        with acting(None, "写入接收机关"):
            for name, level in _FIRST:
                DisciplineBody(name=name, level=level).save()
    return bodies_in_use()


def save_body(body: DisciplineBody, *, by: Any, reason: str) -> None:
    """Add or change a body. Raises ValidationError (field → sentence), StaleRecord."""
    body.name = body.name.strip()
    others = DisciplineBody.objects.filter(name=body.name).exclude(pk=body.pk)
    if others.exists():
        raise ValidationError({"name": "已有同名的接收机关，请直接修改它。"})
    with transaction.atomic(), because(reason.strip(), user=by):
        body.save()
