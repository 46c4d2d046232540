"""补登: what was entered days after it had come in is told of, and listed for auditors."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from casework.matters.models import LateEntry, Matter, StatutoryPath
from office.limits import limit

AUDIT = "office.view_change"


def days_late(received_on: date, moment: datetime) -> int:
    """Days between receipt and entry, 0 when it was entered on the day."""
    return max((timezone.localdate(moment) - received_on).days, 0)


def gap(received_on: date, reason: str, moment: datetime) -> dict[str, str]:
    """What is missing of an arrival that came in long ago: field → sentence."""
    most, late = limit("late_entry_days"), days_late(received_on, moment)
    if late <= most or reason.strip():
        return {}
    return {
        "late_reason": f"收到已经 {late} 天才登记（不超过 {most} 天不用说明），请写明为什么晚登。"
        "审计员会看到。"
    }


def note_late(matter: Matter, reason: str) -> None:
    """Keep how late a matter was entered, and why; nothing when it was in time."""
    late = days_late(matter.received_on, matter.registered_at)
    if matter.sealed or not reason.strip() or late <= limit("late_entry_days"):
        return
    row = LateEntry(matter=matter, days=late, entered_on=timezone.localdate(matter.registered_at))
    row.put("reason", reason.strip())
    row.save()


def entries(user: Any) -> QuerySet:
    """Late entries of the matters a person may see, the newest first."""
    seen = Matter.objects.visible_to(user).values("pk")
    return LateEntry.objects.filter(matter__in=seen).select_related("matter__registered_by")


def reroutings(user: Any) -> QuerySet:
    """Matters led elsewhere when their limit was about to end, or had: the newest first."""
    seen = Matter.objects.visible_to(user).values("pk")
    rows = StatutoryPath.objects.filter(matter__in=seen, days_left__lte=limit("reroute_days"))
    return rows.select_related("matter", "move__actor").order_by("-since", "-pk")
