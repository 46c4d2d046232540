"""What acceptance and leading to another procedure bring about (art. 31, practice §1)."""

from datetime import date
from typing import Any

from casework.matters.counting.ledger import drop, drop_all, resume, start
from casework.matters.effects.shape import Data
from casework.matters.entering import fast
from casework.matters.entering.outside import ended, proof_gap
from casework.matters.lifecycle import Rule
from casework.matters.models import Matter, Move, StatutoryPath
from casework.matters.permissions import heads_lead, heads_office
from casework.matters.states import Ending, Klass, Path, State
from office.clock import today

_ELSEWHERE = tuple(path for path in Path if path != Path.PETITION)


def accept(matter: Matter, by: Any, on: date, data: Data) -> str:
    """受理: class, path and the day from which the limit counts."""
    matter.klass = data["klass"]
    matter.path = data["path"] if matter.klass == Klass.CLAIM else ""
    matter.fast = bool(data.get("fast"))
    if data.get("category"):
        matter.category = data["category"]
    matter.accepted_on = on
    path = f"，{matter.get_path_display()}" if matter.path else ""
    return f"{matter.get_klass_display()}{path}{'，简易办理' if matter.fast else ''}"


def way_is_ours(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> Any:
    """Accepted are suggestions and the petition procedure; art. 31 (1)–(5) is led to its own path."""
    klass, path = data.get("klass"), data.get("path") or ""
    if klass == Klass.REPORT:
        return {"klass": "检举控告类不在这里受理：请按“密件（不开封转交）”登记，转交纪检监察机关。"}
    if klass == Klass.CLAIM and path != Path.PETITION:
        return {
            "path": "诉讼、仲裁、复议、履职等另有法定途径的，请用“导入法定途径”："
            "经法制审核，告知机关和时限（《信访工作条例》第三十一条）。"
        }
    if klass == Klass.SUGGESTION and path:
        return {"path": "建议意见类不走法定途径，请留空。"}
    return ""


def fast_is_allowed(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> Any:
    """Simplified handling is for first, clear and small matters alone."""
    if not data.get("fast"):
        return ""
    told = fast.hindrance(matter, data.get("fits") or ())
    return {"fits": told} if told else ""


def works_on_it(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str:
    """Leaving the simplified way is for its officer, the head of the lead unit and the office head."""
    if not matter.fast:
        return f"{matter.number} 不是简易办理。"
    theirs = matter.officer_id == by.pk or heads_lead(by, matter) or heads_office(by)
    return "" if theirs else "退出简易办理由承办人、承办单位负责人或信访办主任办理。"


def leave_fast(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.fast = False
    return f"按普通程序，从受理日 {matter.accepted_on:%Y-%m-%d} 起算"


def clock_from_acceptance(matter: Matter, move: Move, by: Any, on: date, data: Data) -> None:
    """Back to the limit the matter would have had from the original acceptance (domain §3)."""
    kind = "suggestion" if matter.klass == Klass.SUGGESTION else "handle"
    start(matter, kind, matter.accepted_on or on, move=move)


def stays(matter: Matter, on: date, data: Data) -> State:
    """The move changes how the matter is handled, not where it stands."""
    return State(matter.state)


def path_is_another(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> Any:
    """One of the five other paths, with a last safe day that can still be kept."""
    if data["path"] not in _ELSEWHERE:
        return {"path": "信访程序就是受理，请用“受理”。这里选另外五种法定途径。"}
    if data.get("own_duty") and data["path"] not in (Path.DUTY, Path.ADMINISTRATIVE):
        return {"own_duty": "只有履行法定职责、行政确认许可等，才可能是本街道自己的职责。"}
    last = data.get("last_day")
    if last is not None and last < today():
        return {
            "last_day": f"{last:%Y-%m-%d} 已经过了。请再核对；确已过期的，把这一点写进“时限”，日期留空。"
        }
    return ""


def path_is_elsewhere(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> Any:
    """What the street owes itself is not led away from it once it has been accepted."""
    if data.get("own_duty"):
        return {"own_duty": "已经受理、又属于本街道职责的，接着办就是，不用改途径。"}
    return ""


def route(matter: Matter, by: Any, on: date, data: Data) -> str:
    """导入: which path, to whom; the street's own duty counts as accepted."""
    matter.klass, matter.path, matter.fast = Klass.CLAIM, data["path"], False
    if data.get("category"):
        matter.category = data["category"]
    if data.get("own_duty"):
        matter.accepted_on = on
    own = "，本街道负有职责" if data.get("own_duty") else ""
    return f"{matter.get_path_display()}：{data['body']}{own}{data.get('told') or ''}"[:200]


def where_path_leads(matter: Matter, on: date, data: Data) -> State:
    """Followed elsewhere, or performed here."""
    return State.ACCEPTED if data.get("own_duty") else State.ROUTED


def begin_path(matter: Matter, move: Move, by: Any, on: date, data: Data) -> None:
    """The path with its last safe day, and what the street owes from now on."""
    left = matter.due_on - on if move.name == "reroute" and matter.due_on else None
    end_path(matter, on)
    last = data.get("last_day")
    row = StatutoryPath(
        matter=matter, path=matter.path, body=data["body"], limit_text=data["limit_text"],
        last_day=last, aid=data.get("aid") or "", own_duty=bool(data.get("own_duty")), since=on,
        days_left=left.days if left is not None else None, move=move,
    )  # fmt: skip
    row.save()
    if row.own_duty:  # two months from the day the request came in (行政诉讼法 art. 47)
        start(matter, "duty", matter.received_on if matter.round == 1 else on, move=move)
    else:
        start(matter, "accompany", on, move=move)
    if last is None:
        drop(matter, "path_last_day", on, move=move)
    else:
        start(matter, "path_last_day", on, move=move, due_on=last, article=row.limit_text[:80])


def end_path(matter: Matter, on: date, **fields: Any) -> None:
    """End the path that is open, if there is one, with what is known of it."""
    row = matter.paths.filter(ended_on=None).first()
    if row is None:
        return
    row.matter = matter
    note = fields.pop("result_note", "")
    row.ended_on = on
    for name, value in fields.items():
        setattr(row, name, value)
    row.put("result_note", note)
    row.save()


def path_outcome(matter: Matter, by: Any, on: date, data: Data) -> str:
    """The path has an end: what came of it, and the proof."""
    ended(matter, Ending.PATH, on, data)
    return str(StatutoryPath.Result(data["result"]).label)


def keep_outcome(matter: Matter, move: Move, by: Any, on: date, data: Data) -> None:
    end_path(
        matter, on, result=data["result"], result_note=data["result_note"], evidence=data["paper"]
    )


def outcome_is_proved(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> Any:
    """A result of the list, and the paper it rests on."""
    if data["result"] not in StatutoryPath.Result.values:
        return {"result": "没有这个选项，请重新选择。"}
    return proof_gap(matter, data, "paper")


def take_back(matter: Matter, by: Any, on: date, data: Data) -> str:
    """No other path is open after all: the petition procedure begins here (art. 31 (6))."""
    matter.klass, matter.path = Klass.CLAIM, Path.PETITION
    matter.accepted_on = matter.accepted_on or on
    return str(matter.get_path_display())


def end_vain_path(matter: Matter, move: Move, by: Any, on: date, data: Data) -> None:
    """The sixty days begin; of a matter that was accepted before, those that were broken off go on."""
    end_path(matter, on, result=StatutoryPath.Result.OTHER, result_note=str(data["note"]))
    left = matter.moves.filter(name="reroute").order_by("-pk").first()
    again = resume(matter, left, on, move=move) if left is not None else []
    if not any(clock.kind == "handle" for clock in again):
        drop_all(matter, on, {clock.kind for clock in again} - {"assignment"}, move=move)
        first = matter.accepted_on or on
        since = min((clock.start_on for clock in again), default=on) if matter.round > 1 else first
        start(matter, "handle", since, move=move)
