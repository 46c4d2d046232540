"""The desks there are, whose they are, and what each of them shows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.matters.desks import waiting
from casework.matters.desks.duties import Line, gather, grouped
from casework.matters.desks.overdue import late_by_unit
from casework.matters.desks.requests import requests_for
from casework.matters.models import Matter
from casework.matters.outcomes import queues as after
from casework.matters.queues import Head, Queue, first_of_each
from office.posts import posts_of

_ROWS = 8  # of a queue on a desk


@dataclass(frozen=True)
class Desk:
    """One desk: its name in the address, its label, whose it is, and what its template needs.

    build: (user, day, whether all lines are asked for) → the context of the template.
    """

    name: str
    label: str
    roles: tuple[str, ...]
    told: str
    build: Callable[[Any, date, bool], dict[str, Any]]

    @property
    def heading(self) -> str:
        return self.label if self.label.startswith("我的") else f"{self.label}的台面"

    @property
    def template(self) -> str:
        return f"matters/desks/{self.name}.html"


def _heads(user: Any, *queues: Queue) -> list[Head]:
    found = first_of_each(queues, user, _ROWS + 1, counted=True)
    return [head for head in found if head.matters or not head.queue.quiet]


def _own(user: Any, on: date) -> list[Line]:
    """What this person has to do by name, the most urgent first: calls, signatures to confirm."""
    named = [duty for duty in gather(user, on) if not duty.anybodys]
    return [line for group in grouped(named, on) for line in group.lines][:_ROWS]


def _counter(user: Any, on: date, whole: bool) -> dict[str, Any]:
    heads = _heads(
        user, waiting.INCOMPLETE, waiting.TO_TELL, waiting.ENTERED_SEALED, waiting.OBJECTED,
        waiting.WITHDRAWN, waiting.ARRIVED, waiting.ENTERED, after.TO_CALL, after.TO_ARCHIVE,
    )  # fmt: skip
    return {"heads": heads, "own": _own(user, on)}


def _officer(user: Any, on: date, whole: bool) -> dict[str, Any]:
    duties = gather(user, on)
    return {"groups": grouped(duties, on, whole), "empty": not duties}


def _unit(user: Any, on: date, whole: bool) -> dict[str, Any]:
    return {
        "heads": _heads(user, waiting.UNNAMED, waiting.PROMISES, waiting.UNIT_OPEN),
        "late": late_by_unit(Matter.objects.visible_to(user), on),
    }


def _board(user: Any, on: date, whole: bool) -> dict[str, Any]:
    heads = _heads(
        user, waiting.DANGER, waiting.URGENT, waiting.ACCEPT, waiting.ASSIGN, waiting.TO_REVIEW,
        waiting.DISPUTES, waiting.OBJECTED, waiting.RECUSALS, waiting.TO_CLOSE, waiting.SUPERVISED,
        waiting.ROUTED, waiting.REVIEWED_ABOVE, waiting.FINAL_ABOVE, waiting.WEEK, after.DENIED, after.EASED, after.TO_CALL,
        after.TO_ARCHIVE,
    )  # fmt: skip
    return {
        "heads": heads,
        "requests": requests_for(user, _ROWS),
        "own": _own(user, on),
        "late": late_by_unit(Matter.objects.visible_to(user), on),
    }


def _leader(user: Any, on: date, whole: bool) -> dict[str, Any]:
    heads = _heads(
        user, waiting.DANGER, waiting.URGENT, waiting.TO_SIGN, waiting.PROMISES, waiting.DISPUTES,
        waiting.RECUSALS, waiting.SUPERVISED, waiting.WEEK, after.UNCONFIRMED,
    )  # fmt: skip
    return {
        "heads": heads,
        "requests": requests_for(user, _ROWS),
        "own": _own(user, on),
        "late": late_by_unit(Matter.objects.visible_to(user), on),
    }


def _review(user: Any, on: date, whole: bool) -> dict[str, Any]:
    return {"heads": _heads(user, waiting.TO_REVIEW), "requests": requests_for(user, _ROWS)}


DESKS = (
    Desk(
        "officer", "我的办件台", ("officer", "unit_head"),
        "先办超期的和今天的。一行一件：接下来做什么，哪天之前。", _officer,
    ),
    Desk("unit", "本单位", ("unit_head",), "谁手上有什么，哪件没人认领，哪件过期了。", _unit),
    Desk(
        "counter", "窗口", ("registrar",),
        "接待先登记、给回执；问不全的当天在这里补全。", _counter,
    ),
    Desk(
        "board", "信访办", ("office_head",),
        "先受理、再交办；超期的看单位和人。", _board,
    ),
    Desk("review", "法制审核", ("legal_reviewer",), "等您审核的意见和申请。", _review),
    Desk("leader", "领导", ("leader",), "等您签的、等您批的、答应了群众还没兑现的。", _leader),
)  # fmt: skip


def desks_of(user: Any) -> list[Desk]:
    """The desks of the posts that a person holds today, deputised ones included."""
    held = {post.role for post in posts_of(user)}
    return [desk for desk in DESKS if held & set(desk.roles)]
