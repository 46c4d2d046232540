"""What of 三到位一处理 is said and proved in the present round, and what closing waits for (art. 27)."""

from datetime import date
from typing import Any

from casework.matters.lifecycle import Rule
from casework.matters.models import FourPart, Matter, MatterFile
from casework.matters.states import Outcome, Path
from office.limits import limit

ARTICLE = "《信访工作条例》第二十七条"


def said_of(matter: Matter) -> dict[str, FourPart]:
    """What is said in the present round: part → row."""
    rows = matter.four_parts.filter(round=matter.round).select_related("by")
    return {row.part: row for row in rows}


def evidence_of(row: FourPart) -> list[MatterFile]:
    """The files a part rests on now."""
    kept = row.evidence.filter(dropped=False).order_by("pk").values("file")
    return list(MatterFile.objects.filter(pk__in=kept).order_by("pk"))


def gate(matter: Matter, rule: Rule, on: date, data: Any, by: Any) -> str:
    """Why a matter of the petition procedure cannot be closed: the four parts are not all said.

    Neither a settlement (art. 33) nor simplified handling owes them; an office may switch it off.
    """
    if matter.path != Path.PETITION or matter.fast or not limit("four_parts"):
        return ""
    outcome = matter.opinions.order_by("-pk").values_list("outcome", flat=True).first()
    if outcome is None or outcome == Outcome.MEDIATED:
        return ""
    lacking = missing(matter)
    if not lacking:
        return ""
    return (
        f"办结前请先填“三到位一处理”（{ARTICLE}）。还没有填：{'、'.join(lacking)}。"
        "在事项页的“三到位一处理”里填，适用的附佐证材料。"
    )


def missing(matter: Matter) -> list[str]:
    """Labels of the parts of which nothing is said in this round, or whose proof was withdrawn."""
    said = said_of(matter)
    return [part.label for part in FourPart.Part if part not in said or _unproved(said[part])]


def _unproved(row: FourPart) -> bool:
    kept = row.evidence.filter(dropped=False, file__withdrawn=False)
    return row.applies and not kept.exists()
