"""What the end of a matter and its coming back bring about."""

from datetime import date, timedelta
from typing import Any

from casework.matters.clocks import KINDS
from casework.matters.contacts import name_hash, phone_hash
from casework.matters.counting.ledger import resume, start
from casework.matters.effects.serving import begin_round, owed_anew
from casework.matters.effects.shape import After, Data, Effect, Gate, Turn
from casework.matters.lifecycle import Rule
from casework.matters.models import Clock, Matter, MatterFile, Move, Petitioner
from casework.matters.opinions import open_promises, served, window
from casework.matters.recording import as_of
from casework.matters.sealed.keys import key_for
from casework.matters.states import Ending, Outcome, State
from office.history import because

_WISH = "matters.record_wish"


def _close(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.closed_on = on
    matter.ending = matter.ending or ending_of(matter)
    return f"{matter.get_ending_display()}{data.get('told') or ''}"


def ending_of(matter: Matter) -> str:
    """By which answer a matter has ended."""
    last = served(matter)
    if last is None:
        return Ending.REPLY.value
    if last.outcome == Outcome.MEDIATED:
        return Ending.SETTLED.value
    return (Ending.OPINION if last.formal else Ending.REPLY).value


def _void(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.closed_on = on
    return str(data.get("told") or "")


def _reopen(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.retention, matter.keep_until = "", None  # given anew when it ends again
    return f"{begin_round(matter)}{data.get('told') or ''}"


def _where_reopened(matter: Matter, on: date, data: Data) -> State:
    """Back to the unit that led it; to whoever assigns it; to the counter when it was never accepted."""
    if matter.accepted_on is None or not matter.klass:
        return State.REGISTERED
    return State.HANDLING if matter.lead_unit_id else State.ACCEPTED


def _after_reopening(matter: Matter, row: Move, by: Any, on: date, data: Data) -> None:
    if matter.state == State.REGISTERED:
        start(matter, "notice", on, move=row)
    else:
        start(matter, owed_anew(matter), on, move=row)


def _withdraw(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.closed_on, matter.ending = on, Ending.WITHDRAWN
    return ""


def _after_withdrawing(matter: Matter, row: Move, by: Any, on: date, data: Data) -> None:
    start(matter, "withdrawn", on, move=row)


def _undo(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.closed_on, matter.ending = None, ""
    matter.retention, matter.keep_until = "", None
    return f"回到“{_where_undone(matter, on, data).label}”"


def withdrawal(matter: Matter) -> Move | None:
    """The last time the petitioner gave the matter up."""
    return matter.moves.filter(name="withdraw").order_by("-pk").first()


def _where_undone(matter: Matter, on: date, data: Data) -> State:
    before = withdrawal(matter)
    if before is None:
        raise RuntimeError(f"{matter.number} was never withdrawn")
    return State(before.source)


def _after_undoing(matter: Matter, row: Move, by: Any, on: date, data: Data) -> None:
    """What stopped with the withdrawal runs on, as if it had not stopped."""
    given_up = withdrawal(matter)
    if given_up is not None:
        resume(matter, given_up, on, move=row)


def _heirs(matter: Matter, by: Any, on: date, data: Data) -> str:
    """The heir is the petitioner from now on; who was it stays in the record."""
    with because("承受人继续", **as_of(by, _WISH)):
        for row in matter.petitioners.filter(main=True):
            row.main = False
            row.save()
        heir = Petitioner(pk=key_for(matter.sealed), matter=matter)
        given = {name: str(data.get(name) or "").strip() for name in ("name", "phone", "address")}
        for name, value in given.items():
            heir.put(name, value)
        heir.name_hash, heir.phone_hash = name_hash(given["name"]), phone_hash(given["phone"])
        heir.save()
    return ""


def _stays(matter: Matter, on: date, data: Data) -> State:
    return State(matter.state)


def _no_heirs(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.closed_on, matter.ending = on, Ending.NO_HEIRS
    return matter.get_ending_display()


def _window_is_over(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str:
    """Why the matter cannot be closed yet: the petitioner may still ask for a review (art. 35–36).

    A settlement (art. 33) leaves nothing to review.
    """
    clock, last = window(matter), served(matter)
    if clock is None or on > clock.due_on or (last and last.outcome == Outcome.MEDIATED):
        return ""
    what, article = ("复查", "三十五") if clock.kind == "review_ask" else ("复核", "三十六")
    return (
        f"信访人在 {clock.due_on:%Y-%m-%d} 之前可以申请{what}（《信访工作条例》第{article}条），"
        f"{clock.due_on + timedelta(days=1):%Y-%m-%d} 起才能办结。"
    )


def _promises_are_kept(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str:
    waiting = open_promises(matter)
    if not waiting:
        return ""
    first = waiting[0]
    return (
        f"还有 {len(waiting)} 项承诺没有兑现（最早 {first.due_on:%Y-%m-%d}，{first.unit}）。"
        "全部登记兑现以后才能办结。"
    )


def _wish_is_signed(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> dict[str, str]:
    return _own_file(matter, data, "paper", "请上传信访人签字的撤回申请书。")


def _proof_is_here(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> dict[str, str]:
    return _own_file(matter, data, "proof", "请上传这件事项里的凭据：死亡证明、亲属关系证明等。")


def _own_file(matter: Matter, data: Data, name: str, told: str) -> dict[str, str]:
    file: MatterFile = data[name]
    return {name: told} if file.matter_id != matter.pk or file.withdrawn else {}


def _regret_in_time(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str:
    clock = matter.clocks.filter(kind="withdrawn", status=Clock.Status.RUNNING).first()
    if clock is not None and on <= clock.due_on:
        return ""
    until = f" {clock.due_on:%Y-%m-%d}" if clock is not None else ""
    return f"“{KINDS['withdrawn']}”的期限{until}已经过了，不能再恢复。信访人还要反映的，作为新的事项登记。"


EFFECTS: dict[str, Effect] = {
    "close": _close,
    "void": _void,
    "reopen": _reopen,
    "withdraw": _withdraw,
    "undo_withdraw": _undo,
    "heirs": _heirs,
    "no_heirs": _no_heirs,
}
AFTER: dict[str, After] = {
    "reopen": _after_reopening,
    "withdraw": _after_withdrawing,
    "undo_withdraw": _after_undoing,
}
TURNS: dict[str, Turn] = {
    "reopen": _where_reopened,
    "undo_withdraw": _where_undone,
    "heirs": _stays,
}
GATES: dict[str, Gate] = {
    "window_is_over": _window_is_over,
    "promises_are_kept": _promises_are_kept,
    "wish_is_signed": _wish_is_signed,
    "proof_is_here": _proof_is_here,
    "regret_in_time": _regret_in_time,
}
