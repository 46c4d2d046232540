"""Quiet hours: mail and text messages wait until they are over, the bell does not."""

from datetime import datetime, timedelta

from django.utils.timezone import localtime

from office.limits import limits
from office.models import NoticeChoice


def quiet_until(moment: datetime, start: int, end: int) -> datetime | None:
    """When the quiet hours end in which `moment` lies; None outside them.

    start, end: hours 0–23 of local time; over midnight when start is later; the same: never quiet.
    """
    here = localtime(moment)
    within = start <= here.hour < end if start < end else here.hour >= start or here.hour < end
    if start == end or not within:
        return None
    over = here.replace(hour=end, minute=0, second=0, microsecond=0)
    return over if over > here else over + timedelta(days=1)


def hours_for(person_id: int | None) -> tuple[int, int]:
    """The quiet hours of a person of the office, of residents (None) the office's own."""
    own = NoticeChoice.objects.filter(person_id=person_id).first() if person_id else None
    if own and own.quiet_from is not None and own.quiet_until is not None:
        return own.quiet_from, own.quiet_until
    here = limits("quiet_from", "quiet_until")
    return here["quiet_from"], here["quiet_until"]
