"""What somebody was told: (kind, title) of the bell, in the order it was put there."""

from typing import Any

from office.models import Delivery
from office.outbox.kinds import Channel


def heard(person: Any, kind: str = "") -> list[str]:
    """Titles in the bell of a person, of one kind or of all."""
    rows = Delivery.objects.filter(person=person, channel=Channel.BELL).order_by("pk")
    if kind:
        rows = rows.filter(notice__kind=kind)
    return list(rows.values_list("title", flat=True))


def words(person: Any, kind: str) -> str:
    """The newest words of a kind in the bell of a person."""
    rows = Delivery.objects.filter(person=person, channel=Channel.BELL, notice__kind=kind)
    return rows.latest("pk").words


def messages() -> list[Any]:
    """Text messages that wait for residents, oldest first."""
    rows = Delivery.objects.filter(channel=Channel.SMS, person=None).select_related("notice")
    return list(rows.order_by("pk"))
