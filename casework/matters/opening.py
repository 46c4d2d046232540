"""Opening what is personal in a matter: whose task it is, and for how long one look holds.

A look is written before anything is shown (design §5). For one's own task its purpose follows from
the task; everybody else states one (practice §3). One look holds for a quarter of an hour, so that
reading a record while working on it is one row of the ledger and not ten.
"""

from datetime import datetime, timedelta
from typing import Any

from casework.matters.models import Matter, MatterFile
from office.looks import log_look
from office.models import Look
from office.posts import post_for

HOLDS = timedelta(minutes=15)
PEOPLE, TEXTS, RECEIPT = "信访人信息", "诉求与经过", "回执（含查询码）"
BOTH = (PEOPLE, TEXTS)
READ = "matters.view_matter"


def file_label(file: MatterFile) -> str:
    """What the look ledger calls a file: its name is personal and stays in the vault."""
    return f"材料{file.pk}"


def task_of(user: Any, matter: Matter) -> str:
    """The task for which this person needs the data of this matter; "" when it is not theirs."""
    if matter.officer_id == user.pk and matter.is_open:
        return "承办本事项"
    entered = matter.registered_by_id == user.pk and not matter.complete and matter.is_open
    if entered and matter.links.filter(item__registered_by=user).exists():
        return "补全本人登记的事项"
    return ""


def open_until(user: Any, matter: Matter, at: datetime) -> dict[str, datetime]:
    """What this person opened lately and until when it stays open: label → moment."""
    rows = Look.objects.filter(
        kind=matter._meta.label_lower, object_id=matter.pk, person=user, at__gt=at - HOLDS
    )
    return {look.what: look.at + HOLDS for look in rows.order_by("id")}


def open_by_task(user: Any, matter: Matter, at: datetime, *whats: str) -> dict[str, datetime]:
    """`open_until`, after looks that follow from the person's own task have been written."""
    opened = open_until(user, matter, at)
    purpose = task_of(user, matter)
    for what in whats:
        if purpose and what not in opened:
            opened[what] = open_for(user, matter, what, purpose) + HOLDS
    return opened


def open_for(user: Any, matter: Matter, what: str, purpose: str) -> datetime:
    """Write the look and return its moment. Raises ValidationError without a purpose."""
    return log_look(
        user, matter, what, purpose=purpose, post=post_for(user, READ), sealed=matter.sealed
    ).at
