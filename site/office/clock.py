"""The one place that asks what time it is. Rules take `on` or `now` as an argument instead."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("office_clock", default=None)


def now() -> datetime:
    """The present moment, aware."""
    return _told.get() or timezone.now()


def today() -> date:
    """Today's date in Asia/Shanghai."""
    return timezone.localdate(now())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let everything inside the block happen at `moment` (aware): demo data and tests."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
