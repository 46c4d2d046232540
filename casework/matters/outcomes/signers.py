"""Who could sign on paper on a day, and why a paper cannot be entered (practice §2).

Apart from entering it, so that a move that rests on a signature can ask the same.
"""

from datetime import date
from typing import Any

from casework.matters.conflicts.standing import parts_of
from casework.matters.models import Matter, MatterFile
from office.clock import today
from office.models import Post, User
from office.roles import ROLES
from office.separation import Act, refused

CONFIRM = "matters.confirm_paper"


def leaders_on(day: date) -> list[User]:
    """Who could sign on a day: those who held a leader's post then."""
    roles = [role.key for role in ROLES if CONFIRM in role.verbs]
    posts = Post.objects.on(day).filter(role__in=roles)
    return list(User.objects.filter(pk__in=posts.values("user")).order_by("pk"))


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
