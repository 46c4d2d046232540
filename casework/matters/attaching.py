"""Attaching files to a matter: checked and stored first, then their rows."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from casework.matters.models import Matter, MatterFile
from casework.matters.moving import locked, log_move
from casework.matters.permissions import may
from casework.matters.states import State
from office import attachments
from office.clock import now, today
from office.history import because

VERB = "matters.attach_file"


def may_attach(user: Any, matter: Matter) -> bool:
    """Files can be added to any matter one may act on; a sealed letter stays unopened."""
    return matter.state not in (State.VOID, State.HANDED_OVER, State.SEALED) and may(
        user, matter, VERB
    )


def attach(matter: Matter, upload: UploadedFile, *, by: Any) -> MatterFile:
    """Store one upload and its row. Raises ValidationError (Chinese) when it is not accepted,
    PermissionDenied or Matter.DoesNotExist as `moving.move` does.
    """
    if not may_attach(by, matter):
        raise PermissionDenied
    stored = attachments.store(upload, matter.data_key)
    with transaction.atomic():
        matter = locked(matter, by)
        if matter.files.filter(withdrawn=False).count() >= attachments.MOST:
            raise ValidationError(f"一件事项最多 {attachments.MOST} 份材料，请合并后再传。")
        row = MatterFile(
            matter=matter,
            path=stored.path,
            kind=stored.kind,
            size=stored.size,
            sha256=stored.sha256,
            added_by=by,
            added_at=now(),
        )
        row.put("name", attachments.proper_name(upload.name or "", stored.kind))
        with because("添加材料"):
            row.save()
        kind = attachments.KINDS[stored.kind][0]
        log_move(matter, "attach", by=by, on=today(), source=matter.state, summary=kind, verb=VERB)
    return row


def stored_paths() -> Sequence[str]:
    """Paths of all files the room knows: what the sweep of orphans must keep."""
    return list(MatterFile.objects.values_list("path", flat=True))
