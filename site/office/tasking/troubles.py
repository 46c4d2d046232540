"""Pieces of long work that went wrong: noted, tried again some times, then left to a person."""

from datetime import datetime

from django.db.models import QuerySet

from office.models import TaskTrouble

#: how often in a row a piece may fail before it waits for a person instead of failing for ever
MOST = 3


class QueueSilent(Exception):
    """The server that keeps the queue does not answer."""


def note(kind: str, piece: int, error: str, moment: datetime, *, counts: bool) -> None:
    """A piece failed once more. `counts`: False when that lay with the machine, not with the piece."""
    row = TaskTrouble.objects.filter(kind=kind, piece=piece).first()
    row = row or TaskTrouble(kind=kind, piece=piece)
    row.times = min(MOST, row.times + 1) if counts else max(1, row.times)
    row.at, row.error = moment, error
    row.save()


def solve(kind: str, piece: int) -> None:
    """A piece was carried out, or is to be tried from the beginning."""
    row = TaskTrouble.objects.filter(kind=kind, piece=piece, times__gt=0).first()
    if row is not None:
        row.times, row.error = 0, ""
        row.save()


def standing(kind: str) -> dict[int, TaskTrouble]:
    """Pieces of a kind whose last attempt failed: {key of the piece: its trouble}."""
    return {row.piece: row for row in TaskTrouble.objects.filter(kind=kind, times__gt=0)}


def given_up(kind: str) -> QuerySet:
    """Keys of the pieces of a kind that no worker takes up before a person asks for it."""
    return TaskTrouble.objects.filter(kind=kind, times__gte=MOST).values("piece")
