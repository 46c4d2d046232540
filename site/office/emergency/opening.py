"""Breaking the glass from the server, and the end of it: by time, then by two who read the report.

Whoever controls the server can do anything there; this way leaves a dated account with one post, a
banner, a panel and a report, so that it need not be done in a worse one.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate, localtime

from office.clock import now, today
from office.entering.sessions import end_all
from office.history import acting, current
from office.limits import limit
from office.models import Emergency, Post, Unit, User
from office.posts import check_combination, post_for, posts_of, renew
from office.roles import BY_KEY, combination_refused
from office.separation import Act, Part, refused

CLOSE = "office.close_emergency"
NEVER = {"custodian"}  # named by a leader alone


@dataclass(frozen=True)
class Opened:
    """The account and the password that is shown this once."""

    emergency: Emergency
    password: str


def why_not_open(role: str, unit: Unit, hours: int, by: str) -> str:
    """Why no emergency account can be opened like this, as a sentence; "" when it can."""
    if role not in BY_KEY:
        return f"没有角色 {role}。可用的有：{'、'.join(sorted(set(BY_KEY) - NEVER))}。"
    if role in NEVER:
        return f"{BY_KEY[role].label}由街道领导指定，不能应急启用。"
    if not 1 <= hours <= limit("emergency_hours"):
        return f"时长应在 1 到 {limit('emergency_hours')} 小时之间。"
    if not Unit.objects.at(today()).filter(pk=unit.pk).exists():
        return f"{unit} 已经撤销。"
    if running := Emergency.objects.filter(expires_at__gt=now()).first():
        until = f"{localtime(running.expires_at):%Y-%m-%d %H:%M}"
        return f"{running} 还在用，到 {until} 为止。同时只能有一个。"
    for person in User.objects.filter(name=by, is_active=True):
        held = {post.role for post in posts_of(person)}
        if said := combination_refused(held | {role}):
            return f"{by}：{said}请由另一人启用。"
    return ""


@transaction.atomic
def open_account(*, role: str, unit: Unit, hours: int, reason: str, by: str) -> Opened:
    """A dated account with one post and a one-time password. Raises ValidationError (Chinese)."""
    if not reason.strip() or not by.strip():
        raise ValidationError("请写明理由（--reason）和启用人姓名（--by）。")
    if why := why_not_open(role, unit, hours, by.strip()):
        raise ValidationError(why)
    moment, number = now(), Emergency.objects.count() + 1
    ends, password = moment + timedelta(hours=hours), f"{secrets.token_urlsafe(12)}-A1"
    with acting(None, f"应急启用（{by.strip()}）：{reason.strip()}"):
        user = User(username=f"yingji{number:03d}", name=f"应急（{by.strip()}）"[:40])
        user.set_password(password)
        user.save()
        post = Post(
            user=user, unit=unit, role=role, title=f"{BY_KEY[role].label}（应急）", valid_from=today(),
            valid_to=localdate(ends),
        )  # fmt: skip
        check_combination(post)
        post.save()
        emergency = Emergency(
            user=user, by=by.strip(), reason=reason.strip()[:300], expires_at=ends
        )
        emergency.save()
        renew(user)
    return Opened(emergency, password)


def end_expired(moment: datetime) -> None:
    """Close the accounts whose time is over; nobody could log in with them any more already."""
    rows = Emergency.objects.filter(expires_at__lte=moment, user__is_active=True)
    for emergency in rows.select_related("user"):
        with acting(None, "应急账号到期"):
            emergency.user.is_active = False
            end_all(emergency.user)


def end_now(emergency: Emergency, *, by: Any) -> None:
    """End an account before its time. Raises ValidationError when it is over already."""
    if emergency.expires_at <= now():
        raise ValidationError("已经到期，不用再结束。")
    with acting(by, "提前结束应急账号", post_for(by, CLOSE), current().address):
        emergency.expires_at = now()
        emergency.save()
    end_expired(now())


def seen_by(user: Any) -> QuerySet:
    """Emergencies a person may open: all of them for who closes them, none for others."""
    rows = Emergency.objects.select_related("user", "closed_by", "second_by")
    return rows if user.is_active and post_for(user, CLOSE) else rows.none()


def open_ones(user: Any) -> list[Emergency]:
    """Emergencies that wait for this person: running, or not closed by two yet."""
    rows = seen_by(user).filter(second_at=None).order_by("pk")
    return [one for one in rows if one.closed_by_id != user.pk]


def why_not_close(emergency: Emergency, by: Any) -> str:
    """Why this person may not close the report, or confirm its closing; "" when they may."""
    if not by.is_active or post_for(by, CLOSE) is None:
        return "您没有核销应急账号的权限。"
    if emergency.second_at is not None:
        return "已经由两人核销。"
    if emergency.expires_at > now():
        return "应急账号还在用，到期或提前结束后再核销。"
    if by.name == emergency.by or by.pk == emergency.user_id:
        return "启用人不能核销自己的应急账号。"
    first = [emergency.closed_by_id] if emergency.closed_by_id else []
    if refused(Act.APPROVE, by, {Part.ASKER: first}):
        return "核销要两个人：您已经核销过，请由另一位有权限的同事复核。"
    return ""


def close(pk: int, *, by: Any, note: str) -> Emergency:
    """Close with a note; the second person's note ends it. Raises ValidationError (Chinese)."""
    if not note.strip():
        raise ValidationError({"note": "请写明看过的情况，例如：操作与理由相符。"})
    with transaction.atomic():
        rows = Emergency.objects.select_for_update(of=("self",)).select_related("user")
        emergency = rows.get(pk=pk)
        if why := why_not_close(emergency, by):
            raise ValidationError(why)
        if emergency.closed_by_id is None:
            emergency.closed_by, emergency.closed_at = by, now()
            emergency.note = note.strip()[:300]
        else:
            emergency.second_by, emergency.second_at = by, now()
            emergency.second_note = note.strip()[:300]
        with acting(by, "核销应急账号", post_for(by, CLOSE), current().address):
            emergency.save()
    return emergency
