"""Matters of long ago: closed in 2026, looked at in 2040, when their ten years are over."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from casework.matters.attaching import attach
from casework.matters.models import Matter
from casework.matters.moving import move
from office import clock
from office.history import acting
from office.retention import destroying, lists, register
from tests.casework.matters.counter import accepted, all_said, answered, arrive, assigned, in_hand

LATER = datetime(2040, 1, 5, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@contextmanager
def in_2040() -> Iterator[None]:
    with clock.at(LATER):
        yield


def closed(cast: Any, street: Any, *, path: str = "", **arrival: Any) -> Matter:
    """A matter with a file, answered and closed in 2026 (without a path a suggestion: short-term)."""
    matter = arrive(cast.registrar, **arrival)[1][0]
    with acting(cast.registrar):
        attach(matter, SimpleUploadedFile("工资条.txt", "四个月加班".encode()), by=cast.registrar)
    matter = accepted(matter, cast.officehead, klass="C" if path else "A", path=path)
    matter = assigned(matter, cast.officehead, street.social, cast.officer)
    if not path:  # a reply ends it
        reply = {"outcome": "adopted", "body": "加班费已补发。"}
        with clock.at(clock.now() + timedelta(days=60)), acting(cast.officer):
            return in_hand(move(matter, "answer", by=cast.officer, data=reply), cast.officer)
    matter = answered(matter, cast.officer)
    all_said(matter, cast.officer)
    with clock.at(clock.now() + timedelta(days=60)), acting(cast.officehead):
        return move(matter, "close", by=cast.officehead)


def approved(cast: Any, *matters: Matter) -> Any:
    """A list of these matters, proposed by the office head and approved by two others, in 2040."""
    found = lists.propose(cast.officehead, [f"matters.matter:{one.pk}" for one in matters])
    lists.decide(found.pk, by=cast.officehead2, agree=True)
    return lists.decide(found.pk, by=cast.leader, agree=True)


def destroyed(cast: Any, *matters: Matter) -> Any:
    """The same, carried out."""
    found = approved(cast, *matters)
    lists.start(found.pk, by=cast.officehead)
    with acting(None, "执行销毁清册"):
        destroying.run(register.rows(clock.today(), [found.pk]))
    found.refresh_from_db()
    return found
