"""归档: the file of a closed matter, its number, its table of contents and its cover (domain §2.6).

A number is drawn once a matter and kept; archiving it again after it was taken out makes a new edition
of the table of contents and leaves the former one as it was.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from casework.matters.models import ArchiveFile, ArchiveLine, Document, Matter, MatterFile
from casework.matters.sealed.keys import key_for
from casework.matters.table import LABELS
from casework.matters.terms import give_term
from office.attachments import KINDS
from office.clock import now
from office.history import because
from office.numbers import draw

VERB = "matters.archive_matter"
SERIES = "AJ"
What = ArchiveLine.What
#: moves that are no part of the story on paper: what they did stands in the table itself
_NOT_LISTED = ("attach", "take_off", "archive", "issue_letter")
_MOST_PAGES = 2000


@dataclass(frozen=True)
class Entry:
    """What lies in the file: a document, an attachment or an act, as a line of 卷内目录.

    key: "document-7", "file-12", "move-30"; pages: None where nobody has counted yet.
    """

    key: str
    what: str
    title: str
    on: date
    number: str = ""
    responsible: str = ""
    pages: int | None = None
    file: MatterFile | None = None


def why_not_yet(matter: Matter) -> str:
    """Why a closed matter cannot be archived yet; "" when it can."""
    if matter.approvals.filter(decision="").exists():
        return f"{matter.number} 还有申请等待审批，审批完再归档。"
    denied = matter.paper_signatures.filter(answer="denied", settled_on=None)
    if denied.exists():
        return f"{matter.number} 有领导说不属实的纸质签批，先查明再归档。"
    return ""


def contents_of(matter: Matter) -> list[Entry]:
    """What lies in the file of a matter, documents (with their letters) and attachments by day, then the acts."""
    papers = sorted([*_documents(matter), *_files(matter)], key=lambda entry: (entry.on, entry.key))
    return [*papers, *_moves(matter)]


def _documents(matter: Matter) -> Iterator[Entry]:
    for row in Document.objects.filter(matter=matter).order_by("pk"):
        yield Entry(
            f"document-{row.pk}", What.DOCUMENT, row.get_kind_display(), row.issued_on,
            row.number, row.body_name[:60],
        )  # fmt: skip


def _files(matter: Matter) -> Iterator[Entry]:
    for row in (
        matter.files.filter(withdrawn=False, letter=None).select_related("added_by").order_by("pk")
    ):
        kind = KINDS.get(row.kind, ("文件", False))[0]
        yield Entry(
            f"file-{row.pk}", What.FILE, f"{kind}（第 {row.pk} 号材料）", localdate(row.added_at),
            responsible=str(row.added_by or ""), file=row,
            pages=1 if row.kind.startswith("image/") else None,
        )  # fmt: skip


def _moves(matter: Matter) -> Iterator[Entry]:
    rows = matter.moves.exclude(name__in=_NOT_LISTED).select_related("actor").order_by("pk")
    for row in rows:
        title = LABELS.get(row.name, row.name)
        told = f"{title}：{row.summary}" if row.summary else title
        yield Entry(
            f"move-{row.pk}", What.MOVE, told[:200], row.on, responsible=str(row.actor or "系统")
        )  # fmt: skip


def put_away(matter: Matter, *, by: Any, on: date, data: Mapping[str, Any]) -> str:
    """Make the file and the table of contents; inside the mover's transaction. Words of the move.

    data: box, where it stands; pages, key of an entry → number of pages. Raises ValidationError
    ("pages") for a number that is none.
    """
    pages = _checked(data.get("pages") or {})
    entries = contents_of(matter)
    if not matter.retention:
        give_term(matter)
    row = ArchiveFile.objects.filter(matter=matter).first()
    if row is None:
        number = f"{SERIES}{on.year}-{draw(SERIES, on.year):06d}"
        row = ArchiveFile(pk=key_for(matter.sealed), matter=matter, number=number)
    else:
        row.matter = matter
        row.edition += 1
        row.taken_out_on = row.taken_out_by = None
        row.put("note", "")
    row.archived_on, row.archived_by, row.retention = on, by, matter.retention
    row.box = str(data.get("box") or "").strip()[:40]
    with because("归档", user=by):
        row.save()
    for n, entry in enumerate(entries, 1):
        ArchiveLine(
            archive=row, edition=row.edition, n=n, what=entry.what,
            title=entry.title, number=entry.number[:60], responsible=entry.responsible[:60],
            on=entry.on, pages=pages.get(entry.key, entry.pages), file=entry.file, at=now(),
        ).save(force_insert=True)  # fmt: skip
    return f"卷 {row.number}，目录 {len(entries)} 条"


def _checked(pages: Mapping[str, Any]) -> dict[str, int]:
    """The page counts that were typed in; raises ValidationError for what is no number of pages."""
    found = {}
    for key, said in pages.items():
        text = str(said or "").strip()
        if not text:
            continue
        if not text.isdecimal() or not 1 <= int(text) <= _MOST_PAGES:
            raise ValidationError(
                {"pages": f"页数请填 1 到 {_MOST_PAGES} 的整数，不知道的留空：“{text}”不是页数。"}
            )
        found[key] = int(text)
    return found


def take_out(matter: Matter, *, by: Any, on: date, note: str) -> None:
    """The file leaves the archive because the matter is worked on again."""
    row = ArchiveFile.objects.filter(matter=matter, taken_out_on=None).first()
    if row is None:
        return
    row.matter = matter
    row.taken_out_on, row.taken_out_by = on, by
    row.put("note", note.strip())
    with because("恢复办理，调出归档卷"):
        row.save()


def lines_of(row: ArchiveFile) -> list[ArchiveLine]:
    """卷内目录 as it was when the file was archived last."""
    return list(row.lines.filter(edition=row.edition).select_related("file").order_by("n"))


def pages_of(lines: list[ArchiveLine]) -> tuple[int, int]:
    """(pages that were counted, lines on paper of which nobody counted the pages)."""
    papers = [line for line in lines if line.what != What.MOVE]
    return sum(line.pages or 0 for line in lines), sum(line.pages is None for line in papers)
