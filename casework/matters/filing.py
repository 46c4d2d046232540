"""Several files at once, withdrawing one with a reason, and sweeping up what no row names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from casework.matters.attaching import VERB, attach, may_attach, stored_paths
from casework.matters.models import ImportJob, Matter, MatterFile
from casework.matters.moving import locked, log_move
from office.attachments import sweep
from office.clock import today
from office.history import because


@dataclass(frozen=True)
class Refused:
    """A file that was not taken, and why, in words."""

    name: str
    why: str


@dataclass(frozen=True)
class Filed:
    """What became of an upload of several files."""

    kept: list[MatterFile]
    refused: list[Refused]


def attach_each(matter: Matter, uploads: Sequence[UploadedFile], *, by: Any) -> Filed:
    """Store uploads one by one; one that is refused does not take the others along.

    Raises PermissionDenied and Matter.DoesNotExist as `attaching.attach` does.
    """
    filed = Filed([], [])
    for upload in uploads:
        try:
            filed.kept.append(attach(matter, upload, by=by))
        except ValidationError as error:
            filed.refused.append(Refused(upload.name or "文件", "".join(error.messages)))
    return filed


def may_withdraw(user: Any, file: MatterFile) -> bool:
    """Whoever may add files may mark one as withdrawn, once."""
    return not file.withdrawn and may_attach(user, file.matter)


def withdraw(file: MatterFile, *, by: Any, reason: str) -> None:
    """Mark a file as withdrawn; it stays readable for the entitled and in the history.

    Raises ValidationError without a reason or when it was withdrawn before, PermissionDenied or
    Matter.DoesNotExist as `moving.move` does.
    """
    with transaction.atomic():
        matter = locked(file.matter, by)
        if not may_attach(by, matter):
            raise PermissionDenied
        if not reason.strip():
            raise ValidationError({"reason": "请写明撤下的理由，例如：传错了事项。"})
        row = matter.files.select_for_update().get(pk=file.pk)
        if row.withdrawn:
            raise ValidationError("这份材料已经撤下了。")
        row.withdrawn = True
        with because("撤下材料"):
            row.save()
        log_move(
            matter, "withdraw", by=by, on=today(), source=matter.state, verb=VERB,
            summary=f"第 {row.pk} 号材料", note=reason.strip(),
        )  # fmt: skip


def known_paths() -> Iterable[str]:
    """Paths of all stored files that a row of this room names: attachments and ledgers."""
    yield from stored_paths()
    yield from ImportJob.objects.values_list("path", flat=True).iterator()


def sweep_files(moment: datetime) -> int:
    """Remove stored files that no row names, a day after they were written; returns how many."""
    return sweep(known_paths(), moment)
