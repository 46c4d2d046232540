"""The leader goes through what was entered in their name; what is denied or left open is told on.

A month's list is what was entered in that month: what nobody confirmed by its end goes to the
auditors, and a denial is an alarm until somebody has found out what happened.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate, make_aware

from casework.matters.models import Approval, Matter, Move, PaperSignature
from casework.matters.moving import locked
from casework.matters.outcomes.paper import CONFIRM, label_of
from casework.matters.recording import as_of, log_move
from casework.matters.table import RULES
from office.clock import now, today
from office.history import because
from office.posts import post_for

AUDIT, LOOK_INTO = "office.view_change", "matters.close_matter"
Answer = PaperSignature.Answer
_SIGN = "matters.sign_opinion"
#: moves that are a signature themselves
SIGNING = tuple(rule.name for rule in RULES if rule.verb == _SIGN)


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def moments(first: date) -> tuple[datetime, datetime]:
    """From when to when (exclusive) a month lasts."""
    return _midnight(first), _midnight(next_month(first))


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))


def seen_by(user: Any) -> QuerySet:
    """Signatures on paper in matters this person may open."""
    matters = Matter.objects.visible_to(user).filter(sealed=False)
    rows = PaperSignature.objects.filter(matter__in=matters.values("pk"))
    return rows.select_related("matter__data_key", "leader", "entered_by", "scan")


def of_month(user: Any, first: date) -> QuerySet:
    """What was entered in the name of this leader in a month, what waits first."""
    start, end = moments(first)
    rows = seen_by(user).filter(leader=user, entered_at__gte=start, entered_at__lt=end)
    return rows.order_by("answer", "pk")


def waiting_for(user: Any) -> QuerySet:
    """What this leader has not yet confirmed, whatever its month."""
    return seen_by(user).filter(leader=user, answer="").order_by("pk")


def overdue(user: Any, on: date) -> QuerySet:
    """What was still unconfirmed when the month in which it was entered was over."""
    return seen_by(user).filter(answer="", entered_at__lt=_midnight(month_of(on))).order_by("pk")


def denied(user: Any) -> QuerySet:
    """What a leader says was never signed, and nobody has found out about."""
    return seen_by(user).filter(answer=Answer.DENIED, settled_on=None).order_by("pk")


def is_late(row: PaperSignature, on: date) -> bool:
    return not row.answer and localdate(row.entered_at) < month_of(on)


def answer(row: PaperSignature, *, by: Any, signed: bool, reason: str = "") -> PaperSignature:
    """The leader says whether they signed it. Raises ValidationError (field → sentence),
    PermissionDenied for anybody else, Matter.DoesNotExist when the matter is hidden from them.
    """
    with transaction.atomic():
        matter = locked(row.matter, by)
        row = matter.paper_signatures.select_for_update().get(pk=row.pk)
        row.matter = matter
        if row.leader_id != by.pk or post_for(by, CONFIRM) is None:
            raise PermissionDenied
        if row.answer:
            raise ValidationError("这份纸质签批您已经核对过了。")
        if not signed and not reason.strip():
            raise ValidationError({"reason": "请写明哪里不属实，例如：不是我签的；日期不对。"})
        row.answer, row.answered_at = Answer.CONFIRMED if signed else Answer.DENIED, now()
        row.put("reason", "" if signed else reason.strip())
        with because("核对纸质签批", **as_of(by, CONFIRM)):
            row.save()
        if not signed:
            log_move(
                matter, "deny_paper", by=by, on=today(), source=matter.state, verb=CONFIRM,
                summary=f"{label_of(row.what)}：本人说不属实", note=reason.strip(),
            )  # fmt: skip
    return row


def may_settle(user: Any, row: PaperSignature) -> bool:
    """The office head finds out, but not about what they entered themselves."""
    open_alarm = row.answer == Answer.DENIED and row.settled_on is None
    return open_alarm and post_for(user, LOOK_INTO) is not None and row.entered_by_id != user.pk


def settle(row: PaperSignature, *, by: Any, finding: str) -> PaperSignature:
    """What was found out about a denied signature, and what was done. Raises as `answer` does."""
    with transaction.atomic():
        matter = locked(row.matter, by)
        row = matter.paper_signatures.select_for_update().get(pk=row.pk)
        row.matter = matter
        if row.settled_on is not None:
            raise ValidationError("这份纸质签批已经查明了。")
        if not may_settle(by, row):
            raise PermissionDenied
        if not finding.strip():
            raise ValidationError({"finding": "请写明查到了什么、怎样处理的。"})
        row.settled_by, row.settled_on = by, today()
        row.put("finding", finding.strip())
        with because("查明纸质签批", **as_of(by, LOOK_INTO)):
            row.save()
        log_move(
            matter, "settle_paper", by=by, on=today(), source=matter.state, verb=LOOK_INTO,
            summary=label_of(row.what), note=finding.strip(),
        )  # fmt: skip
    return row


@dataclass(frozen=True)
class Month:
    """How acts were signed in a month: on paper, and in the system by the person's own account."""

    first: date
    paper: int
    own: int
    confirmed: int
    denied: int
    open: int

    @property
    def share(self) -> str:
        """Paper of all, in per cent; "—" where nothing was signed."""
        total = self.paper + self.own
        return f"{self.paper * 100 / total:.0f}%" if total else "—"


def months(user: Any, on: date, count: int = 6) -> list[Month]:
    """The last months, newest first, of the unsealed matters this person sees."""
    found, first = [], month_of(on)
    for _ in range(count):
        found.append(_counted(user, first))
        first = month_of(date.fromordinal(first.toordinal() - 1))
    return found


def _counted(user: Any, first: date) -> Month:
    start, end = moments(first)
    rows = seen_by(user).filter(entered_at__gte=start, entered_at__lt=end).order_by()
    answers = list(rows.values_list("answer", "what"))
    matters = Matter.objects.visible_to(user).filter(sealed=False).values("pk")
    decided = Approval.objects.filter(
        matter__in=matters, decided_by__isnull=False, decided_at__gte=start, decided_at__lt=end
    ).exclude(pk__in=PaperSignature.objects.exclude(approval=None).values("approval"))
    signed = Move.objects.filter(matter__in=matters, name__in=SIGNING, at__gte=start, at__lt=end)
    on_paper = sum(what in SIGNING for _, what in answers)
    by_answer = _tally(answer for answer, _ in answers)
    return Month(
        first, len(answers), decided.count() + max(signed.count() - on_paper, 0),
        by_answer.get(Answer.CONFIRMED, 0), by_answer.get(Answer.DENIED, 0), by_answer.get("", 0),
    )  # fmt: skip


def _tally(said: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in said:
        found[one] = found.get(one, 0) + 1
    return found
