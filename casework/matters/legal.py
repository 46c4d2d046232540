"""Legal review of what somebody asks for: before a refusal, a bar, another path is decided (practice §2).

A profile says which acts need it. A legal reviewer of the house says what the law says; where there
is none, an outside counsel does on paper, which somebody other than the asker enters. A draft of an
opinion is reviewed by moves of the table (`effects.drafting`).
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters.conflicts.standing import parts_of
from casework.matters.models import Approval, Matter, MatterFile, Review
from casework.matters.moving import taken_up
from casework.matters.opinions import legal_review_of
from casework.matters.permissions import may
from casework.matters.recording import as_of, log_move
from office.clock import now, today
from office.history import because
from office.models import User
from office.posts import posts_of
from office.separation import Act, Part, holding, refused

REVIEW, PAPER = "matters.review_opinion", "matters.enter_paper"
_ROLE = "legal_reviewer"


def is_reviewer(user: Any) -> bool:
    """Whether this person reviews by law today."""
    return any(post.role == _ROLE for post in posts_of(user))


def reviewers(approval: Approval) -> list[User]:
    """Who can say what the law says of a request: legal reviewers but the asker and the concerned."""
    parts = _parts(approval)
    return [
        user
        for user in holding(REVIEW, today())
        if is_reviewer(user) and not refused(Act.REVIEW, user, parts)
    ]


def gap(approval: Approval, *, approve: bool = True) -> str:
    """Why a request cannot be agreed to yet for want of a legal review; "" when it can."""
    if not approval.legal or not approve:
        return ""
    found = legal_review_of(approval)
    if found is None:
        names = "、".join(user.name for user in reviewers(approval))
        who = f"请{names}先审核" if names else "现在没有法制审核人，请外聘法律顾问书面审核并录入"
        return f"{approval.get_act_display()}要先经法制审核，{who}。"
    if not found.agrees:
        return "法制审核没有同意这项申请，请退回申请人。"
    return ""


def may_review(user: Any, approval: Approval) -> bool:
    """Can this person review the request, or enter a counsel's paper about it?"""
    if approval.decision or not approval.legal or approval.matter.sealed:
        return False
    if legal_review_of(approval) is not None or refused(Act.REVIEW, user, _parts(approval)):
        return False
    if is_reviewer(user):
        return may(user, approval.matter, REVIEW)
    return not reviewers(approval) and may(user, approval.matter, PAPER)


def review(
    approval: Approval,
    *,
    by: Any,
    agrees: bool,
    note: str,
    counsel: str = "",
    paper: MatterFile | None = None,
) -> Review:
    """Say what the law says of a request. counsel, paper: the signed paper of an outside counsel.

    Raises ValidationError, PermissionDenied, Matter.DoesNotExist as `moving.move` does.
    """
    with transaction.atomic():
        matter: Matter = taken_up(approval.matter, by)
        approval = Approval.objects.select_for_update().get(pk=approval.pk, matter=matter)
        approval.matter = matter
        if approval.decision or legal_review_of(approval) is not None:
            raise ValidationError("这项申请已经有人审核或审批过了，请刷新页面查看。")
        if why := refused(Act.REVIEW, by, _parts(approval)):
            raise ValidationError(why)
        if not may_review(by, approval):
            raise PermissionDenied
        verb = REVIEW if is_reviewer(by) else PAPER
        _check(matter, verb, agrees, note, counsel, paper)
        row = Review(
            matter=matter, approval=approval, legal=True, agrees=agrees,
            by=by, on=today(), at=now(), counsel=counsel.strip(), paper=paper,
        )  # fmt: skip
        row.put("note", note.strip())
        with because(f"法制审核：{approval.get_act_display()}", **as_of(by, verb)):
            row.save(force_insert=True)
        told = f"外聘法律顾问 {row.counsel}" if row.counsel else ""
        log_move(
            matter, "review_request", by=by, on=today(), source=matter.state, note=note, verb=verb,
            summary=f"{approval.get_act_display()}：{'同意' if agrees else '不同意'}　{told}".strip(),
        )  # fmt: skip
    return row


def _check(
    matter: Matter, verb: str, agrees: bool, note: str, counsel: str, paper: MatterFile | None
) -> None:
    gaps = {}
    if not agrees and not note.strip():
        gaps["note"] = "不同意的，请写明法律上的理由。"
    if verb == PAPER and not counsel.strip():
        gaps["counsel"] = "请写明外聘法律顾问的姓名或律师事务所。"
    if verb == PAPER and (paper is None or paper.matter_id != matter.pk or paper.withdrawn):
        gaps["paper"] = "请上传法律顾问签了字的审核意见。"
    if gaps:
        raise ValidationError(gaps)


def _parts(approval: Approval) -> dict[Part, Any]:
    return {**parts_of(approval.matter), Part.AUTHOR: (approval.asked_by_id,)}
