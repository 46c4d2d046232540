"""What the health page says of the outbox."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings

from office import registries
from office.health import State
from office.models import Delivery
from office.outbox.kinds import Channel
from office.outbox.sending import OPEN, OUTSIDE
from office.outbox.texts import published_number
from office.outbox.ways import ready

_LATE = timedelta(hours=1)
_LATELY = 1000  # rows: the newest that were given up are counted
_DAY = timedelta(days=1)


def outbox(now: datetime) -> Iterator[tuple[State, str]]:
    """Whether what waits goes out, and whether it reaches anybody."""
    rows = Delivery.objects.filter(channel__in=OUTSIDE)
    late = rows.filter(state__in=OPEN, next_at__lte=now - _LATE)[:_LATELY].count()
    lost = Delivery.objects.filter(
        channel__in=OUTSIDE, state=Delivery.State.GIVEN_UP, tries__at__gt=now - _DAY
    )
    count = lost.distinct()[:_LATELY].count()
    if late:
        yield State.FAIL, f"{late} 条短信、邮件过了一小时还没有发：请检查后台工作程序。"
    if count:
        yield State.WARN, f"一天内有 {count} 条短信、邮件没有发出：原因见“通知发送”。"
    if settings.SMS_GATEWAY in ("console", "file") and not settings.DEMO:
        yield State.WARN, f"短信网关是 {settings.SMS_GATEWAY}，只供试用：短信没有发到手机。"
    told = any(kind.residents for kind in registries.notices.values())
    if told and ready(Channel.SMS) and not published_number():
        yield (
            State.WARN,
            "还没有设置对外公布的办公电话：发给信访人的短信都在等，请到“通知文字”设置。",
        )
    if not late and not count:
        ways = "、".join(way.label for way in Channel if ready(way))
        yield State.OK, f"没有积压。已设置的方式：{ways}。"


CHECKS = {"通知": outbox}
