"""A list in clear: asked for with a purpose, decided by a second person (practice §2).

Whoever asks never decides. On agreement the file is begun for the asker; everything that was asked,
decided and taken back is history.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from office.clock import now
from office.exporting import runs
from office.history import acting, current
from office.models import ExportRequest, ExportRun, User
from office.posts import post_for
from office.registries import exports
from office.separation import Act, Part, not_own, refused

State = ExportRequest.State
AUDIT = "office.view_change"


def ask(person: Any, listing: str, query: QueryDict, *, conditions: str, purpose: str) -> Any:
    """A new request for the list in clear.

    Raises ValidationError without a purpose, PermissionDenied without the right to ask.
    """
    verb = exports[listing].ask
    if not verb or not person.is_active or post_for(person, verb) is None:
        raise PermissionDenied
    if not purpose.strip():
        raise ValidationError({"detail": "请写明用途：给谁、做什么用。"})
    request = ExportRequest(
        listing=listing,
        query=dict(query.lists()),
        conditions=conditions[:500],
        purpose=purpose.strip(),
        asked_by=person,
        asked_at=now(),
    )
    with _as(person, verb, "申请明文导出"):
        request.save()
    return request


def why_not_decide(request: ExportRequest, by: Any) -> str:
    """Why this person does not decide on the request; "" when they do."""
    if request.state != State.ASKED:
        return _over(request)
    if why := refused(Act.APPROVE, by, {Part.ASKER: (request.asked_by_id,)}):
        return why
    listed = exports.get(request.listing)
    if listed is None or not by.is_active or post_for(by, listed.decide) is None:
        return "您没有审批这项申请的权限。"
    return ""


def _over(request: ExportRequest) -> str:
    if request.state == State.WITHDRAWN:
        return "申请人已经撤回，不用再审批。"
    return f"{request.decided_by} 已经审批：{request.get_state_display()}。没有再次处理。"


def decide(pk: int, *, by: Any, agree: bool, note: str = "") -> ExportRequest:
    """Agree, which begins the file for the asker, or refuse, with a note.

    Raises ValidationError (Chinese) when it was decided or taken back meanwhile, by the asker,
    without the right, for a refusal without a note, and when the asker has lost the right.
    """
    with transaction.atomic():
        request = _locked(pk)
        if why := why_not_decide(request, by):
            raise ValidationError(why)
        listed = exports[request.listing]
        if agree:
            _require_asker(request.asked_by, listed.ask)
        elif not note.strip():
            raise ValidationError({"note": "不同意时请写明理由，申请人会看到。"})
        request.state = State.ALLOWED if agree else State.REFUSED
        request.decided_by, request.decided_at, request.note = by, now(), note.strip()
        with _as(by, listed.decide, "审批明文导出"):
            request.save()
        if agree:
            runs.begin(
                request.asked_by,
                request.listing,
                runs.query_of(request),
                format=request.format,
                conditions=request.conditions,
                purpose=request.purpose,
                request=request,
            )
    return request


def _require_asker(asker: User, verb: str) -> None:
    if not asker.is_active:
        raise ValidationError("申请人的账号已停用，不能同意。请选“不同意”。")
    if post_for(asker, verb) is None:
        raise ValidationError("申请人现在没有申请明文导出的权限，不能同意。请选“不同意”。")


def withdraw(pk: int, *, by: Any) -> ExportRequest:
    """Take one's own request back while nobody has decided. Raises ValidationError otherwise."""
    with transaction.atomic():
        request = _locked(pk)
        if request.asked_by_id != by.pk:
            raise PermissionDenied
        if request.state != State.ASKED:
            raise ValidationError(_over(request))
        request.state = State.WITHDRAWN
        listed = exports.get(request.listing)
        with _as(by, listed.ask if listed else "", "撤回明文导出申请"):
            request.save()
    return request


def _locked(pk: int) -> ExportRequest:
    rows = ExportRequest.objects.select_for_update(of=("self",))
    return rows.select_related("asked_by", "decided_by").get(pk=pk)


def _as(person: Any, verb: str, reason: str) -> Any:
    """The writes of this block are this person's, in the post that gives the right."""
    return acting(person, reason, post_for(person, verb), current().address)


# Who sees which


def seen_by(user: Any) -> QuerySet:
    """Requests a person may open: their own, those they may decide on, all of them for auditors."""
    rows = ExportRequest.objects.select_related("asked_by", "decided_by")
    if not user.is_active:
        return rows.none()
    if post_for(user, AUDIT):
        return rows
    return rows.filter(Q(asked_by=user) | Q(listing__in=_decided_by(user)))


def waiting_for(user: Any) -> QuerySet:
    """Requests of others this person may decide on now, the oldest first."""
    rows = seen_by(user).filter(state=State.ASKED, listing__in=_decided_by(user))
    return rows.filter(not_own(user)).order_by("pk")


def _decided_by(user: Any) -> list[str]:
    """Keys of the lists whose clear export this person may decide on."""
    return [key for key, one in exports.items() if one.decide and post_for(user, one.decide)]


def run_of(request: ExportRequest) -> ExportRun | None:
    """The file of an allowed request."""
    return request.runs.order_by("-pk").first()


def names(ids: list[int]) -> dict[int, str]:
    """What an auditor reads of requests: number and list."""
    rows = ExportRequest.objects.filter(pk__in=ids).values_list("pk", "listing")
    return {
        pk: f"第 {pk} 号（{exports[key].label if key in exports else key}）" for pk, key in rows
    }


def links(user: Any, ids: list[int]) -> dict[int, str]:
    """Addresses of the requests among `ids` that this person may open."""
    found = seen_by(user).filter(pk__in=ids).values_list("pk", flat=True)
    return {pk: reverse("exports:request", args=[pk]) for pk in found}
