"""协办: the lead asks a unit of the street for something by a day; the unit answers or returns it.

The unit sees the matter from then on, masked, as every support does. It never owns the matter: a
unit complained about may be asked for facts and performance, and people who stay out of the matter
stay out of this as well (practice §1). No clock of the matter stops for it.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from casework.matters.conflicts.standing import recused
from casework.matters.cooperation.standing import (
    ANSWER,
    ASK,
    FRESH,
    NAME,
    RETURN,
    of_lead,
    of_office,
    of_unit,
    require,
    require_words,
)
from casework.matters.models import Matter, MatterFile, SupportTask, SupportUnit, TaskFile
from casework.matters.moving import as_of, locked, log_move
from casework.matters.notifying import requests
from casework.matters.queries import running
from office.clock import now, today
from office.history import because
from office.models import Post, Unit, User
from office.posts import posts_of
from office.roles import BY_KEY

STAGE = SupportTask.Stage
_OVER = "{}已经办结，不用再请协办。"
_WHAT = "请写清要它做什么，例如：提供 2024 年以来的巡查记录。"


def may_ask(user: Any, matter: Matter) -> bool:
    """The lead's officer or head, or the head of the petition office, while the matter is open."""
    return not matter.sealed and matter.is_open and _asks(user, matter)


def _asks(user: Any, matter: Matter) -> bool:
    return of_lead(user, matter, ASK) or of_office(user, ASK)


def may_answer(user: Any, task: SupportTask) -> bool:
    return task.waits and of_unit(user, task.unit, ANSWER, task.person_id)


def may_return(user: Any, task: SupportTask) -> bool:
    return task.waits and of_unit(user, task.unit, RETURN, task.person_id)


def may_name(user: Any, task: SupportTask) -> bool:
    return task.waits and of_unit(user, task.unit, NAME)


def may_withdraw(user: Any, task: SupportTask) -> bool:
    return task.waits and (task.asked_by_id == user.pk or _asks(user, task.matter))


def may_ask_again(user: Any, task: SupportTask) -> bool:
    """What was returned, or answered in part, is asked once more, once."""
    over = task.stage in (STAGE.RETURNED, STAGE.ANSWERED) and not task.later.exists()
    return over and may_ask(user, task.matter)


def candidates(matter: Matter) -> list[Unit]:
    """Units that can be asked: all that handle matters, but not the one that leads this one."""
    units = Unit.objects.handling().at(today())
    return [unit for unit in units if unit.pk != matter.lead_unit_id]


def ask(
    matter: Matter,
    unit: Unit,
    *,
    what: str,
    due_on: date,
    by: Any,
    again: SupportTask | None = None,
) -> SupportTask:
    """Ask a unit for something; it becomes a support unit of the matter, if it is not one yet.

    Raises ValidationError (field → sentence), PermissionDenied, Matter.DoesNotExist; then nothing
    is written.
    """
    with transaction.atomic():
        matter = locked(matter, by)
        require(_asks(by, matter), matter, by)
        if not matter.is_open:
            raise ValidationError(_OVER.format(matter.number))
        _check(matter, unit, what, due_on)
        if again is not None and not may_ask_again(by, _again(again, matter)):
            raise ValidationError(f"这项协办已经再次请求过，或者还没有答复。{FRESH}")
        support_by(matter, unit, by=by, verb=ASK)
        task = SupportTask(
            matter=matter, unit=unit, due_on=due_on, asked_by=by, asked_at=now(), again=again
        )
        task.put("what", what.strip())
        with because("请求协办", **as_of(by, ASK)):
            task.save()
        _log(task, "ask_support", by, ASK, f"请{unit}协办，{due_on:%m-%d} 前答复")
        requests.tell_support(task, people_of(task))
    return task


def _again(task: SupportTask, matter: Matter) -> SupportTask:
    row = SupportTask.objects.select_for_update().get(pk=task.pk, matter=matter)
    row.matter = matter
    return row


def _check(matter: Matter, unit: Unit, what: str, due_on: date) -> None:
    gaps = {}
    if not Unit.objects.handling().at(today()).filter(pk=unit.pk):
        gaps["unit"] = f"{unit}不是本街道现有的科室、社区或村。外单位请用“致函外单位”。"
    if unit.pk == matter.lead_unit_id:
        gaps["unit"] = f"{unit}就是主办单位，不用请自己协办。"
    if due_on < today():
        gaps["due_on"] = "期限不能早于今天。"
    if not what.strip():
        gaps["what"] = _WHAT
    if gaps:
        raise ValidationError(gaps)


def support_by(matter: Matter, unit: Unit, *, by: Any, verb: str) -> SupportUnit | None:
    """Let a unit help from today on; the new row, None when it helps already."""
    if matter.supports.filter(running(today()), unit=unit).exists():
        return None
    row = SupportUnit(matter=matter, unit=unit, since=today())
    with because("请求协办", **as_of(by, verb)):
        row.save()
    return row


def answer(task: SupportTask, *, text: str, by: Any, files: Iterable[MatterFile] = ()) -> None:
    """Answer for the unit asked, with files of this matter. Raises as `ask` does."""
    with transaction.atomic():
        task = taken(task, by)
        require(of_unit(by, task.unit, ANSWER, task.person_id), task.matter, by)
        require_words(answer=(text, "请写明协办的结果：查到什么、做了什么。"))
        enclosed = list(files)
        if any(file.matter_id != task.matter_id or file.withdrawn for file in enclosed):
            raise ValidationError({"files": "只能附这件事项里没有撤下的材料。"})
        task.put("answer", text.strip())
        _settle(task, STAGE.ANSWERED, by, "答复协办", ANSWER)
        with because("答复协办", **as_of(by, ANSWER)):
            for file in enclosed:
                TaskFile(matter=task.matter, task=task, file=file).save()
        late = "（已过期限）" if task.due_on < today() else ""
        _log(task, "answer_support", by, ANSWER, f"{task.unit}已答复{late}")
        requests.tell_supported(task, answered=True, by=by)


def give_back(task: SupportTask, *, reason: str, by: Any) -> None:
    """The unit cannot do it and says why; it sees the matter no longer if nothing else keeps it."""
    with transaction.atomic():
        task = taken(task, by)
        require(of_unit(by, task.unit, RETURN, task.person_id), task.matter, by)
        require_words(reason=(reason, "请写明为什么办不了、应当找谁。"))
        task.put("reason", reason.strip())
        _settle(task, STAGE.RETURNED, by, "退回协办", RETURN)
        _log(task, "return_support", by, RETURN, f"{task.unit}退回")
        requests.tell_supported(task, answered=False, by=by)
        _let_go(task, by, RETURN)


def withdraw(task: SupportTask, *, reason: str, by: Any) -> None:
    """Whoever asked needs it no longer."""
    with transaction.atomic():
        task = taken(task, by)
        require(task.asked_by_id == by.pk or _asks(by, task.matter), task.matter, by)
        require_words(reason=(reason, "请写明为什么不用协办了，例如：已从别处取得。"))
        task.put("reason", reason.strip())
        _settle(task, STAGE.WITHDRAWN, by, "撤回协办", ASK)
        _log(task, "drop_support", by, ASK, f"不再请{task.unit}协办这一项")
        _let_go(task, by, ASK)


def people_of(task: SupportTask) -> list[User]:
    """Who of the unit can be named for a task: they handle matters there and may see this one."""
    steps = range(Unit.steplen, len(task.unit.path) + 1, Unit.steplen)
    posts = Post.objects.on(today()).filter(
        role__in=("officer", "unit_head"), user__is_active=True,
        unit__path__in=[task.unit.path[:n] for n in steps],
    )  # fmt: skip
    rows = User.objects.filter(posts__in=posts).exclude(pk__in=recused(task.matter, today()))
    return list(rows.distinct().order_by("name", "pk"))


def why_not_named(task: SupportTask, person: User) -> str:
    """Why somebody cannot be named for a task; "" when they can."""
    if recused(task.matter, today()).filter(user=person.pk).exists():
        return f"{person}已回避这件事项，请另选一位。"
    held = [post for post in posts_of(person) if ANSWER in BY_KEY[post.role].verbs]
    there = any(task.unit.path.startswith(post.unit.path) for post in held)
    if not person.is_active or not there:
        return f"{person}不在{task.unit}任职，请在该单位下选择。"
    return ""


def name_person(task: SupportTask, person: User | None, *, by: Any, verb: str = NAME) -> None:
    """The unit's head says who does it; None: whoever of the unit comes first."""
    with transaction.atomic():
        task = taken(task, by)
        require(of_unit(by, task.unit, NAME), task.matter, by)
        if person is not None and (why := why_not_named(task, person)):
            raise ValidationError({"person": why})
        put_person(task, person, by=by, verb=verb)


def put_person(task: SupportTask, person: User | None, *, by: Any, verb: str) -> None:
    """Write who does it; the caller holds the lock and has checked."""
    task.person = person
    with because("指定协办人", **as_of(by, verb)):
        task.save()
    told = f"{task.unit}由{person}办理协办" if person else f"{task.unit}不再指定协办人"
    _log(task, "name_support", by, verb, told)


def end_support(matter: Matter, support: SupportUnit, *, by: Any) -> None:
    """A unit that has answered helps no longer; it does not see the matter any more."""
    with transaction.atomic():
        matter = locked(matter, by)
        require(_asks(by, matter), matter, by)
        row = SupportUnit.objects.select_for_update().get(pk=support.pk, matter=matter)
        if row.until is not None:
            raise ValidationError(f"{row.unit}已经不再协办。{FRESH}")
        if why := why_kept(matter, row.unit):
            raise ValidationError(why)
        end_row(row, by, ASK)
        log_move(
            matter, "end_support", by=by, on=today(), source=matter.state, verb=ASK,
            summary=f"{row.unit}不再协办",
        )  # fmt: skip


def why_kept(matter: Matter, unit: Unit) -> str:
    """What still keeps a unit as a support; "" for nothing."""
    if matter.support_tasks.filter(unit=unit, stage=STAGE.ASKED).exists():
        return f"还有请{unit}协办的没有答复，请先撤回那一项。"
    if matter.concerned_units.filter(running(today()), unit=unit).exists():
        return f"{unit}是被反映的单位，要提供事实、履行答复，不结束协办。"
    if matter.duty_disputes.filter(other=unit, decision="", withdrawn_at=None).exists():
        return f"承办争议在等{unit}表态，裁定以后再结束。"
    return ""


def taken(task: SupportTask, by: Any) -> SupportTask:
    """The task under its locked matter, while it waits. Raises ValidationError when it does not."""
    matter = locked(task.matter, by)
    row = _again(task, matter)
    if not row.waits:
        raise ValidationError(f"这项协办{row.get_stage_display()}，不用再办。{FRESH}")
    return row


def _settle(task: SupportTask, stage: str, by: Any, why: str, verb: str) -> None:
    task.stage, task.settled_by, task.settled_at = stage, by, now()
    with because(why, **as_of(by, verb)):
        task.save()


def _let_go(task: SupportTask, by: Any, verb: str) -> None:
    """End the unit's support when the task was all that brought it in."""
    matter = task.matter
    answered = matter.support_tasks.filter(unit=task.unit, stage=STAGE.ANSWERED).exists()
    if answered or why_kept(matter, task.unit):
        return
    for row in matter.supports.filter(running(today()), unit=task.unit):
        end_row(row, by, verb)


def end_row(row: SupportUnit, by: Any, verb: str) -> None:
    """The unit helps no longer from today on."""
    row.until = today() - timedelta(days=1)  # the last day of a row is included
    with because("结束协办", **as_of(by, verb)):
        row.save()


def _log(task: SupportTask, name: str, by: Any, verb: str, summary: str) -> None:
    matter = task.matter
    log_move(matter, name, by=by, on=today(), source=matter.state, summary=summary, verb=verb)
