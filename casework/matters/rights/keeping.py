"""How long a matter is kept, and by which posts it was opened: told to the person it is about."""

from casework.matters.models import Matter
from office.look_reading import looks_of
from office.retention.classes import label

NOT_ENDED = "办结时按档案保管规定确定期限；没有办结，不能删除。"


def kept(matter: Matter) -> str:
    """The retention of a matter in a sentence."""
    if not matter.retention:
        return NOT_ENDED
    until = f"，保管到 {matter.keep_until:%Y-%m-%d}" if matter.keep_until else ""
    return f"{label(matter.retention)}{until}。保管期满前依法不能删除。"


def openers(matter: Matter) -> list[tuple[str, str, str]]:
    """(day, post, what) of every opening, oldest first; never the name of who opened."""
    found = looks_of("matters.matter", [matter.pk])
    return [
        (
            f"{row.day:%Y-%m-%d}",
            row.post,
            f"{row.what}（{row.purpose}）" if row.purpose else row.what,
        )
        for row in reversed(found)
    ]
