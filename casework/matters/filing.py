"""Several files at once, withdrawing one with a reason, and sweeping up what no row names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from casework.matters.attaching import VERB, attach, may_attach, stored_paths
from casework.matters.models import Approval, ImportJob, Letter, Matter, MatterFile
from casework.matters.moving import log_move, taken_up
from casework.matters.permissions import heads_lead, heads_office
from office.clock import today
from office.history import because
from office.private_files import sweep


@dataclass(frozen=True)
class Refused:
    """The n-th file of an upload was not taken; why, in words. Its name is personal and not kept."""

    n: int
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
    for n, upload in enumerate(uploads, 1):
        try:
            filed.kept.append(attach(matter, upload, by=by))
        except ValidationError as error:
            filed.refused.append(Refused(n, "".join(error.messages)))
    return filed


def may_withdraw(user: Any, file: MatterFile) -> bool:
    """Whoever answers for the file or the matter may mark it as withdrawn, while the matter is open:
    its uploader, the officer, the head of the lead unit, the office head. Support units may not.
    """
    matter = file.matter
    if file.withdrawn or not may_attach(user, matter):
        return False
    own = user.pk in (file.added_by_id, matter.officer_id)
    return own or heads_lead(user, matter) or heads_office(user)


def why_kept(file: MatterFile) -> str:
    """Why a file cannot be withdrawn now, whoever asks; "" when it can."""
    if file.withdrawn:
        return "这份材料已经撤下了。"
    if Letter.objects.filter(file=file).exists():
        return "这是已经签发的文书，不能撤下。有错的，请在“文书”里更正。"
    request = Approval.objects.filter(evidence=file, decision="").first()
    if request is not None:
        what = request.get_act_display()
        return f"这份材料是“{what}”申请的凭据，审批之前不能撤下。请等这项申请审批完。"
    return ""


def withdraw(file: MatterFile, *, by: Any, reason: str) -> None:
    """Mark a file as withdrawn; it stays readable for the entitled and in the history.

    Raises ValidationError without a reason, when it was withdrawn before or an open request rests
    on it, PermissionDenied or Matter.DoesNotExist as `moving.move` does.
    """
    with transaction.atomic():
        matter = taken_up(file.matter, by)
        row = matter.files.select_for_update().get(pk=file.pk)
        row.matter = matter
        if why := why_kept(row):
            raise ValidationError(why)
        if not may_withdraw(by, row):
            raise PermissionDenied
        if not reason.strip():
            raise ValidationError({"reason": "请写明撤下的理由，例如：传错了事项。"})
        row.withdrawn = True
        with because("撤下材料"):
            row.save()
        log_move(
            matter, "take_off", by=by, on=today(), source=matter.state, verb=VERB,
            summary=f"第 {row.pk} 号材料", note=reason.strip(),
        )  # fmt: skip


def known_paths() -> Iterable[str]:
    """Paths of all stored files that a row of this room names: attachments and ledgers."""
    yield from stored_paths()
    yield from ImportJob.objects.values_list("path", flat=True).iterator()


def sweep_files(moment: datetime) -> int:
    """Remove stored files that no row names, a day after they were written; returns how many."""
    return sweep(known_paths(), moment)
