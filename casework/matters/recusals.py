"""Stepping back (回避): from one matter of an arrival means from all that the arrival opened (art. 28).

Who is named in a matter and who declares an interest stays out at once; whom a petitioner asks to
step back stays out when a second person has decided so (`conflicts.deciding`).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from casework.matters.conflicts.standing import family
from casework.matters.models import Conflict, Item, Matter, Recusal
from casework.matters.queries import running
from casework.matters.recording import as_of, log_move
from casework.matters.sealed.keys import key_for
from office.clock import now, today
from office.history import because, current

ASK = "matters.ask_recusal"
READ = "matters.view_matter"


def recuse(matter: Matter, user: Any, *, kind: str, reason: str, by: Any) -> Conflict:
    """Note why `user` should stay out of a matter and, unless it was only asked for, step them back.

    kind: "named", "declared" or "asked". Covers all matters of the same arrivals; an officer in
    charge is one no more. The caller has checked that `by` may say so. Saying the same twice
    changes nothing. Of a sealed matter nothing is written beside it.
    """
    with transaction.atomic():
        matter = Matter.objects.select_for_update().get(pk=matter.pk)
        known = matter.conflicts.filter(user=user, kind=kind).exclude(decision="refused").first()
        if known is not None:
            return known
        conflict = Conflict(matter=matter, user=user, kind=kind, asked_by=by, asked_at=now())
        conflict.pk = key_for(matter.sealed)
        conflict.put("reason", reason.strip())
        verb = READ if kind == Conflict.Kind.DECLARED else ASK
        with because(conflict.get_kind_display(), **as_of(by, verb)):
            conflict.save()
        log_move(
            matter, "recuse" if conflict.holds else "ask_recusal", by=by, on=today(),
            source=matter.state, summary=f"{user}（{conflict.get_kind_display()}）", verb=verb,
        )  # fmt: skip
        if conflict.holds:
            step_out(conflict, by=by, verb=verb)
    return conflict


def step_out(conflict: Conflict, *, by: Any, verb: str) -> None:
    """Let a conflict that holds take effect on its matter and on all of the same arrivals."""
    for matter in reached(conflict.matter):
        _out(matter, conflict.user_id, conflict, by, verb)


def reached(matter: Matter) -> list[Matter]:
    """The matters a conflict at `matter` reaches, locked: it and its siblings, none beside a sealed one."""
    wanted = Q(pk=matter.pk)
    if not matter.sealed:  # a row elsewhere would tell that there is a sealed matter, and of whom
        wanted |= Q(pk__in=family(matter))
    return list(Matter.objects.select_for_update().filter(wanted).order_by("pk"))


def _out(matter: Matter, user: int, conflict: Conflict | None, by: Any, verb: str) -> None:
    """by: whose act it is; None for whoever the context names."""
    who = as_of(by, verb) if by else {}
    open_rows = Recusal.objects.filter(matter=matter, user=user).filter(running(today()))
    if not open_rows.exists():
        with because("回避", **who):
            Recusal(matter=matter, user_id=user, since=today(), conflict=conflict).save()
    if matter.officer_id == user and matter.is_open:
        officer, matter.officer = matter.officer, None
        with because("承办人回避", **who):
            matter.save()
        log_move(
            matter, "officer_out", by=by or current().user, on=today(), source=matter.state, verb=verb,
            summary=f"{officer}回避，由承办单位负责人另行指定承办人",
        )  # fmt: skip


def step_in(conflict: Conflict, *, by: Any, verb: str) -> None:
    """End what a refused conflict did, unless another one still keeps the person out."""
    until = today() - timedelta(days=1)  # the last day of a row is included
    rows = Recusal.objects.filter(conflict=conflict).filter(running(today()))
    touched = [row.matter_id for row in rows]
    with because("回避不成立", **as_of(by, verb)):
        for row in rows:
            row.until = until
            row.save()
    for matter in Matter.objects.filter(pk__in=touched).order_by("pk"):
        for other in _reaching(matter, Q(user=conflict.user_id)):
            _out(matter, other.user_id, other, by, verb)


def _reaching(matter: Matter, who: Q) -> Iterable[Conflict]:
    """Conflicts that hold and reach a matter: its own and, unless sealed, those of its siblings."""
    siblings = Matter.objects.filter(pk__in=family(matter), sealed=False).values("pk")
    rows = Conflict.objects.filter(who).filter(Q(matter=matter) | Q(matter__in=siblings))
    return [conflict for conflict in rows.order_by("pk") if conflict.holds]


def carry_recusals(item: Item, on: date) -> None:
    """Bring the matters of an arrival in line: whoever stays out of one stays out of all.

    Called whenever an arrival opens a further matter or is joined to an existing one.
    """
    carry_among(list(Matter.objects.filter(links__item=item).order_by("pk")), on, "同一来件的回避")


def carry_among(matters: list[Matter], on: date, why: str) -> None:
    """Whoever stays out of one of these matters stays out of all: they belong together from now on."""
    with because(why):
        for matter in matters:
            for conflict in _reaching(matter, Q()):
                _out(matter, conflict.user_id, conflict, None, "")
            for user in _others_out(matter, matters, on):
                _out(matter, user, None, None, "")


def release(matter: Matter, others: Iterable[int]) -> None:
    """These matters no longer belong with this one: what only they said of somebody ends here."""
    rows = Recusal.objects.filter(matter=matter, conflict__matter__in=list(others))
    touched = list(rows.filter(running(today())))
    until = today() - timedelta(days=1)  # the last day of a row is included
    for row in touched:
        row.until = until
        row.save()
    for conflict in _reaching(matter, Q(user__in=[row.user_id for row in touched])):
        _out(matter, conflict.user_id, conflict, None, "")


def _others_out(matter: Matter, matters: list[Matter], on: date) -> QuerySet:
    """People who stay out of another matter of the arrival for a reason that was not noted."""
    others = [one.pk for one in matters if one.pk != matter.pk and not one.sealed]
    rows = Recusal.objects.filter(running(on), matter__in=others, conflict=None)
    return rows.order_by("user").values_list("user", flat=True).distinct()
