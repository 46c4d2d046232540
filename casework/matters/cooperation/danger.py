"""眼前危险: call 110 or 120, call the leader on duty; then a word on the matter that ends by itself.

The word lies on one matter, with reason, author and last day. It is never on a person, never carried
to another matter, and nobody can list who was called dangerous: what is kept is the matter's story
(domain §7, practice §1).
"""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet

from casework.matters.cooperation.standing import DANGER, of_office, require, require_words
from casework.matters.models import Danger, DutyDay, Matter
from casework.matters.moving import as_of, locked, log_move
from casework.matters.states import State
from office.clock import now, today
from office.history import because
from office.limits import limit

LONGEST = 30  # days from the day it was raised: after that it is no danger of this moment
WORD = "眼前危险"


def may_raise(user: Any, matter: Matter) -> bool:
    """Whoever may raise it and sees the matter, while no such word stands on it."""
    return _may(user, matter) and standing(matter, today()) is None


def may_end(user: Any, row: Danger) -> bool:
    """Who raised it, or the head of the petition office or a leader; also to prolong it."""
    stands = row.stands(today())
    return stands and (row.raised_by_id == user.pk or of_office(user, DANGER))


def _may(user: Any, matter: Matter) -> bool:
    return not matter.sealed and matter.state != State.VOID and user.has_perm(DANGER)


def standing(matter: Matter, on: date) -> Danger | None:
    """The word that stands on a matter on a day."""
    return standing_rows(on).filter(matter=matter).first()


def standing_rows(on: date) -> QuerySet:
    """Every word that stands on a day."""
    return Danger.objects.filter(ended_at=None, until__gte=on)


def raise_danger(matter: Matter, *, reason: str, by: Any, until: date | None = None) -> Danger:
    """Put the word on a matter. until: its last day; None for the office's usual term.

    Raises ValidationError (field → sentence), PermissionDenied, Matter.DoesNotExist.
    """
    with transaction.atomic():
        matter = locked(matter, by)
        if not _may(
            by, matter
        ):  # also who is asked to step back: this is no handling of the matter
            raise PermissionDenied
        if (known := standing(matter, today())) is not None:
            raise ValidationError(
                f"已经标着眼前危险，到 {known.until:%m-%d}。要延长的，请点“延长”。"
            )
        require_words(reason=(reason, "请写明是什么危险、在哪里、已经做了什么。"))
        last = until or today() + timedelta(days=limit("danger_days"))
        _check_day(last, today())
        row = Danger(matter=matter, raised_by=by, raised_at=now(), raised_on=today(), until=last)
        row.put("reason", reason.strip())
        with because("标注眼前危险", **as_of(by, DANGER)):
            row.save()
        _log(row, "danger", by, f"到 {last:%m-%d}，到期自动解除")
    return row


def prolong(row: Danger, *, until: date, by: Any) -> None:
    """The danger lasts: another last day, never more than a month from when it was raised."""
    with transaction.atomic():
        row = _taken(row, by)
        if until <= row.until:
            raise ValidationError({"until": f"现在到 {row.until:%Y-%m-%d}，请填更晚的日期。"})
        _check_day(until, row.raised_on)
        row.until = until
        with because("延长眼前危险", **as_of(by, DANGER)):
            row.save()
        _log(row, "prolong_danger", by, f"到 {until:%m-%d}")


def end(row: Danger, *, reason: str, by: Any) -> None:
    """The danger is over."""
    with transaction.atomic():
        row = _taken(row, by)
        require_words(reason=(reason, "请写明为什么可以解除，例如：民警到场，人已安全离开。"))
        row.ended_at, row.ended_by = now(), by
        row.put("end_reason", reason.strip())
        with because("解除眼前危险", **as_of(by, DANGER)):
            row.save()
        _log(row, "end_danger", by, "")


def _check_day(until: date, since: date) -> None:
    if until < today():
        raise ValidationError({"until": "日期不能早于今天。"})
    if until > since + timedelta(days=LONGEST):
        last = since + timedelta(days=LONGEST)
        raise ValidationError(
            {"until": f"最长 {LONGEST} 天，到 {last:%Y-%m-%d}。到时还有危险的，请重新标注。"}
        )


def _taken(row: Danger, by: Any) -> Danger:
    matter = locked(row.matter, by)
    found = Danger.objects.select_for_update().get(pk=row.pk, matter=matter)
    found.matter = matter
    require(found.raised_by_id == by.pk or of_office(by, DANGER), matter, by)
    if not found.stands(today()):
        raise ValidationError("这个标注已经解除或者到期了。还有危险的，请重新标注。")
    return found


def _log(row: Danger, name: str, by: Any, summary: str) -> None:
    matter = row.matter
    log_move(matter, name, by=by, on=today(), source=matter.state, summary=summary, verb=DANGER)


def on_duty(on: date) -> DutyDay | None:
    """The leader on duty on a day; None while nobody is put down."""
    return DutyDay.objects.filter(on=on).first()


def roster(start: date, days: int = 14) -> list[tuple[date, DutyDay | None]]:
    """The days from `start` on, each with who is on duty."""
    last = start + timedelta(days=days - 1)
    known = {row.on: row for row in DutyDay.objects.filter(on__range=(start, last))}
    return [(day, known.get(day)) for day in (start + timedelta(days=n) for n in range(days))]


def put_on_duty(on: date, name: str, phone: str) -> None:
    """Put a leader down for a day, or change who it is. The caller checked that it is theirs to do."""
    name, phone = name.strip(), phone.strip()
    if not name or not phone:
        raise ValidationError("值班领导和电话都要写，留空就两格都留空。")
    with transaction.atomic(), because("排值班"):
        row = DutyDay.objects.select_for_update().filter(on=on).first() or DutyDay(on=on)
        row.name, row.phone = name, phone
        row.save()
