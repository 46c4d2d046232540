"""Carrying out a move: one short transaction, one Move row, one history row."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters.conflicts.standing import (
    asked_to_step_back,
    concerned_units,
    is_concerned,
    recused,
    works_for_concerned,
)
from casework.matters.lifecycle import BY_NAME, LABELS, Rule, accepted_clock, missing, wrong_day
from casework.matters.models import Custody, Matter, Move, Opinion
from casework.matters.permissions import may
from casework.matters.profiles import deadline_of
from casework.matters.sealed.holding import keepers
from casework.matters.states import OPEN, Klass, Outcome, Path
from casework.matters.terms import give_term
from office.clock import now, today
from office.history import because, current
from office.models import Unit
from office.posts import post_for, posts_of
from office.roles import BY_KEY

Data = Mapping[str, Any]
_ASKED = (
    "信访人要求您回避这件事项，正在等决定（《信访工作条例》第二十八条）。决定之前请先不要办理，"
    "急的请交给同事。"
)
_ANSWER = "matters.answer_matter"
_HIGHER = ("office_head", "leader")


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


def move(
    matter: Matter, name: str, *, by: Any, on: date | None = None, data: Data | None = None
) -> Matter:
    """Carry out the move `name` and return the matter as it now stands.

    data: what the rule needs and takes (see `lifecycle.RULES`). Raises Matter.DoesNotExist when the
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
        if rule.second or not may(by, matter, rule.verb):
            raise PermissionDenied
        if asked_to_step_back(matter).filter(user=by.pk).exists():
            raise ValidationError(_ASKED)
        if gaps := missing(rule, given):
            raise ValidationError(gaps)
        if wrong := wrong_day(day, today(), _days_so_far(matter)):
            raise ValidationError({"on": wrong})
        if unfit := _unfit(rule, matter, given):
            raise ValidationError(unfit)
        if early := _too_early(rule, matter, day):
            raise ValidationError(early)
        return carry_out(matter, rule, by=by, on=day, data=given)


def _too_early(rule: Rule, matter: Matter, day: date) -> str:
    """Why the matter cannot be closed yet: the petitioner may still ask for a review (art. 35).

    Only an opinion of the petition procedure can be reviewed; a settlement (art. 33) leaves nothing.
    """
    if not rule.waits or matter.due_kind != rule.waits or matter.due_on is None:
        return ""
    settled = matter.opinions.order_by("-pk").values_list("outcome", flat=True).first()
    final = matter.path != Path.PETITION or settled == Outcome.MEDIATED
    if day > matter.due_on or final:
        return ""
    first = matter.due_on + timedelta(days=1)
    return (
        f"信访人在 {matter.due_on:%Y-%m-%d} 之前可以申请复查（《信访工作条例》第三十五条），"
        f"{first:%Y-%m-%d} 起才能办结。"
    )


def carry_out(matter: Matter, rule: Rule, *, by: Any, on: date, data: Data) -> Matter:
    """Write what a permitted move does; the caller holds the lock and has checked the rights."""
    source = matter.state
    summary = EFFECTS.get(rule.name, _nothing)(matter, by, on, data)
    matter.state = rule.target
    _start_clock(matter, rule, on)
    if not matter.is_open:
        give_term(matter)
    with because(rule.label, **as_of(by, rule.verb)):
        matter.save()
    log_move(
        matter, rule.name, by=by, on=on, source=source, summary=summary,
        note=str(data.get("note") or ""), verb=rule.verb,
    )  # fmt: skip
    return matter


def give_back(matter: Matter, before: Any, names: Iterable[str]) -> None:
    """Put back what the matter was at a former moment of its history, its state included; unsaved."""
    for name in names:
        setattr(matter, name, getattr(before, name))
    matter.state = before.state


def as_of(by: Any, verb: str) -> dict[str, Any]:
    """The person and the post behind a write, for `because`; the system when `by` is None.

    Whoever stands in for people who stay out of a matter, or enters what the district decided, has
    no post with the verb: then it is the higher one of their posts.
    """
    return {"user": by, "post": (post_for(by, verb) or _other_post(by)) if by else None}


def _other_post(by: Any) -> Any:
    posts = posts_of(by)
    return next((post for post in posts if post.role in _HIGHER), posts[0] if posts else None)


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
    if officer is None:
        return {}
    if works_for_concerned(officer, concerned, day):
        return {"officer": f"{officer}在被反映的单位任职，不能承办，请另选承办人。"}
    if recused(matter, day).filter(user=officer).exists():
        return {"officer": f"{officer}已回避这件事项，请另选承办人。"}
    posts = [post for post in posts_of(officer, day) if _ANSWER in BY_KEY[post.role].verbs]
    if not officer.is_active or not any(unit.path.startswith(post.unit.path) for post in posts):
        return {"officer": f"{officer}不在{unit}任职，请在该单位下选择承办人。"}
    return {}


def log_move(
    matter: Matter,
    name: str,
    *,
    by: Any,
    on: date,
    source: str = "",
    summary: str = "",
    note: str = "",
    verb: str = "",
) -> Move:
    """Append a Move row: what happened to the matter, by whom, in which post."""
    row = Move(
        matter=matter,
        name=name,
        source=source,
        target=matter.state,
        actor=by,
        post=as_of(by, verb)["post"],
        at=now(),
        on=on,
        summary=summary,
        address=current().address or None,
    )
    row.put("note", note)
    row.save()
    return row


def _start_clock(matter: Matter, rule: Rule, on: date) -> None:
    kind = rule.clock
    if kind == "":
        return
    if kind is None or rule.target not in OPEN:
        matter.due_on, matter.due_kind = None, ""
        return
    if kind == "by_class":
        kind = accepted_clock(matter.klass, matter.path)
    matter.due_kind, matter.due_on = kind, deadline_of(matter, kind, on).due_on


def _nothing(matter: Matter, by: Any, on: date, data: Data) -> str:
    return ""


def _accept(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.klass = data["klass"]
    matter.path = data["path"] if matter.klass == Klass.CLAIM else ""
    if data.get("category"):
        matter.category = data["category"]
    matter.accepted_on = on
    path = f"，{matter.get_path_display()}" if matter.path else ""
    return f"{matter.get_klass_display()}{path}"


def _assign(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.lead_unit, matter.officer = data["lead_unit"], data.get("officer")
    person = f"，承办人 {matter.officer}" if matter.officer else ""
    return f"交{matter.lead_unit}办理{person}"


def _name_officer(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.officer = data["officer"]
    return f"承办人 {matter.officer}"


def _reassign(matter: Matter, by: Any, on: date, data: Data) -> str:
    before = matter.lead_unit
    return f"由{before}改{_assign(matter, by, on, data)}"


def _return(matter: Matter, by: Any, on: date, data: Data) -> str:
    unit, matter.lead_unit, matter.officer = matter.lead_unit, None, None
    return f"{unit}退回，期限不停"


def _answer(matter: Matter, by: Any, on: date, data: Data) -> str:
    opinion = Opinion(matter=matter, outcome=data["outcome"], answered_on=on, author=by)
    opinion.put("body", data["body"])
    with because(LABELS["answer"], **as_of(by, _ANSWER)):
        opinion.save()
    matter.answered_on = on
    return opinion.get_outcome_display()


def _close(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.closed_on = on
    return ""


def _void(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.closed_on = on
    return str(data.get("told") or "")


def _hand_over(matter: Matter, by: Any, on: date, data: Data) -> str:
    """The signed list it stands on takes it away; whoever entered it sees it no longer."""
    hand_over = data["hand_over"]
    if hand_over.voided_at or not hand_over.lines.filter(matter=matter).exists():
        raise ValidationError(f"{matter.number} 不在清单 {hand_over} 上，不能凭它转交。")
    kept = {user.pk for user in keepers(on)}
    with because("密件已转交", **as_of(by, BY_NAME["hand_over"].verb)):
        for custody in Custody.objects.filter(matter=matter, until=None):
            if custody.user_id == matter.registered_by_id and custody.user_id not in kept:
                custody.until = on
                custody.save()
    matter.closed_on = on
    return f"交{hand_over.body}，清单 {hand_over}"


EFFECTS: dict[str, Callable[[Matter, Any, date, Data], str]] = {
    "accept": _accept,
    "assign": _assign,
    "reassign": _reassign,
    "name_officer": _name_officer,
    "return": _return,
    "answer": _answer,
    "close": _close,
    "hand_over": _hand_over,
    "void": _void,
}
