"""重大紧急 (art. 25): reported at once to those above, with whom, when, how, and their receipts.

No hours are fixed: 及时. What happened lies in the vault; people affected are counted, never named.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from casework.matters import documents
from casework.matters.cooperation.standing import URGENT, of_office, require, require_words
from casework.matters.models import Document, Matter, Move, UrgentNotice, UrgentReport, UrgentStep
from casework.matters.moving import as_of, locked, log_move
from office.clock import now, today
from office.history import because

TO = UrgentNotice.To
#: whom art. 25 names; each of them is told, at once or as soon as possible
OWED = (TO.LEADERS, TO.DEPARTMENT, TO.CONFERENCE)
ARTICLE = "《信访工作条例》第二十五条"


@dataclass(frozen=True)
class Told:
    """Somebody was told: to which body, whom there, how and when."""

    to: str
    who: str
    way: str
    at: datetime


def may_report(user: Any, matter: Matter) -> bool:
    """Office head and leaders, of any matter that is no secret; one report at a time."""
    return not matter.sealed and of_office(user, URGENT) and running(matter) is None


def may_write(user: Any, row: UrgentReport) -> bool:
    """Whoever may report writes on: further notices, receipts, steps, until it is over."""
    return row.ended_at is None and of_office(user, URGENT)


def running(matter: Matter) -> UrgentReport | None:
    return matter.urgent_reports.filter(ended_at=None).first()


def missing(row: UrgentReport) -> list[str]:
    """Those art. 25 names who were not told yet, as labels."""
    told = {notice.to for notice in row.notices.all()}
    return [str(to.label) for to in OWED if to not in told]


def report(
    matter: Matter,
    *,
    facts: str,
    people: int,
    found_at: datetime,
    told: Iterable[Told],
    by: Any,
) -> UrgentReport:
    """Record that it was reported; at least one of those above was told already.

    Raises ValidationError (field → sentence), PermissionDenied, Matter.DoesNotExist.
    """
    with transaction.atomic():
        matter = locked(matter, by)
        require(of_office(by, URGENT), matter, by)
        if running(matter) is not None:
            raise ValidationError("这件事项已经报告过，请在原来的报告里续报、补报。")
        notices = list(told)
        require_words(facts=(facts, "请写明时间、地点、起因、规模和已经采取的措施。不写人名。"))
        if not notices:
            raise ValidationError("请先报告，再登记：至少写一个已经报过的单位。")
        if found_at > now():
            raise ValidationError({"found_at": "时间不能晚于现在。"})
        row = UrgentReport(
            matter=matter, people_affected=people, found_at=found_at, reported_by=by,
            reported_at=now(),
        )  # fmt: skip
        row.put("facts", facts.strip())
        move = _log(matter, "urgent", by, f"涉及 {people} 人" if people else "")
        with because("报告重大紧急", **as_of(by, URGENT)):
            row.save()
            for one in notices:
                _tell(row, one, by)
            documents.leave(
                matter, Document.Kind.URGENT, move, on=today(), by=by, summary="重大紧急信访事项报告",
                basis=ARTICLE, to_name="、".join(TO(one.to).label for one in notices)[:80],
            )  # fmt: skip
    return row


def tell(row: UrgentReport, one: Told, *, by: Any) -> UrgentNotice:
    """补报: another body was told. Raises as `report` does."""
    with transaction.atomic():
        row = _taken(row, by)
        with because("补报", **as_of(by, URGENT)):
            notice = _tell(row, one, by)
        _log(row.matter, "urgent_told", by, f"报{notice.get_to_display()}")
    return notice


def _tell(row: UrgentReport, one: Told, by: Any) -> UrgentNotice:
    gaps = {}
    if one.to not in TO.values:
        gaps["to"] = "请选择报给谁。"
    if one.way not in UrgentNotice.Way.values:
        gaps["way"] = "请选择怎么报的。"
    if not one.who.strip():
        gaps["who"] = "请写明接报的单位和人。"
    if one.at > now():
        gaps["told_at"] = "时间不能晚于现在。"
    elif one.at < row.found_at:
        gaps["told_at"] = "报告时间不能早于得知的时间。"
    if gaps:
        raise ValidationError(gaps)
    notice = UrgentNotice(
        matter=row.matter, report=row, to=one.to, way=one.way, told_at=one.at, told_by=by
    )
    notice.put("who", one.who.strip())
    notice.save()
    return notice


def take_receipt(notice: UrgentNotice, *, text: str, at: datetime, by: Any) -> None:
    """What the body said to it, and when."""
    with transaction.atomic():
        row = _taken(notice.report, by)
        found = UrgentNotice.objects.select_for_update().get(pk=notice.pk, report=row)
        found.matter = row.matter
        if found.receipt_at is not None:
            raise ValidationError("回执已经记过了，后来的指示请写在续报里。")
        require_words(receipt=(text, "请写明对方怎么说的，例如：已收到，要求一小时后续报。"))
        if at > now() or at < found.told_at:
            raise ValidationError({"at": "时间不能晚于现在，也不能早于报告的时间。"})
        found.put("receipt", text.strip())
        found.receipt_at = at
        with because("记回执", **as_of(by, URGENT)):
            found.save()


def follow(row: UrgentReport, *, text: str, by: Any) -> UrgentStep:
    """续报: what was done since."""
    with transaction.atomic():
        row = _taken(row, by)
        require_words(body=(text, "请写明现场情况和处置进展。不写人名。"))
        step = UrgentStep(matter=row.matter, report=row, by=by, at=now())
        step.put("body", text.strip())
        with because("续报", **as_of(by, URGENT)):
            step.save()
        _log(row.matter, "urgent_step", by, "")
    return step


def end(row: UrgentReport, *, text: str, by: Any) -> None:
    """It is over: a last word on how, and everybody art. 25 names was told."""
    with transaction.atomic():
        row = _taken(row, by)
        if gaps := missing(row):
            raise ValidationError(f"还没有报{'、'.join(gaps)}（{ARTICLE}），请先补报。")
        follow(row, text=text, by=by)
        row.ended_at, row.ended_by = now(), by
        with because("处置结束", **as_of(by, URGENT)):
            row.save()
        _log(row.matter, "end_urgent", by, "")


def _taken(row: UrgentReport, by: Any) -> UrgentReport:
    matter = locked(row.matter, by)
    found = UrgentReport.objects.select_for_update().get(pk=row.pk, matter=matter)
    found.matter = matter
    require(of_office(by, URGENT), matter, by)
    if found.ended_at is not None:
        day = localdate(found.ended_at)
        raise ValidationError(f"这次重大紧急报告 {day:%m-%d} 已经结束，又有新情况的请另报。")
    return found


def _log(matter: Matter, name: str, by: Any, summary: str) -> Move:
    return log_move(
        matter, name, by=by, on=today(), source=matter.state, summary=summary, verb=URGENT
    )
