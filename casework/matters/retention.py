"""The class of an ended matter changed with a reason, and a matter held back from destruction."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters.models import Matter
from casework.matters.moving import as_of, locked
from casework.matters.terms import give_term
from office.clock import today
from office.history import because
from office.posts import post_for
from office.retention.classes import ARCHIVE

CHANGE, STOP = "office.change_retention", "office.approve_destruction"
KEEPER = "matters.hand_over_sealed"
#: the longest a hold runs before somebody has to look at it again
MOST_HELD_YEARS = 10


def may_change(user: Any, matter: Matter) -> bool:
    """The class: the office head; of a sealed matter its custodian."""
    return _holds(user, KEEPER if matter.sealed else CHANGE)


def may_hold(user: Any, matter: Matter) -> bool:
    """Holding back and letting go: whoever may change the class, and whoever approves destructions."""
    return may_change(user, matter) or (not matter.sealed and _holds(user, STOP))


def _holds(user: Any, verb: str) -> bool:
    return user.is_active and post_for(user, verb) is not None


def change_class(matter: Matter, key: str, *, by: Any, reason: str) -> Matter:
    """Another class for an ended matter, with a reason.

    Raises ValidationError for an unknown class, without a reason or while the matter is open,
    PermissionDenied and Matter.DoesNotExist as `moving.move` does.
    """
    with transaction.atomic():
        matter = locked(matter, by)
        if not may_change(by, matter):
            raise PermissionDenied
        if key not in ARCHIVE:
            raise ValidationError({"retention": "没有这个保管期限，请重新选择。"})
        if not reason.strip():
            raise ValidationError({"reason": "请写明改动的理由，例如：社会影响大，永久保存。"})
        if matter.is_open:
            raise ValidationError("还没有办结，保管期限在办结时确定。")
        matter.retention = key
        give_term(matter)
        with because(f"改保管期限：{reason.strip()}", **as_of(by, _verb(matter))):
            matter.save()
    return matter


def hold(matter: Matter, until: date | None, *, by: Any, reason: str) -> Matter:
    """Hold a matter back from destruction until a day, or let go of it (`until` None).

    Raises as `change_class` does.
    """
    with transaction.atomic():
        matter = locked(matter, by)
        if not may_hold(by, matter):
            raise PermissionDenied
        if not reason.strip():
            raise ValidationError({"reason": "请写明原因，例如：正在诉讼，法院要求保全。"})
        day = today()
        if until is not None and not day < until <= date(day.year + MOST_HELD_YEARS, 12, 31):
            last = day.year + MOST_HELD_YEARS
            raise ValidationError({"until": f"请填明天到 {last} 年底之间的日期，到期再看。"})
        matter.hold_until = until
        matter.put("hold_reason", reason.strip())
        label = "暂缓销毁" if until else "解除暂缓销毁"
        with because(label, **as_of(by, _verb(matter, STOP))):
            matter.save()
    return matter


def _verb(matter: Matter, otherwise: str = CHANGE) -> str:
    return KEEPER if matter.sealed else otherwise
