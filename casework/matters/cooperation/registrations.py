"""What co-operation tells the kernel and the room: home panels, and what holds a destruction up."""

from collections.abc import Iterable
from datetime import date

from casework.matters.cooperation.panels import panels_for
from casework.matters.destruction import HINDRANCES
from casework.matters.models import OutsideLetter, Supervision, SupportTask, UrgentReport
from office import registries


def still_open(ids: Iterable[int], on: date) -> dict[int, str]:
    """Matters about which somebody still owes an answer: they are not destroyed."""
    keys = list(ids)
    asked = [
        (SupportTask.objects.filter(stage=SupportTask.Stage.ASKED), "协办没有答复"),
        (OutsideLetter.objects.filter(stage=OutsideLetter.Stage.SENT), "在等外单位复函"),
        (UrgentReport.objects.filter(ended_at=None), "重大紧急报告没有结束"),
        (Supervision.objects.filter(ended_on=None), "督办没有结束"),
    ]
    found: dict[int, str] = {}
    for rows, why in asked:
        found |= dict.fromkeys(rows.filter(matter__in=keys).values_list("matter", flat=True), why)
    return found


registries.home_panels.append(panels_for)
HINDRANCES.append(still_open)
