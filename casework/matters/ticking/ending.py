"""What ends by itself: a matter whose window lapsed with nobody having asked for a review.

The regulation is silent on what follows then, so the office head closes such a matter; under rules
that call it ended (domain §2.3, the setting `lapse`) nobody decides anything and the clock closes it.
One that lacks something (a promise, the four parts) waits for people all the same, and so does one
whose last day is provisional (暂定): the calendar may still move it.
"""

import logging
from collections.abc import Callable
from datetime import date

from django.db import InterfaceError, OperationalError

from casework.matters.models import Clock, RuleProfile
from casework.matters.moving import happen
from casework.matters.opinions import WINDOWS
from casework.matters.profiles import setting_of
from office.calendar import known_years
from office.history import acting
from office.workdays import is_provisional

_BITE = 50  # matters between two signs of life
_LABEL = "期满办结"
log = logging.getLogger(__name__)
_TOLD = "：期满没有人申请，按规则方案即为终结"


def end_lapsed(day: date, alive: Callable[[], None]) -> None:
    """Close what the rules call ended before `day`, dated that day.

    Each is a transaction of its own, so that a killed pass loses nothing and one that cannot be closed
    keeps no other open. alive: called now and then. Raises OperationalError or InterfaceError when the
    database does not answer.
    """
    approved = RuleProfile.objects.filter(stage=RuleProfile.Stage.APPROVED)
    ending = [profile.pk for profile in approved if setting_of(profile, "lapse") == "final"]
    if not ending:
        return
    rows = Clock.objects.filter(
        status=Clock.Status.RUNNING, kind__in=WINDOWS, due_on__lt=day,
        matter__profile__in=ending, matter__sealed=False, matter__destroyed_at=None,
    )  # fmt: skip
    after, years = 0, known_years()
    while some := list(rows.filter(pk__gt=after).order_by("pk")[:_BITE]):
        with acting(None, _LABEL):
            for clock in some:
                if not (clock.by_calendar and is_provisional(clock.start_on, clock.due_on, years)):
                    _close(clock.matter_id, day)
        alive()
        after = some[-1].pk


def _close(matter: int, day: date) -> None:
    try:
        happen(matter, "close", on=day, told=_TOLD)
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # looked at again the next day
        log.exception("matter %s was not closed", matter)
