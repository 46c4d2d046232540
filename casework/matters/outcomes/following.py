"""回访: somebody asks whether what was said was done, and writes down what was heard.

What is owed and until when is `outcomes.owing`'s to say.
"""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet

from casework.matters.conflicts.standing import recused
from casework.matters.counting.ledger import meet
from casework.matters.models import FollowUp, FollowUpCall, Matter, Petitioner
from casework.matters.moving import taken_up
from casework.matters.permissions import may
from casework.matters.queries import at_visible
from casework.matters.recording import as_of, log_move
from casework.matters.states import State
from office.clock import now, today
from office.history import because
from office.limits import limit
from office.models import User
from office.posts import posts_of
from office.roles import BY_KEY
from office.separation import holding

VERB = "matters.follow_up"
Result = FollowUp.Result
#: results after which nobody calls again
FINAL = (Result.KEEPS, Result.BROKEN, Result.NOT_WANTED)
#: states in which calls are made
AFTER = (State.CLOSED, State.ARCHIVED)


def may_call(user: Any, follow_up: FollowUp) -> bool:
    """Whoever it was given to; else the head of the office, whoever registered the matter, its
    officer and the head of its unit. Support units never call.
    """
    matter = follow_up.matter
    if matter.sealed or matter.state not in AFTER or not may(user, matter, VERB):
        return False
    if follow_up.assigned_to_id is not None and follow_up.assigned_to_id == user.pk:
        return True
    return any(_near(user, post, matter) for post in posts_of(user))


def _near(user: Any, post: Any, matter: Matter) -> bool:
    if VERB not in BY_KEY[post.role].verbs:
        return False
    lead = matter.lead_unit
    over = lead is not None and lead.path.startswith(post.unit.path)
    return {
        "office_head": True,
        "registrar": matter.registered_by_id == user.pk,
        "unit_head": over,
        "officer": over and matter.officer_id in (None, user.pk),
    }.get(post.role, False)


def waiting_for(user: Any) -> QuerySet:
    """The calls that are owed in matters this person sees, the earliest day first.

    Who may make each is `may_call`'s to say: this only narrows by the database.
    """
    rows = FollowUp.objects.filter(at_visible(user), result="", matter__state__in=AFTER)
    return rows.select_related("matter__lead_unit", "assigned_to").order_by("due_on", "pk")


def call(
    follow_up: FollowUp, *, by: Any, on: date, result: str, words: str,
    petitioner: Petitioner | None = None,
) -> FollowUp:  # fmt: skip
    """Write down one try to reach the petitioner. After enough tries in vain the call is over.

    Raises ValidationError (field → sentence), PermissionDenied and Matter.DoesNotExist as
    `moving.move` does.
    """
    with transaction.atomic():
        matter = taken_up(follow_up.matter, by)
        row = matter.follow_ups.select_for_update().get(pk=follow_up.pk)
        row.matter = matter
        if row.result:
            raise ValidationError("这次回访已经有结果了，可能是同事先办的。")
        if not may_call(by, row):
            raise PermissionDenied
        if wrong := _wrong(matter, on, result, words, petitioner):
            raise ValidationError(wrong)
        tried = FollowUpCall(
            matter=matter, follow_up=row, petitioner=petitioner, on=on,
            at=now(), by=by, result=result,
        )  # fmt: skip
        tried.put("words", words.strip())
        tried.save()
        _finish(matter, row, tried)
    return row


def _finish(matter: Matter, row: FollowUp, tried: FollowUpCall) -> None:
    over = tried.result in FINAL or row.calls.count() >= limit("follow_tries")
    with because("回访", **as_of(tried.by, VERB)):
        move = log_move(
            matter, "follow_up", by=tried.by, on=tried.on, source=matter.state, verb=VERB,
            summary=f"{row.get_kind_display()}：{tried.get_result_display()}",
        )  # fmt: skip
        if not over:
            return
        row.result, row.done_on = tried.result, tried.on
        row.save()
        meet(matter, row.kind, tried.on, move=move)


def _wrong(
    matter: Matter, on: date, result: str, words: str, petitioner: Petitioner | None
) -> dict[str, str]:
    found = {}
    if on > today():
        found["on"] = "回访日期不能晚于今天。"
    elif matter.closed_on and on < matter.closed_on:
        found["on"] = f"回访日期不能早于办结日期 {matter.closed_on:%Y-%m-%d}。"
    if result not in (*FINAL, Result.NOT_REACHED):
        found["result"] = "请选择回访结果。"
    if result in (Result.KEEPS, Result.BROKEN) and not words.strip():
        found["words"] = "请写明信访人怎么说。"
    if petitioner is not None and petitioner.matter_id != matter.pk:
        found["petitioner"] = "请选本件的信访人。"
    return found


def people_for(follow_up: FollowUp) -> list[User]:
    """Who can be given the call: those who could make it, and see the matter."""
    matter = follow_up.matter
    out = {one["user"] for one in recused(matter, today())}
    return [
        user
        for user in holding(VERB, today())
        if user.pk not in out
        and any(_near(user, post, matter) for post in posts_of(user))
        and Matter.objects.visible_to(user).filter(pk=matter.pk).exists()
    ]


def may_give(user: Any, follow_up: FollowUp) -> bool:
    """The head of the office and the head of the lead unit say who calls."""
    if follow_up.result or not may_call(user, follow_up):
        return False
    return any(
        post.role in ("office_head", "unit_head") and _near(user, post, follow_up.matter)
        for post in posts_of(user)
    )


def give(follow_up: FollowUp, to: User | None, *, by: Any) -> FollowUp:
    """Say who makes the call, or (None) leave it to whoever comes first. Raises as `call` does."""
    with transaction.atomic():
        matter = taken_up(follow_up.matter, by)
        row = matter.follow_ups.select_for_update().get(pk=follow_up.pk)
        row.matter = matter
        if not may_give(by, row):
            raise PermissionDenied
        if to is not None and to.pk not in {user.pk for user in people_for(row)}:
            raise ValidationError({"to": f"{to}看不到这件事项或没有回访的权限，请另选一位。"})
        row.assigned_to = to
        with because("指定回访人", **as_of(by, VERB)):
            row.save()
    return row
