"""What is said of repeats, of those who come together and of talks that are offered."""

from datetime import time
from typing import Any

from casework.matters.models import Matter
from casework.matters.moving import move
from casework.matters.repeats import deciding, visiting
from casework.matters.repeats.visiting import Visit
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import arrive


def plant(planting: Any) -> None:
    """Two came again on line: one is the same matter and is taken out later, one is not the same."""
    text, clerk = planting.marks.text, planting.cast.registrar
    to = Matter.objects.get(pk=planting.matter.pk)
    crowd = Visit(
        today(), time(9, 30), None, 6, 2, text("matters.groupvisit.place"),
        text("matters.groupvisit.note"),
    )  # fmt: skip
    same, other = (arrive(clerk, channel="online", people=[])[1][0] for _ in range(2))
    with acting(clerk):
        reason = text("matters.matterlink.reason")
        deciding.merge(same, to, kind="repeat", reason=reason, by=clerk)
        note = text("matters.talkoffer.note")
        visiting.offer(same, by=clerk, on=today(), meet_on=today(), note=note)
        undone = text("matters.matterlink.undone_reason")
        move(same, "unmerge", by=clerk, data={"note": undone})
        deciding.different(other, to, reason=text("matters.notrepeat.reason"), by=clerk)
        visiting.note_visit(same, crowd, by=clerk)
