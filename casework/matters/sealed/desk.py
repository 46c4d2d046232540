"""What the custodians' desk and the sealed record show: rows in words, never content unlooked."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from casework.matters.models import (
    Custody,
    HandOver,
    HandOverLine,
    Matter,
    MatterFile,
    SealedLetter,
)
from casework.matters.sealed.holding import in_keeping
from casework.matters.states import State
from office.attachments import KINDS
from office.clock import today

LISTS = 50  # lists the desk shows; older ones are reached through their matters


@dataclass(frozen=True)
class Kept:
    """A sealed matter that waits: its outside, and the list it is on already (None: on none).

    readable: whether this person may see the list; one with a matter they stay out of they may not.
    """

    matter: Matter
    letter: SealedLetter | None
    listed: HandOver | None
    readable: bool = False


def kept_lines(user: Any) -> list[Kept]:
    """What waits in this person's keeping, the most urgent first."""
    rows = Matter.objects.visible_to(user).filter(sealed=True, state=State.SEALED)
    matters = list(rows.order_by("due_on", "number"))
    letters = {row.matter_id: row for row in SealedLetter.objects.filter(matter__in=matters)}
    lines = HandOverLine.objects.filter(
        matter__in=matters, hand_over__in=HandOver.objects.running()
    )
    listed = {line.matter_id: line.hand_over for line in lines.select_related("hand_over__body")}
    seen = set(HandOver.objects.visible_to(user).running().values_list("pk", flat=True))
    return [
        Kept(row, letters.get(row.pk), on := listed.get(row.pk), bool(on and on.pk in seen))
        for row in matters
    ]


def lists_of(user: Any) -> QuerySet:
    """The newest lists this person may see, with how many matters stand on each."""
    rows = HandOver.objects.visible_to(user).select_related("body", "made_by")
    return rows.annotate(count=Count("lines")).order_by("-number")[:LISTS]


def lists_with(matter: Matter, user: Any) -> QuerySet:
    """The lists a matter stands or stood on, the newest first."""
    rows = HandOver.objects.visible_to(user).filter(lines__matter=matter)
    return rows.select_related("body").order_by("-number")


def content_open(matter: Matter) -> bool:
    """Whether what a sealed matter says can still be opened here: until it is handed over."""
    return matter.state == State.SEALED and matter.destroyed_at is None


def custody_story(matter: Matter) -> list[Custody]:
    """Everybody who keeps or kept a matter, in the order in which they began."""
    rows = Custody.objects.filter(matter=matter).select_related("user")
    return list(rows.order_by("since", "pk"))


def keepers_told(matter: Matter) -> str:
    """Why fewer than two people can act on a matter, and what to do; "" when two can."""
    found = in_keeping(matter, today())
    if len(found) >= 2:
        return ""
    if not found:
        return "现在没有保管人能办这件，请报街道领导指定密件保管人。"
    return f"只有{found[0]}一人保管，要两个人办的事（更正日期、作废清单）办不了，请报街道领导再指定一位。"


@dataclass(frozen=True)
class FileOf:
    """A file by its place among the matter's own, as its key says nothing: 第 2 号材料."""

    pk: int
    name: str
    kind: str
    size: int
    added: MatterFile


def files_of_sealed(matter: Matter, names: bool) -> list[FileOf]:
    """The files in the order in which they came; their names only when `names`, after a look."""
    found = []
    rows = matter.files.select_related("added_by").order_by("added_at", "path")
    for n, row in enumerate(rows, 1):
        row.matter = matter
        name = row.text("name") if names else f"第 {n} 号材料"
        found.append(FileOf(row.pk, name, KINDS.get(row.kind, ("文件", False))[0], row.size, row))
    return found


def file_number(file: MatterFile) -> int:
    """What a file is called by: its key, or for a sealed matter its place among the others."""
    if not file.matter.sealed:
        return file.pk
    rows = file.matter.files.order_by("added_at", "path").values_list("pk", flat=True)
    return list(rows).index(file.pk) + 1
