"""Carrying out the moves of a request: one short transaction, one row of what happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters.models import RightsMove, RightsPoint, RightsRequest
from casework.matters.rights.clock import due_day
from casework.matters.rights.lifecycle import BY_NAME, Rule, Said, wrong_answers, wrong_identity
from casework.matters.rights.permissions import may_handle, may_take, why_not_decide
from casework.matters.rights.queries import DECIDE, HANDLE
from casework.matters.rights.states import Done, Given, Right, Speaker, Stage
from casework.matters.states import Channel
from office.clock import now, today
from office.history import because
from office.identity import phone_problem
from office.limits import limit
from office.numbers import draw
from office.posts import post_for
from office.vault import new_data_key

SERIES = "QL"


@dataclass(frozen=True)
class Asked:
    """A request as told at the counter."""

    channel: str
    received_on: date
    rights: tuple[str, ...]
    name: str
    phone: str = ""
    address: str = ""
    speaker: str = Speaker.SELF
    agent: str = ""
    asked: str = ""


def register(asked: Asked, *, by: Any) -> RightsRequest:
    """Enter a request with its number and limit; `by` becomes its clerk.

    Raises ValidationError (field → sentence), PermissionDenied without the right; then nothing is
    written.
    """
    if not by.has_perm(HANDLE):
        raise PermissionDenied
    if gaps := _gaps(asked):
        raise ValidationError(gaps)
    with transaction.atomic():
        key = new_data_key()
        key.save()
        days, moment = limit("rights_days"), now()
        request = RightsRequest(
            channel=asked.channel,
            received_on=asked.received_on,
            registered_at=moment,
            clerk=by,
            speaker=asked.speaker,
            stage=Stage.RECEIVED,
            due_on=due_day(asked.received_on, days),
            due_days=days,
            data_key=key,
        )
        for name in ("name", "phone", "address", "agent", "asked"):
            request.put(name, getattr(asked, name).strip())
        year = today().year
        request.number = f"{SERIES}{year}-{draw(SERIES, year):04d}"
        with because("登记个人信息请求", **as_of(by, HANDLE)):
            request.save()
            for right in dict.fromkeys(asked.rights):
                RightsPoint(request=request, right=right).save()
        log(request, "register", by=by, on=asked.received_on, verb=HANDLE)
    return request


def _gaps(asked: Asked) -> dict[str, str]:
    gaps = {}
    if asked.received_on > today():
        gaps["received_on"] = "收到日期不能晚于今天。"
    if asked.channel not in Channel.values:
        gaps["channel"] = "请选择怎么提出的。"
    if not asked.rights or set(asked.rights) - set(Right.values):
        gaps["rights"] = "请选择请求的事项，至少一项。"
    if len(asked.name.strip()) < 2:
        gaps["name"] = "请写信息涉及的本人的全名。"
    if why := phone_problem(asked.phone):
        gaps["phone"] = why
    if asked.speaker not in Speaker.values:
        gaps["speaker"] = "请选择谁提出的。"
    elif asked.speaker != Speaker.SELF and not asked.agent.strip():
        gaps["agent"] = "请写代为提出的人的姓名。"
    if not asked.asked.strip():
        gaps["asked"] = "请照请求人的话写清要什么。"
    return gaps


def as_of(by: Any, verb: str) -> dict[str, Any]:
    """The person and the post behind a write, for `because`."""
    return {"user": by, "post": post_for(by, verb)}


def locked(request: RightsRequest, by: Any) -> RightsRequest:
    """The request as it now stands, locked; raises RightsRequest.DoesNotExist when hidden."""
    seen = RightsRequest.objects.visible_to(by).filter(pk=request.pk)
    return RightsRequest.objects.select_for_update().get(pk__in=seen.values("pk"))


def log(
    request: RightsRequest,
    name: str,
    *,
    by: Any,
    verb: str,
    on: date | None = None,
    summary: str = "",
    note: str = "",
) -> None:
    """Append what happened to the request."""
    row = RightsMove(
        request=request,
        name=name,
        target=request.stage,
        actor=by,
        post=post_for(by, verb),
        at=now(),
        on=on or today(),
        summary=summary,
    )
    row.put("note", note.strip())
    row.save()


def of_clerk(request: RightsRequest, by: Any, *, lock: bool = True) -> RightsRequest:
    """The request for its clerk, locked for a write. Raises PermissionDenied for anybody else."""
    seen = RightsRequest.objects.visible_to(by)
    request = locked(request, by) if lock else seen.get(pk=request.pk)
    if not may_handle(by, request):
        raise PermissionDenied
    return request


def require_stage(request: RightsRequest, rule: Rule) -> None:
    if request.stage not in rule.sources:
        raise ValidationError(
            f"{request.number} 现在是“{request.get_stage_display()}”，不能{rule.label}。"
            "可能已有同事先办了，请刷新页面查看。"
        )


def _move(
    request: RightsRequest,
    name: str,
    *,
    by: Any,
    verb: str,
    to: Stage | None = None,
    **said: Any,
) -> RightsRequest:
    """Write the stage and the row of what happened; the caller holds the lock and the rights."""
    rule = BY_NAME[name]
    request.stage = to or rule.target or request.stage
    if not request.is_open:
        request.due_on = None
    with because(rule.label, **as_of(by, verb)):
        request.validate_constraints()
        request.save()
    log(request, name, by=by, verb=verb, **said)
    return request


def check(request: RightsRequest, *, by: Any, identity: str, note: str) -> RightsRequest:
    """Whoever asks has shown who they are. Raises ValidationError, PermissionDenied."""
    with transaction.atomic():
        request = of_clerk(request, by)
        require_stage(request, BY_NAME["check"])
        if gaps := wrong_identity(request.speaker, identity, note):
            raise ValidationError(gaps)
        request.identity, request.checked_on = identity, today()
        request.put("identity_note", note.strip())
        return _move(request, "check", by=by, verb=HANDLE, summary=request.get_identity_display())


def submit(request: RightsRequest, said: Iterable[Said], *, by: Any) -> RightsRequest:
    """Lay the answers before a second person. Raises ValidationError with all that is missing."""
    told = {point.right: point for point in said}
    with transaction.atomic():
        request = of_clerk(request, by)
        require_stage(request, BY_NAME["submit"])
        points = list(request.points.select_for_update())
        missing = [Said(row.right, "", "") for row in points if row.right not in told]
        known = [told[row.right] for row in points if row.right in told]
        checked, shown = request.checked_on is not None, bool(request.document)
        if wrong := wrong_answers([*known, *missing], checked=checked, shown=shown):
            raise ValidationError(wrong)
        with because("拟定答复", **as_of(by, HANDLE)):
            for row in points:
                row.request = request
                row.answer = told[row.right].answer
                row.put("reason", told[row.right].reason.strip())
                row.save()
        return _move(request, "submit", by=by, verb=HANDLE, summary=_in_words(points))


def _in_words(points: Iterable[RightsPoint]) -> str:
    return "；".join(f"{row.get_right_display()}：{row.get_answer_display()}" for row in points)


def decide(request: RightsRequest, *, by: Any, agree: bool, note: str = "") -> RightsRequest:
    """The second person agrees or sends it back with a note.

    Raises ValidationError when it was decided meanwhile, by whoever prepared it, without a note.
    """
    with transaction.atomic():
        request = locked(request, by)
        if why := why_not_decide(by, request):
            raise ValidationError(why)
        if not agree and not note.strip():
            raise ValidationError({"note": "退回的，请写明要改什么，经办人会看到。"})
        if agree:
            request.decided_by, request.decided_at = by, now()
            return _move(request, "approve", by=by, verb=DECIDE, note=note)
        to = Stage.CHECKED if request.checked_on else Stage.RECEIVED
        return _move(request, "return", by=by, verb=DECIDE, note=note, to=to)


def answer(
    request: RightsRequest, *, by: Any, given: Mapping[str, Any], receipt: Any = None
) -> RightsRequest:
    """The answer reached the person: how, when, and what shows it.

    given: given (`states.Given`), note, answered_on. Raises ValidationError (field → sentence).
    """
    with transaction.atomic():
        request = of_clerk(request, by)
        require_stage(request, BY_NAME["answer"])
        if gaps := _answer_gaps(request, given, receipt):
            raise ValidationError(gaps)
        request.given, request.answered_on = given["given"], given["answered_on"]
        request.put("given_note", given["note"].strip())
        return _move(
            request, "answer", by=by, verb=HANDLE, on=request.answered_on,
            summary=request.get_given_display(),
        )  # fmt: skip


def _answer_gaps(request: RightsRequest, given: Mapping[str, Any], receipt: Any) -> dict[str, str]:
    gaps = {}
    day = given.get("answered_on")
    if given.get("given") not in Given.values:
        gaps["given"] = "请选择怎么答复的。"
    if not day or day > today() or day < request.received_on:
        gaps["answered_on"] = "答复日期在收到日期和今天之间。"
    if not str(given.get("note", "")).strip():
        gaps["note"] = "请写明经过，例如：本人签收；挂号信号码；电话里怎么说的。"
    if given.get("given") in (Given.IN_PERSON, Given.POST) and receipt is None:
        gaps["receipt"] = "请上传签收单或邮寄凭证的照片。"
    if not request.reply:
        gaps["given"] = "答复还没有写好，请先写好答复再登记。"
    if request.corrections.filter(done=Done.OPEN).exists():
        gaps["given"] = "还有更正没有办完，请先逐项办完。"
    return gaps


def withdraw(request: RightsRequest, *, by: Any, note: str) -> RightsRequest:
    """The person takes the request back; by their own word alone, which is noted."""
    with transaction.atomic():
        request = of_clerk(request, by)
        require_stage(request, BY_NAME["withdraw"])
        if not note.strip():
            raise ValidationError({"note": "请写明请求人怎么说的，例如：当面说不要了，已签字。"})
        return _move(request, "withdraw", by=by, verb=HANDLE, note=note)


def take(request: RightsRequest, *, by: Any) -> RightsRequest:
    """An office head becomes the clerk; then somebody else decides."""
    with transaction.atomic():
        request = locked(request, by)
        if not may_take(by, request):
            raise PermissionDenied
        old, request.clerk = request.clerk, by
        return _move(request, "take", by=by, verb=HANDLE, summary=f"原经办人 {old}")
