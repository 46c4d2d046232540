"""The page of tasks: every piece of long work the rooms tell of, where it stands, trying it again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction

from office import registries
from office.health import Found
from office.health import State as Health
from office.models import TaskTrouble
from office.registries import Piece
from office.tasking import troubles
from office.tasking.queue import wanted

ENDED = 20  # of each kind that are shown after they ended


class State(StrEnum):
    """Where a piece stands; the order is that of the page."""

    STOPPED = "stopped"  # waits for a person
    TRYING = "trying"  # failed, will be tried again by itself
    RUNNING = "running"
    WAITING = "waiting"
    DONE = "done"

    @property
    def word(self) -> str:
        return _WORDS[self]

    @property
    def tone(self) -> str:
        """Of the badge."""
        return {"stopped": "seal", "trying": "amber", "done": "green"}.get(self.value, "")


_WORDS = {
    State.STOPPED: "停下了",
    State.TRYING: "稍后再试",
    State.RUNNING: "正在做",
    State.WAITING: "排队中",
    State.DONE: "做完了",
}
_ORDER = {state: place for place, state in enumerate(State)}


@dataclass(frozen=True)
class Row:
    """A piece with its kind. kind: name in `registries.long_jobs`; error: in words."""

    kind: str
    label: str
    piece: Piece
    state: State
    error: str

    @property
    def can_retry(self) -> bool:
        return self.state in (State.STOPPED, State.TRYING)


def rows(moment: datetime) -> list[Row]:
    """What the rooms tell: what stopped first, then what is under way, then what ended, newest first."""
    found: list[Row] = []
    for kind, label, _ in registries.long_jobs:
        if told := registries.tasks.get(kind):
            found += _of_kind(kind, label, told.pieces(ENDED), moment)
    found.sort(key=lambda row: row.piece.since, reverse=True)
    return sorted(found, key=lambda row: _ORDER[row.state])


def _of_kind(kind: str, label: str, pieces: Iterable[Piece], moment: datetime) -> list[Row]:
    failed = troubles.standing(kind)
    return [Row(kind, label, one, *_state(one, failed.get(one.pk), moment)) for one in pieces]


def _state(piece: Piece, trouble: TaskTrouble | None, moment: datetime) -> tuple[State, str]:
    if piece.state == "done":
        return State.DONE, ""
    if piece.state == "failed":
        return State.STOPPED, piece.error
    held = piece.held_until is not None and piece.held_until > moment
    if trouble is None:
        return State.RUNNING if held else State.WAITING, ""
    return State.STOPPED if trouble.times >= troubles.MOST else State.TRYING, trouble.error


def retry(kind: str, piece: int, moment: datetime) -> Row:
    """Have a piece that failed taken up again.

    LookupError for one that is not on the page, ValidationError (Chinese) for one that did not fail.
    """
    with transaction.atomic():
        for row in rows(moment):
            if (row.kind, row.piece.pk) == (kind, piece):
                break
        else:
            raise LookupError(kind, piece)
        if not row.can_retry:
            raise ValidationError(f"{row.label}（{row.piece.what}）没有停下，不用重试。")
        again = registries.tasks[kind].again
        if row.piece.state == "failed" and again is not None:
            again(piece)
        else:
            wanted(kind, piece)
    return row


def health(moment: datetime) -> Found:
    """A line of the health page: pieces that failed too often and wait for a person."""
    stopped = sum(
        told.open().filter(pk__in=troubles.given_up(kind)).count()
        for kind, told in registries.tasks.items()
    )
    if stopped:
        yield (
            Health.WARN,
            f"有 {stopped} 项任务几次没有做成，停下了：请在“后台任务”页看原因、重试。",
        )
    else:
        yield Health.OK, "没有停下的任务。"
