"""清除痕迹: a file of a matter once more, without author, remarks and changes; the original stays."""

import hashlib
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters.attaching import VERB, may_attach, told_of
from casework.matters.filing import may_withdraw, why_kept, withdraw
from casework.matters.models import Matter, MatterFile
from casework.matters.moving import log_move, taken_up
from casework.matters.sealed.keys import key_for
from office import attachments
from office.clock import now, today
from office.history import because
from office.metadata import CannotClean, Examined, cleaned, examined, family_of
from office.private_files import load, put

_REASON = "清除材料里的痕迹"


def may_clean(user: Any, file: MatterFile) -> bool:
    """Whoever may add files to the open matter; photos lost their traces on the way in, and a signed
    letter stays the one file it is.
    """
    own = file.matter.sealed or file.withdrawn or family_of(file.kind) not in ("office", "pdf")
    return not own and not hasattr(file, "letter") and may_attach(user, file.matter)


def traces_of(file: MatterFile) -> Examined:
    """What the file tells beside its content; read by whoever has it open. Raises as `load` does."""
    if family_of(file.kind) == "photo":
        return Examined()
    return examined(load(file.path, file.matter.data_key), file.kind)


def clean(file: MatterFile, *, by: Any, instead: bool = False) -> MatterFile:
    """Store the file without its traces beside the original; both hashes stand in their rows.

    instead: the original is marked as withdrawn in the same act. Raises ValidationError (Chinese) for
    what cannot be cleaned, PermissionDenied or Matter.DoesNotExist as `moving.move` does.
    """
    if not may_clean(by, file) or (instead and not may_withdraw(by, file)):
        raise PermissionDenied
    if instead and (why := why_kept(file)):
        raise ValidationError(why)
    try:
        done = cleaned(load(file.path, file.matter.data_key), file.kind)
    except CannotClean as error:
        raise ValidationError(str(error)) from error
    if not done.removed:
        raise ValidationError("这份材料里没有查到痕迹，不用清除。")
    path = put(done.data, file.matter.data_key)
    with transaction.atomic():
        matter = taken_up(file.matter, by)
        if not may_attach(by, matter):
            raise PermissionDenied
        if matter.files.filter(withdrawn=False, letter=None).count() >= attachments.MOST + instead:
            raise ValidationError(f"一件事项最多 {attachments.MOST} 份材料，请先撤下不用的。")
        row = _version(file, matter, path, done.data, by)
        row.removed = told_of(done.removed)
        with because(_REASON):
            row.save()
        log_move(
            matter, "attach", by=by, on=today(), source=matter.state, verb=VERB,
            summary=f"第 {file.pk} 号材料清除痕迹后的一份",
        )  # fmt: skip
        if instead:
            withdraw(file, by=by, reason=f"{_REASON}，改用清除后的一份")
    return row


def _version(file: MatterFile, matter: Matter, path: str, data: bytes, by: Any) -> MatterFile:
    row = MatterFile(
        pk=key_for(matter.sealed),
        matter=matter,
        path=path,
        kind=file.kind,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        original=file,
        added_by=by,
        added_at=now(),
    )
    row.put("name", file.unlocked("name"))
    return row
