"""Attaching files to a matter: checked and stored first, then their rows."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from casework.matters.models import HandOver, Matter, MatterFile
from casework.matters.moving import locked, log_move
from casework.matters.permissions import may
from casework.matters.sealed.keys import key_for
from casework.matters.states import State
from office import attachments
from office.clock import now, today
from office.history import because

VERB = "matters.attach_file"
_ENTER_SEALED, _KEEP_SEALED = "matters.enter_sealed", "matters.hand_over_sealed"
_OVER = frozenset({State.CLOSED, State.ARCHIVED, State.VOID, State.HANDED_OVER, State.SEALED})

#: said of a file for what lies in the archive
ARCHIVED = (
    "这件事项已经归档，不能再添加材料。化解、回访的凭据请在“记录化解”里上传；要补办理材料的，"
    "先恢复办理，把卷调出来。"
)


def may_attach(user: Any, matter: Matter, *, proof: bool = False) -> bool:
    """Files can be added to a matter one may act on until it is closed; to a sealed one never.

    proof: the file goes with a request to correct the received date, which a closed matter takes
    and, from its custodians, a sealed one that was not handed over.
    """
    if matter.sealed:
        return proof and matter.state == State.SEALED and may(user, matter, _KEEP_SEALED)
    over = _OVER - {State.CLOSED} if proof else _OVER
    return matter.state not in over and may(user, matter, VERB)


def may_prove(user: Any, matter: Matter) -> bool:
    """Proof of what became of a matter comes in after its end too, the archive included."""
    return not matter.sealed and matter.state != State.VOID and may(user, matter, VERB)


def attach_proof(matter: Matter, upload: UploadedFile, *, by: Any) -> MatterFile:
    """Store what proves a resolution or was signed on paper. Raises as `attach` does."""
    return _attach(matter, upload, by, VERB, may_prove)


def may_enclose(user: Any, matter: Matter) -> bool:
    """Whoever types in a class B matter stores what came with it, in the same act."""
    entered = matter.registered_by_id is not None and matter.registered_by_id == user.pk
    return entered and matter.state == State.SEALED and may(user, matter, _ENTER_SEALED)


def enclose(matter: Matter, upload: UploadedFile, *, by: Any) -> MatterFile:
    """Store what came with a class B matter whose content is typed in. Raises as `attach` does."""
    return _attach(matter, upload, by, _ENTER_SEALED, may_enclose)


def attach(matter: Matter, upload: UploadedFile, *, by: Any, proof: bool = False) -> MatterFile:
    """Store one upload and its row; `proof` as in `may_attach`. Raises ValidationError (Chinese)
    when it is not accepted, PermissionDenied or Matter.DoesNotExist as `moving.move` does.
    """
    verb = _KEEP_SEALED if matter.sealed else VERB
    return _attach(matter, upload, by, verb, partial(may_attach, proof=proof))


def _attach(
    matter: Matter, upload: UploadedFile, by: Any, verb: str, allowed: Callable[[Any, Matter], bool]
) -> MatterFile:
    if not allowed(by, matter):
        if matter.state == State.ARCHIVED and not matter.sealed and may(by, matter, verb):
            raise ValidationError(ARCHIVED)
        raise PermissionDenied
    stored = attachments.store(upload, matter.data_key)
    with transaction.atomic():
        matter = locked(matter, by)
        if not allowed(by, matter):  # it may have been closed meanwhile
            raise PermissionDenied
        if matter.files.filter(withdrawn=False, letter=None).count() >= attachments.MOST:
            raise ValidationError(f"一件事项最多 {attachments.MOST} 份材料，请合并后再传。")
        row = MatterFile(
            pk=key_for(matter.sealed),
            matter=matter,
            path=stored.path,
            kind=stored.kind,
            size=stored.size,
            sha256=stored.sha256,
            received_sha256=stored.received_sha256,
            removed=told_of(stored.removed),
            added_by=by,
            added_at=now(),
        )
        row.warnings = stored.warnings
        row.put("name", attachments.proper_name(upload.name or "", stored.kind))
        with because("添加材料"):
            row.save()
        kind = attachments.KINDS[stored.kind][0]
        log_move(matter, "attach", by=by, on=today(), source=matter.state, summary=kind, verb=verb)
    return row


def told_of(labels: Sequence[str]) -> str:
    """The kinds of traces taken out of a file, as its row keeps them."""
    return "、".join(labels)[: MatterFile._meta.get_field("removed").max_length]


def stored_paths() -> Sequence[str]:
    """Paths of all files the room knows: what the sweep of orphans must keep."""
    signed = HandOver.objects.exclude(path="").values_list("path", flat=True)
    return [*MatterFile.objects.values_list("path", flat=True), *signed]
