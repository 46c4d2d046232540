"""Carrying out a move: one short transaction, one Move row, one history row."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters import documents
from casework.matters.conflicts.standing import (
    asked_to_step_back,
    concerned_units,
    is_concerned,
    recused,
    works_for_concerned,
)
from casework.matters.counting.ledger import drop_all, lead, meet_all, start
from casework.matters.delegating import standing
from casework.matters.doing import AFTER, EFFECTS, GATES, TURNS
from casework.matters.lifecycle import Rule, clock_of, missing, wrong_day
from casework.matters.models import Matter, Move
from casework.matters.permissions import may, may_move
from casework.matters.recording import as_of, log_move
from casework.matters.table import BY_NAME
from casework.matters.terms import give_term
from office.clock import today
from office.history import because
from office.models import Unit
from office.posts import posts_of
from office.roles import BY_KEY

Data = Mapping[str, Any]
#: said to whoever the petitioner wants out, until that is decided
STEP_BACK = (
    "信访人要求您回避这件事项，正在等决定（《信访工作条例》第二十八条）。决定之前请先不要办理，"
    "急的请交给同事。"
)
_ANSWER = "matters.answer_matter"
#: functions (matter, its Move row, who moved it) called at the end of every move, inside it
MOVED: list[Callable[[Matter, Move, Any], None]] = []


#: said of a unit that cannot lead
NEVER_LEADS = "是这件事项被反映的单位，不能主办，只能协办（提供事实、履行）。请交另一个单位，或由信访办主任牵头。"


def locked(matter: Matter, by: Any) -> Matter:
    """The matter as it now stands, locked to the end of the transaction; 404's twin for hidden ones.

    Raises Matter.DoesNotExist when `by` may not see it, ValidationError when it was destroyed.
    """
    seen = Matter.objects.visible_to(by).filter(pk=matter.pk)
    found = Matter.objects.select_for_update().get(pk__in=seen.values("pk"))
    if found.destroyed_at:
        raise ValidationError(f"{found.number} 已依规销毁（{found.destroyed_in}），不能再办理。")
    return found


def taken_up(matter: Matter, by: Any) -> Matter:
    """`locked`, for somebody who handles the matter: not before it is decided whether they step back."""
    found = locked(matter, by)
    if asked_to_step_back(found).filter(user=by.pk).exists():
        raise ValidationError(STEP_BACK)
    return found


def move(
    matter: Matter, name: str, *, by: Any, on: date | None = None, data: Data | None = None
) -> Matter:
    """Carry out the move `name` and return the matter as it now stands.

    data: what the rule needs and takes (see `transitions`). Raises Matter.DoesNotExist when the
    matter is hidden from `by`, PermissionDenied when the act is not theirs, ValidationError (field →
    sentence) for a wrong state, missing data or a wrong day. Nothing is written on refusal.
    """
    rule, given, day = BY_NAME[name], dict(data or {}), on or today()
    with transaction.atomic():
        matter = locked(matter, by)
        if matter.state not in rule.sources:
            raise ValidationError(
                f"{matter.number} 现在是“{matter.get_state_display()}”，不能{rule.label}。"
                "可能已有同事先办了，请刷新页面查看。"
            )
        if rule.second or not may_move(by, matter, rule):
            raise PermissionDenied
        leave = None
        if not may(by, matter, rule.verb):  # by a standing authorisation, asked as it is now
            leave = standing.covers(by, matter, rule.name, today(), given.get("category"))
            if told := standing.beyond(leave, given):
                raise ValidationError(told)
        if asked_to_step_back(matter).filter(user=by.pk).exists():
            raise ValidationError(STEP_BACK)
        check(matter, rule, by=by, on=day, data=given)
        matter = carry_out(matter, rule, by=by, on=day, data=given | {"leave": leave})
        if leave is not None:
            standing.note_use(leave, matter, rule.name)
        return matter


def happen(pk: int, name: str, *, on: date, told: str) -> Matter | None:
    """Carry out a move that nobody makes, because a day has passed and the rules say what follows.

    told: why, for the Move row, whose actor is nobody. None, and nothing written, while it cannot be:
    another state, a gate, an act that waits for a second person. Raises ValueError for a move that
    only people make.
    """
    rule, data = BY_NAME[name], {"told": told}
    if not rule.by_itself:
        raise ValueError(f"{name} does not happen by itself")
    with transaction.atomic():
        matter = Matter.objects.select_for_update().get(pk=pk)
        if matter.state not in rule.sources or matter.approvals.filter(decision="").exists():
            return None
        try:
            check(matter, rule, by=None, on=on, data=data)
        except ValidationError:
            return None
        return carry_out(matter, rule, by=None, on=on, data=data)


def check(matter: Matter, rule: Rule, *, by: Any, on: date, data: Data) -> None:
    """Raise ValidationError when the move cannot be made now with these data, whoever makes it."""
    if gaps := missing(rule, data):
        raise ValidationError(gaps)
    if wrong := wrong_day(on, today(), _days_so_far(matter)):
        raise ValidationError({"on": wrong})
    if unfit := _unfit(rule, matter, data):
        raise ValidationError(unfit)
    if told := _refused(rule, matter, on, data, by):
        raise ValidationError(told)


def _refused(rule: Rule, matter: Matter, day: date, data: Data, by: Any) -> Any:
    """What the gates of the rule have to say: a sentence, or field → sentence; nothing when open."""
    return next(
        filter(None, (GATES[name](matter, rule, day, data, by) for name in rule.gates)), None
    )


def carry_out(matter: Matter, rule: Rule, *, by: Any, on: date, data: Data) -> Matter:
    """Write what a permitted move does; the caller holds the lock and has checked the rights."""
    source = matter.state
    summary = EFFECTS[rule.name](matter, by, on, data) if rule.name in EFFECTS else ""
    matter.state = TURNS[rule.name](matter, on, data) if rule.name in TURNS else rule.target
    if data.get("leave"):
        summary = f"{summary}（凭常设授权 {data['leave']}）"
    if matter.state not in rule.targets:
        raise RuntimeError(f"{rule.name} cannot lead to {matter.state}")
    row = log_move(
        matter, rule.name, by=by, on=on, source=source, summary=summary,
        note=str(data.get("note") or ""), verb=rule.verb,
    )  # fmt: skip
    with because(rule.label, **as_of(by, rule.verb)):
        _turn_clocks(matter, rule, on, row)
        if rule.document:
            said = {"basis": rule.article} | documents.of(matter, rule.document, data, summary)
            documents.leave(matter, rule.document, row, on=on, by=by, **said)
        if rule.name in AFTER:
            AFTER[rule.name](matter, row, by, on, data)
        lead(matter)
        if not matter.is_open:
            give_term(matter)
        matter.save()
    for tell in MOVED:
        tell(matter, row, by)
    return matter


def _turn_clocks(matter: Matter, rule: Rule, on: date, row: Move) -> None:
    """End and begin what the rule says; what still runs when a matter ends is let go."""
    meet_all(matter, rule.ends, on, move=row)
    drop_all(matter, on, rule.drops if matter.is_open else ("*",), move=row)
    for kind in rule.starts:
        if meant := clock_of(kind, matter):
            start(matter, meant, on, move=row)


def give_back(matter: Matter, before: Any, names: Iterable[str]) -> None:
    """Put back what the matter was at a former moment of its history, its state included; unsaved."""
    for name in names:
        setattr(matter, name, getattr(before, name))
    matter.state = before.state


def _days_so_far(matter: Matter) -> list[tuple[str, date | None]]:
    names = ("received_on", "accepted_on", "answered_on")
    return [
        (str(matter._meta.get_field(name).verbose_name), getattr(matter, name)) for name in names
    ]


def _unfit(rule: Rule, matter: Matter, data: Data) -> dict[str, str]:
    """Why a unit or an officer cannot be given the matter: field → sentence."""
    day, unit, officer = today(), data.get("lead_unit") or matter.lead_unit, data.get("officer")
    concerned = concerned_units(matter, day) if "lead_unit" in rule.needs or officer else []
    if "lead_unit" in rule.needs:
        if not Unit.objects.handling().at(day).filter(pk=unit.pk):
            return {"lead_unit": f"{unit}不是本街道现有的科室、社区或村，不能承办。"}
        if is_concerned(unit, concerned):
            return {"lead_unit": f"{unit}{NEVER_LEADS}"}
        if rule.name == "reassign" and unit == matter.lead_unit:
            return {"lead_unit": f"现在就由{unit}主办，请选别的单位。"}
    told = "" if officer is None else unfit_officer(matter, officer, unit)
    return {"officer": told} if told else {}


def unfit_officer(matter: Matter, officer: Any, unit: Unit) -> str:
    """Why a person cannot be the officer of this matter under `unit`; "" when they can."""
    day = today()
    if works_for_concerned(officer, concerned_units(matter, day), day):
        return f"{officer}在被反映的单位任职，不能承办，请另选承办人。"
    if recused(matter, day).filter(user=officer).exists():
        return f"{officer}已回避这件事项，请另选承办人。"
    posts = [post for post in posts_of(officer, day) if _ANSWER in BY_KEY[post.role].verbs]
    if not officer.is_active or not any(unit.path.startswith(post.unit.path) for post in posts):
        return f"{officer}不在{unit}任职，请在该单位下选择承办人。"
    return ""
