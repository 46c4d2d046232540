"""转交清单: sealed matters go out on a numbered list, and only its signature hands them over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casework.matters.models import (
    Approval,
    DisciplineBody,
    HandOver,
    HandOverLine,
    Matter,
    SealedLetter,
)
from casework.matters.models.sealed import Carrier
from casework.matters.moving import as_of, locked, log_move, move
from casework.matters.queries import running
from casework.matters.sealed.bodies import unfit
from casework.matters.sealed.keys import new_id
from casework.matters.states import State
from office import attachments
from office.clock import now, today
from office.history import because
from office.numbers import draw
from office.separation import Act, Deciders, Part, refused, who_decides
from office.vault import new_data_key

VERB = "matters.hand_over_sealed"
_SERIES = "ZJ"
_ABOUT_THE_SEAL = (Approval.Act.SEAL, Approval.Act.UNSEAL)


@dataclass(frozen=True)
class Chosen:
    """A matter for the list, what carries it and how many pieces."""

    matter: Matter
    carrier: str
    pieces: int


def waiting(user: Any) -> QuerySet:
    """Sealed matters this custodian can put on a list, the earliest number first."""
    listed = HandOverLine.objects.filter(hand_over__in=HandOver.objects.running())
    rows = Matter.objects.visible_to(user).filter(sealed=True, state=State.SEALED)
    return rows.exclude(pk__in=listed.values("matter")).order_by("number")


def running_list(matter: Matter) -> HandOver | None:
    """The list that waits for a signature and has this matter on it."""
    return HandOver.objects.running().filter(lines__matter=matter).first()


def about_leader(matters: Sequence[Matter]) -> bool:
    """Whether any of these concerns a leader of the street."""
    return SealedLetter.objects.filter(matter__in=matters, about_leader=True).exists()


def make_list(body: DisciplineBody | None, chosen: Sequence[Chosen], *, by: Any) -> HandOver:
    """A new list, not signed yet. Raises ValidationError, PermissionDenied, Matter.DoesNotExist."""
    if not by.has_perm(VERB):
        raise PermissionDenied
    if not chosen:
        raise ValidationError({"matters": "请至少勾选一件密件。"})
    with transaction.atomic():
        # In one order for everybody: two lists over the same matters wait for each other.
        for one in sorted(chosen, key=lambda one: one.matter.pk):
            _free(locked(one.matter, by), one)
        if body is None:
            raise ValidationError({"body": "请选择接收机关。"})
        if told := unfit(body, about_leader([one.matter for one in chosen])):
            raise ValidationError({"body": told})
        key = new_data_key()
        key.save()
        hand_over = HandOver(pk=new_id(), body=body, made_by=by, made_at=now(), data_key=key)
        year = timezone.localtime(hand_over.made_at).year
        hand_over.number = f"{_SERIES}{year}-{draw(_SERIES, year):06d}"
        with because("制作转交清单", **as_of(by, VERB)):
            hand_over.save()
            for one in sorted(chosen, key=lambda one: one.matter.number):
                HandOverLine(
                    hand_over=hand_over, matter=one.matter, carrier=one.carrier, pieces=one.pieces
                ).save()
        for one in chosen:
            _note(one.matter, "list", hand_over, by)
    return hand_over


def sign(
    hand_over: HandOver, *, by: Any, on: date, receiver: str, upload: UploadedFile | None
) -> HandOver:
    """The list came back signed: keep its scan and hand every matter on it over.

    Raises ValidationError (field → sentence), PermissionDenied, HandOver.DoesNotExist; then nothing
    is written.
    """
    gaps = {}
    if not receiver.strip():
        gaps["receiver"] = "请填写签收人姓名。"
    if upload is None:
        gaps["upload"] = "请附上签收单的扫描件或照片。"
    if gaps or upload is None:
        raise ValidationError(gaps)
    _may_sign(locked_list(hand_over, by))
    stored = attachments.store(upload, hand_over.data_key)
    with transaction.atomic():
        row = _may_sign(locked_list(hand_over, by))
        matters = [line.matter for line in row.lines.select_related("matter").order_by("matter_id")]
        if told := unfit(row.body, about_leader(matters)):
            raise ValidationError(f"{told}请申请作废这张清单，重新制作。")
        row.signed_on, row.handed_by, row.recorded_at = on, by, now()
        row.put("receiver", receiver.strip())
        row.path, row.kind = stored.path, stored.kind
        row.size, row.sha256 = stored.size, stored.sha256
        with because("登记签收", **as_of(by, VERB)):
            row.save()
        for matter in matters:
            move(matter, "hand_over", by=by, on=on, data={"hand_over": row})
    return row


def locked_list(hand_over: HandOver, by: Any) -> HandOver:
    """The list as it now stands, locked to the end of a transaction.

    Raises HandOver.DoesNotExist when it is hidden from `by`.
    """
    with transaction.atomic():
        seen = HandOver.objects.visible_to(by).filter(pk=hand_over.pk)
        return HandOver.objects.select_for_update().get(pk__in=seen.values("pk"))


def void_deciders(hand_over: HandOver) -> Deciders:
    """Who else can agree to void the list."""
    return who_decides(VERB, _parts(hand_over), today())


def may_decide_void(user: Any, hand_over: HandOver) -> bool:
    """The second custodian: not the one who asked, not one of those a matter on it concerns."""
    asked = hand_over.void_asked_by_id is not None and hand_over.waits
    return asked and user.has_perm(VERB) and not refused(Act.APPROVE, user, _parts(hand_over))


def ask_void(hand_over: HandOver, *, by: Any, reason: str) -> None:
    """Ask another custodian to void a list that was not signed. Raises as `sign` does."""
    if not reason.strip():
        raise ValidationError({"reason": "请写明为什么作废，例如：份数点错了。"})
    with transaction.atomic():
        row = _may_sign(locked_list(hand_over, by))
        row.void_asked_by, row.void_asked_at = by, now()
        row.put("void_reason", reason.strip())
        with because("申请作废转交清单", **as_of(by, VERB)):
            row.save()


def decide_void(hand_over: HandOver, *, by: Any, approve: bool) -> None:
    """The second custodian's decision; after it the matters can go on another list, or this one stands.

    Raises as `sign` does.
    """
    with transaction.atomic():
        row = locked_list(hand_over, by)
        if not row.waits or row.void_asked_by_id is None:
            raise ValidationError("这张清单没有等待审批的作废申请，请刷新页面查看。")
        if told := refused(Act.APPROVE, by, _parts(row)):
            raise ValidationError(told)
        if approve:
            row.voided_by, row.voided_at = by, now()
        else:
            row.void_asked_by, row.void_asked_at = None, None
        with because("同意作废" if approve else "不同意作废", **as_of(by, VERB)):
            row.save()
        if approve:
            for line in row.lines.select_related("matter").order_by("matter_id"):
                _note(line.matter, "list_void", row, by)


def _parts(hand_over: HandOver) -> dict[Part, list[int]]:
    """Who is barred from deciding about the list: who asked, and whom its matters concern."""
    out = []
    for line in hand_over.lines.select_related("matter"):
        rows = line.matter.recusals.filter(running(today()))
        out += list(rows.values_list("user_id", flat=True))
    asked = [hand_over.void_asked_by_id] if hand_over.void_asked_by_id else []
    return {Part.ASKER: asked, Part.CONCERNED: out}


def _may_sign(row: HandOver) -> HandOver:
    if not row.waits:
        raise ValidationError(f"清单 {row.number} {row.standing}，请刷新页面查看。")
    if row.void_asked_by_id is not None:
        raise ValidationError("有人申请作废这张清单，请先由另一位保管人审批作废申请。")
    return row


def _free(matter: Matter, one: Chosen) -> None:
    """Raise ValidationError unless the matter can go on a list now."""
    if matter.state != State.SEALED:
        raise ValidationError(
            f"{matter.number} 现在是“{matter.get_state_display()}”，不能列入清单，请刷新页面。"
        )
    if matter.approvals.filter(act__in=_ABOUT_THE_SEAL, decision="").exists():
        raise ValidationError(
            f"{matter.number} 转为密件或解除密件的申请还没有审批，请另一位保管人先审批，再列入清单。"
        )
    if running_list(matter) is not None:
        raise ValidationError(f"{matter.number} 已列在另一张清单上，等待签收，请刷新页面。")
    if one.carrier not in Carrier.values or one.pieces < 1:
        raise ValidationError(f"请写明 {matter.number} 的载体和份数，份数至少为 1。")


def _note(matter: Matter, name: str, hand_over: HandOver, by: Any) -> None:
    log_move(
        matter, name, by=by, on=today(), source=matter.state, verb=VERB,
        summary=f"清单 {hand_over.number}，{hand_over.body}",
    )  # fmt: skip
