"""化解 and 阶段性缓和: two facts beside the procedure, never taken for one another (domain §0.8).

A matter that is closed may be unsettled, and one that is still open may be settled; each has its own
day and its own proof. Calmer for now is neither: it names the day somebody asks again.
"""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters.counting.ledger import lead, meet, start
from casework.matters.models import Easing, Matter, MatterFile, Move, Resolution
from casework.matters.moving import taken_up
from casework.matters.outcomes.parts import verb_of
from casework.matters.recording import as_of, log_move
from casework.matters.sealed.keys import key_for
from casework.matters.states import UNDER_SEAL, State
from office.clock import now, today
from office.history import because
from office.limits import limit

EASED = "eased"
_NEVER = (State.REGISTERED, State.OBJECTED, State.VOID, *UNDER_SEAL)


def may_settle(user: Any, matter: Matter) -> bool:
    """The lead unit or the office head, before or long after the matter is closed."""
    return matter.state not in _NEVER and bool(verb_of(user, matter))


def standing(matter: Matter) -> Resolution | None:
    """The resolution that holds; None when there is none or it was taken back."""
    return matter.resolutions.filter(taken_back_on=None).first()


def easing_of(matter: Matter) -> Easing | None:
    """The easing that runs."""
    return matter.easings.filter(ended_on=None).first()


def resolve(
    matter: Matter, *, by: Any, on: date, how: str, evidence: MatterFile | None, words: str
) -> Resolution:
    """Record that the dispute was settled on a day, with the file that proves it.

    Raises ValidationError (field → sentence), PermissionDenied and Matter.DoesNotExist as
    `moving.move` does.
    """
    with transaction.atomic():
        matter, verb = _for_act(matter, by)
        if standing(matter) is not None:
            raise ValidationError(f"{matter.number} 已经记了化解。要改的，请先撤销原来的记录。")
        if wrong := _wrong(matter, on, how, evidence):
            raise ValidationError(wrong)
        row = Resolution(
            pk=key_for(matter.sealed), matter=matter, settled_on=on, how=how, evidence=evidence,
            by=by, at=now(),
        )  # fmt: skip
        row.put("words", words.strip())
        with because("记录化解", **as_of(by, verb)):
            row.save()
            move = log_move(
                matter, "resolve", by=by, on=on, source=matter.state, verb=verb,
                summary=f"{row.get_how_display()}，{on:%Y-%m-%d} 化解",
            )  # fmt: skip
            _end(matter, Easing.Ended.SETTLED, on, by, move)
            _let_lead(matter)
    return row


def take_back(row: Resolution, *, by: Any, reason: str) -> None:
    """The dispute is not settled after all. Raises as `resolve` does."""
    with transaction.atomic():
        matter, verb = _for_act(row.matter, by)
        row = matter.resolutions.select_for_update().get(pk=row.pk)
        row.matter = matter
        if row.taken_back_on is not None:
            raise ValidationError("这条化解记录已经撤销过了。")
        if not reason.strip():
            raise ValidationError({"reason": "请写明为什么撤销，例如：协议没有履行。"})
        row.taken_back_on, row.taken_back_by = today(), by
        row.put("reason", reason.strip())
        with because("撤销化解记录", **as_of(by, verb)):
            row.save()
        log_move(
            matter, "take_back_resolve", by=by, on=today(), source=matter.state, verb=verb,
            summary=f"{row.settled_on:%Y-%m-%d} 的化解记录不再有效", note=reason.strip(),
        )  # fmt: skip


def ease(matter: Matter, *, by: Any, on: date, reason: str, next_on: date) -> Easing:
    """Record that it is calmer for now, and the day on which somebody asks again.

    One that runs already ends with it: they were asked again. Raises as `resolve` does.
    """
    with transaction.atomic():
        matter, verb = _for_act(matter, by)
        if standing(matter) is not None:
            raise ValidationError(f"{matter.number} 已经记了化解，不用再记阶段性缓和。")
        if wrong := _wrong_easing(matter, on, reason, next_on):
            raise ValidationError(wrong)
        row = Easing(pk=key_for(matter.sealed), matter=matter, on=on, next_on=next_on, by=by)
        row.put("reason", reason.strip())
        with because("阶段性缓和", **as_of(by, verb)):
            move = log_move(
                matter, "ease", by=by, on=on, source=matter.state, verb=verb,
                summary=f"阶段性缓和，不是化解；{next_on:%Y-%m-%d} 再联系",
            )  # fmt: skip
            _end(matter, Easing.Ended.AGAIN, on, by, move)
            row.save()
            start(matter, EASED, on, move=move, due_on=next_on, article="阶段性缓和约定的日期")
            _let_lead(matter)
    return row


def end_easing(matter: Matter, *, by: Any, on: date, ended: str, result: str) -> None:
    """Somebody asked again: it broke out anew, or need not be asked any more. Raises as `resolve`."""
    with transaction.atomic():
        matter, verb = _for_act(matter, by)
        if ended not in (Easing.Ended.BACK, Easing.Ended.OVER):
            raise ValidationError({"ended": "请选择再次联系的结果。"})
        if not result.strip():
            raise ValidationError({"result": "请写明联系时的情况。"})
        running = easing_of(matter)
        if running is None:
            raise ValidationError("没有正在观察的阶段性缓和，可能已有同事先办了。")
        if on > today() or on < running.on:
            raise ValidationError({"on": f"请填 {running.on:%Y-%m-%d} 到今天之间的日期。"})
        with because("阶段性缓和结束", **as_of(by, verb)):
            label = Easing.Ended(ended).label
            move = log_move(
                matter, "end_easing", by=by, on=on, source=matter.state, verb=verb, summary=label
            )
            _end(matter, ended, on, by, move, result=result.strip())
            _let_lead(matter)


def _for_act(matter: Matter, by: Any) -> tuple[Matter, str]:
    """The locked matter and the right it is done by. Raises PermissionDenied."""
    matter = taken_up(matter, by)
    if not may_settle(by, matter):
        raise PermissionDenied
    return matter, verb_of(by, matter)


def _end(matter: Matter, ended: str, on: date, by: Any, move: Move, result: str = "") -> None:
    """End the easing that runs, if any, and its clock."""
    running = easing_of(matter)
    if running is None:
        return
    running.matter = matter
    running.ended, running.ended_on, running.ended_by = ended, max(on, running.on), by
    running.put("result", result)
    running.save()
    meet(matter, EASED, running.ended_on, move=move)


def _let_lead(matter: Matter) -> None:
    lead(matter)
    matter.save()


def _wrong(matter: Matter, on: date, how: str, evidence: MatterFile | None) -> dict[str, str]:
    found = {}
    if on > today():
        found["on"] = "化解日期不能晚于今天。"
    elif on < matter.received_on:
        found["on"] = f"化解日期不能早于收到日期 {matter.received_on:%Y-%m-%d}。"
    if how not in Resolution.How.values:
        found["how"] = "请选择是怎样化解的。"
    if evidence is None or evidence.matter_id != matter.pk or evidence.withdrawn:
        found["evidence"] = "没有凭据不能记化解：请选本件的一份材料，或上传协议、收条、书面意见。"
    return found


def _wrong_easing(matter: Matter, on: date, reason: str, next_on: date) -> dict[str, str]:
    found = {}
    if on > today():
        found["on"] = "缓和日期不能晚于今天。"
    elif on < matter.received_on:
        found["on"] = f"缓和日期不能早于收到日期 {matter.received_on:%Y-%m-%d}。"
    if not reason.strip():
        found["reason"] = "请写明为什么只是缓和，还差什么没有解决。"
    most = limit("easing_days")
    if not today() < next_on <= today() + timedelta(days=most):
        found["next_on"] = f"请定一个明天起 {most} 天以内的日期，到时再联系。"
    return found
