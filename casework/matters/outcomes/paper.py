"""纸质签批: what leaders signed on paper, entered by somebody else, confirmed by themselves (practice §2).

A leader who signs on paper leaves no trace in the record but a scan that a colleague entered. So it
is marked as such, the drafter never enters it, and the leader goes through a list of every month.
"""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters.conflicts.standing import parts_of
from casework.matters.models import Approval, Matter, MatterFile, PaperSignature
from casework.matters.moving import locked
from casework.matters.permissions import may
from casework.matters.recording import as_of, log_move
from casework.matters.sealed.keys import key_for
from casework.matters.table import LABELS
from office.clock import now, today
from office.history import because
from office.models import Post, User
from office.roles import ROLES
from office.separation import ACTS_OF_TWO, Act, refused

ENTER, CONFIRM = "matters.enter_paper", "matters.confirm_paper"
#: what may be signed besides the moves of the table and the acts of two
_OTHER = {"document": "其他文书", "notice": "告知书", "letter": "函件"}


def label_of(what: str) -> str:
    """What was signed, in words: a move, an act of two, or a kind of paper."""
    if what in ACTS_OF_TWO:
        return ACTS_OF_TWO[what].label
    return LABELS.get(what) or _OTHER.get(what, what)


def leaders_on(day: date) -> list[User]:
    """Who could sign on a day: those who held a leader's post then."""
    roles = [role.key for role in ROLES if CONFIRM in role.verbs]
    posts = Post.objects.on(day).filter(role__in=roles)
    return list(User.objects.filter(pk__in=posts.values("user")).order_by("pk"))


def enter(
    matter: Matter,
    what: str,
    leader: User,
    signed_on: date,
    scan: MatterFile,
    by: Any,
    *,
    drafter: User | None = None,
    approval: Approval | None = None,
) -> PaperSignature:
    """Write down that `leader` signed on paper; he confirms it from the list of the month.

    what: name of the move, key of the act of two or kind of paper; scan: a file of the matter;
    drafter: who wrote what was signed. Raises ValidationError (field → sentence), PermissionDenied
    and Matter.DoesNotExist as `moving.move` does. May be called inside the caller's transaction.
    """
    with transaction.atomic():
        matter = locked(matter, by)
        if not may(by, matter, ENTER):
            raise PermissionDenied
        if wrong := why_not(matter, leader, signed_on, scan, by, drafter=drafter):
            raise ValidationError(wrong)
        row = PaperSignature(
            pk=key_for(matter.sealed), matter=matter, what=what, leader=leader,
            signed_on=signed_on, scan=scan, drafter=drafter, approval=approval, entered_by=by,
            entered_at=now(),
        )  # fmt: skip
        with because("录入纸质签批", **as_of(by, ENTER)):
            row.save()
        log_move(
            matter, "enter_paper", by=by, on=today(), source=matter.state, verb=ENTER,
            summary=f"{leader} {signed_on:%Y-%m-%d} 在纸上签批：{label_of(what)}（纸质签批，待本人核对）",
        )  # fmt: skip
    return row


def why_not(
    matter: Matter,
    leader: User,
    signed_on: date,
    scan: MatterFile,
    by: Any,
    *,
    drafter: User | None = None,
) -> dict[str, str]:
    """Why this paper cannot be entered: field → sentence; {} when it can."""
    if signed_on > today():
        return {"signed_on": "签批日期不能晚于今天。"}
    if signed_on < matter.received_on:
        return {"signed_on": f"签批日期不能早于收到日期 {matter.received_on:%Y-%m-%d}。"}
    if scan.matter_id != matter.pk or scan.withdrawn:
        return {"scan": "请选这件事项里的一份签批件扫描件；没有的，请先上传。"}
    if leader.pk == by.pk:
        return {"leader": "签批领导本人不能录入自己的纸质签批，请交别的同事录入。"}
    if leader.pk not in {user.pk for user in leaders_on(signed_on)}:
        return {"leader": f"{leader} 在 {signed_on:%Y-%m-%d} 不是街道领导，请核对签名和日期。"}
    if drafter is not None and drafter.pk == by.pk:
        return {"scan": "拟稿人不能录入自己文书的签批件，请交别的同事录入。"}
    if drafter is not None and drafter.pk == leader.pk:
        return {"leader": "拟稿人不能签发自己拟的文书，请由另一位领导签批。"}
    if refused(Act.OTHER, leader, parts_of(matter)):
        return {"leader": f"{leader} 已回避这件事项，签批无效，请由另一位领导签批。"}
    return {}
