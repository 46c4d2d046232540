"""The bell: what one person was told inside the back office, and what of it is unread."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from office import registries
from office.cursors import cursor, number
from office.models import Delivery
from office.outbox.kinds import Channel
from office.outbox.reading import addresses

PER_PAGE = 50
MOST = 99  # unread ones that are counted; beyond that it says 99+
_LOG = "office.bell"


@dataclass(frozen=True)
class Ring:
    """One notice as its receiver sees it. link: "" when it leads nowhere."""

    row: Delivery
    kind: str
    link: str


@dataclass(frozen=True)
class RingPage:
    """One page of the bell, newest first; older: the cursor of the next one, "" at the end."""

    rings: list[Ring]
    older: str


def _rows(person: Any) -> Any:
    rows = Delivery.objects.filter(person_id=person.pk, channel=Channel.BELL)
    return rows.select_related("notice", "instead_of").order_by("-pk")


def _rings(person: Any, rows: list[Delivery]) -> list[Ring]:
    links = addresses(person, [row.notice for row in rows])
    return [
        Ring(row, _kind(row.notice.kind), links[row.notice_id])
        for row in rows
        if row.notice_id in links
    ]


def _kind(key: str) -> str:
    kind = registries.notices.get(key)
    return kind.label if kind else ""


def page(person: Any, before: str | None) -> RingPage:
    """The notices this person may still read, before a cursor; the newest ones without one."""
    rows, upto = _rows(person), number(_LOG, before)
    if upto is not None:
        rows = rows.filter(pk__lt=upto)
    found = list(rows[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    older = cursor(_LOG, str(shown[-1].pk)) if len(found) > PER_PAGE else ""
    return RingPage(_rings(person, shown), older)


def unread(request: HttpRequest) -> list[Ring]:
    """Unread notices, the newest `MOST` + 1 of them; read once a request."""
    found = getattr(request, "_unread_notices", None)
    if found is None:
        rows = _rows(request.user).filter(read_at=None)
        found = _rings(request.user, list(rows[: MOST + 1]))
        request._unread_notices = found  # type: ignore[attr-defined]
    return found


def count_told(request: HttpRequest) -> str:
    """How many are unread, as it is written beside the bell: "", "3", "99+"."""
    count = len(unread(request))
    return f"{MOST}+" if count > MOST else str(count or "")


def mark_read(person: Any, pk: int, moment: datetime) -> Ring | None:
    """Mark one notice as read; None when this person has none of this id, or may not read it."""
    rings = _rings(person, list(_rows(person).filter(pk=pk)))
    if not rings:
        return None
    row = rings[0].row
    if row.read_at is None:
        row.read_at = moment
        row.save(update_fields=["read_at"])
    return rings[0]


def mark_all_read(person: Any, upto: int, moment: datetime) -> None:
    """Mark all notices up to an id as read: those that came while the page was open stay."""
    rows = Delivery.objects.filter(person_id=person.pk, channel=Channel.BELL, read_at=None)
    rows.filter(pk__lte=upto).update(read_at=moment)
