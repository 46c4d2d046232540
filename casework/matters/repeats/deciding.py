"""What a person decides on a proposal: the same, handled together or apart, or not the same."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters.models import Matter, MatterLink, NotRepeat
from casework.matters.moving import move, taken_up
from casework.matters.permissions import may
from casework.matters.recording import as_of, log_move
from casework.matters.repeats.facts import join_of, same_arrival
from casework.matters.repeats.finding import VERB, open_to
from casework.matters.repeats.linking import NOT_THIS, write_join
from casework.matters.states import State
from office.clock import today
from office.history import because

Kind = MatterLink.Kind
_NUMBER = "没有找到可以认定的 {}。请核对编号。"


def named(number: str, by: Any) -> Matter | None:
    """The matter with a number, as far as this person may be told of it; None for all others."""
    return open_to(by).filter(number=number.strip().upper()).first()


def merge(matter: Matter, to: Matter | None, *, kind: str, reason: str, by: Any) -> Matter:
    """Let a matter go on inside an earlier one. Raises as `moving.move` does.

    Both rows are locked in the order of their keys: two that merge crosswise do not wait for each
    other for ever.
    """
    if to is None:
        raise ValidationError({"to": NOT_THIS.format("这个编号")})
    with transaction.atomic():
        rows = Matter.objects.select_for_update().filter(pk__in=[matter.pk, to.pk])
        list(rows.order_by("pk"))
        return move(matter, "merge", by=by, data={"to": to, "kind": kind, "note": reason})


def again(matter: Matter, to: Matter | None, *, reason: str, by: Any) -> MatterLink:
    """是重复，另行办理: the same person brings the same again, and this one is handled by itself,
    as when the earlier one is over.
    """
    with transaction.atomic():
        matter, other = _admitted(matter, to, by)
        if join_of(matter) is not None:
            raise ValidationError("这一件已经认定过了。要改，请先分出。")
        _reasoned(reason)
        log_move(matter, "repeat", by=by, on=today(), source=matter.state, note=reason, verb=VERB)
        with because("认定重复", **as_of(by, VERB)):
            return write_join(matter, other, Kind.REPEAT, reason, by=by, on=today(), merged=False)


def different(matter: Matter, to: Matter | None, *, reason: str, by: Any) -> NotRepeat:
    """不是重复: recorded, and not proposed again. Saying it twice changes nothing."""
    with transaction.atomic():
        matter, other = _admitted(matter, to, by)
        known = NotRepeat.objects.filter(matter=matter, other=other).first()
        if known is not None:
            return known
        row = NotRepeat(matter=matter, other=other, decided_by=by, decided_on=today())
        row.put("reason", reason.strip())
        log_move(
            matter, "not_repeat", by=by, on=today(), source=matter.state, note=reason, verb=VERB
        )
        with because("认定不是重复", **as_of(by, VERB)):
            row.save()
    return row


def undo_again(matter: Matter, *, reason: str, by: Any) -> None:
    """The finding that it is a repeat handled by itself was wrong."""
    with transaction.atomic():
        matter = taken_up(matter, by)
        if not may(by, matter, VERB):
            raise PermissionDenied
        row = join_of(matter)
        if row is None or row.merged:
            raise ValidationError("没有这样的认定，请刷新页面查看。")
        _reasoned(reason)
        row.until, row.undone_by = today(), by
        row.put("undone_reason", reason.strip())
        log_move(
            matter, "no_repeat", by=by, on=today(), source=matter.state, note=reason, verb=VERB
        )
        with because("撤销重复的认定", **as_of(by, VERB)):
            row.save()


def _admitted(matter: Matter, to: Matter | None, by: Any) -> tuple[Matter, Matter]:
    matter = taken_up(matter, by)
    if not may(by, matter, VERB):
        raise PermissionDenied
    if matter.sealed or matter.state != State.REGISTERED:
        raise ValidationError(
            f"{matter.number} 现在是“{matter.get_state_display()}”，不在登记时判重了。"
        )
    same = to is not None and same_arrival(matter).filter(matter=to.pk).exists()
    if to is None or same or not open_to(by).filter(pk=to.pk).exists():
        raise ValidationError({"to": _NUMBER.format("这个编号")})
    return matter, to


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": "请写明依据：哪些诉求和事实一样。"})
