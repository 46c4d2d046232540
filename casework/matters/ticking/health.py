"""Whether the clock still works by itself: a line of the health page."""

from datetime import datetime, timedelta

from django.utils import timezone

from casework.matters.ticking.passing import LABEL, NAME
from office.health import Line, State
from office.models import Tick

_SILENT = timedelta(hours=1)
_REMEDY = "（请检查 manage.py work，或每分钟运行一次 manage.py tick）"


def lines(now: datetime) -> list[Line]:
    """When a pass was last whole."""
    done = Tick.objects.filter(name=NAME).values_list("done_at", flat=True).first()
    if done is None:
        return [Line(LABEL, State.WARN, f"期限提醒还没有走完过一遍{_REMEDY}。")]
    told = f"期限提醒上次走完一遍是 {timezone.localtime(done):%Y-%m-%d %H:%M}"
    if now - done > _SILENT:
        return [Line(LABEL, State.WARN, f"{told}，已超过一小时{_REMEDY}。")]
    return [Line(LABEL, State.OK, f"{told}。")]
