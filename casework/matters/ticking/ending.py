"""What ends by itself: a matter whose window lapsed with nobody having asked for a review.

The regulation is silent on what follows then, so the office head closes such a matter; under rules
that call it ended (domain §2.3, the setting `lapse`) nobody decides anything and the clock closes it.
One that lacks something (a promise, the four parts) waits for people all the same.
"""

from collections.abc import Callable
from datetime import date

from casework.matters.models import Clock, RuleProfile
from casework.matters.moving import happen
from casework.matters.opinions import WINDOWS
from casework.matters.profiles import setting_of
from office.history import acting

_BITE = 50  # matters between two signs of life
_LABEL = "期满办结"
_TOLD = "：期满没有人申请，按规则方案即为终结"


def end_lapsed(day: date, alive: Callable[[], None]) -> None:
    """Close what the rules call ended before `day`, dated that day.

    Each is a transaction of its own, so that a killed pass loses nothing. alive: called now and then.
    """
    approved = RuleProfile.objects.filter(stage=RuleProfile.Stage.APPROVED)
    ending = [profile.pk for profile in approved if setting_of(profile, "lapse") == "final"]
    if not ending:
        return 0
    rows = Clock.objects.filter(
        status=Clock.Status.RUNNING, kind__in=WINDOWS, due_on__lt=day,
        matter__profile__in=ending, matter__sealed=False, matter__destroyed_at=None,
    )  # fmt: skip
    facts, after = rows.order_by("pk").values_list("pk", "matter"), 0
    while some := list(facts.filter(pk__gt=after)[:_BITE]):
        with acting(None, _LABEL):
            for _, matter in some:
                happen(matter, "close", on=day, told=_TOLD)
        alive()
        after = some[-1][0]
