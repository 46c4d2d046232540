"""Which matters a request is about: added one by one, on what the person can show.

A matter is added when two of three things agree: the query code, the name, the phone (the phone as
registered, the name of the person concerned). Fewer than two take an office head and a written
basis. Absent, sealed, another's, hidden by recusal and a wrong code are answered alike, in as many
queries, and every try is in the look ledger before its answer and counted.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from hmac import compare_digest
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from casework.matters.contacts import name_hash, phone_hashes
from casework.matters.intake import query_code
from casework.matters.models import (
    ItemLink,
    Matter,
    Petitioner,
    Recusal,
    RightsMatter,
    RightsRequest,
)
from casework.matters.permissions import heads_office
from casework.matters.queries import running
from casework.matters.rights.moving import as_of, log, of_clerk
from casework.matters.rights.queries import HANDLE
from casework.matters.rights.states import Mark, Stage
from office.clock import now, today
from office.history import because
from office.limits import limit
from office.looks import log_look
from office.masking import mask_name, mask_phone
from office.models import Look
from office.posts import post_for

ENOUGH = 2  # marks that must agree
LEAST_BASIS = 10  # characters of a written basis
TRY = "核对事项"
NEUTRAL = (
    "没有添加：编号、查询码和请求人对不上，或者这件不在您能办理的范围。请当面核对回执；"
    "核对无误还是不行的，请信访办主任办理，或按答复里写的告诉对方到哪里问。"
)
_HOUR = timedelta(hours=1)
_MOST = 50


@dataclass(frozen=True)
class Candidate:
    """A matter that may be the person's: what is told of it before it was added, and no more."""

    matter: Matter
    petitioner: Petitioner
    marks: frozenset[str] = field(default_factory=frozenset)

    @property
    def agreeing(self) -> str:
        return "、".join(Mark(mark).label for mark in Mark.values if mark in self.marks)

    @property
    def is_sure(self) -> bool:
        return len(self.marks) >= ENOUGH


def reachable(user: Any) -> QuerySet:
    """Matters a request of this clerk may be about: never a sealed one, none they stepped back from.

    Not `visible_to`: that somebody brought a matter is told to the counter for unsealed matters of
    other desks too (number, date, category, unit), and the rest only for the person's own request.
    """
    away = Recusal.objects.filter(running(today()), user=user)
    there = Matter.objects.filter(sealed=False, data_key__destroyed_at=None)
    return there.exclude(pk__in=away.values("matter"))


def look_up(request: RightsRequest, number: str, code: str, *, by: Any) -> list[Candidate]:
    """The matters of a number (of a matter or of an arrival) whose code this is; [] for all else.

    Writes the try into the look ledger, outside of what may be undone. Raises ValidationError when
    there were too many tries, PermissionDenied for all but the clerk.
    """
    _require_tries(to_gather(request, by, lock=False), by)
    number, code = _narrow(number).upper(), _narrow(code).encode()
    rows = ItemLink.objects.filter(
        Q(matter__number=number) | Q(item__number=number),
        item__sealed=False,
        matter__in=reachable(by).values("pk"),
    ).select_related("item", "matter__data_key")
    matters = {
        link.matter_id: link.matter
        for link in rows.order_by("pk")
        if compare_digest(query_code(link.item).encode(), code)
    }
    found = _candidates(request, matters.values(), {Mark.CODE.value}) if matters else []
    told = "相符" if found else "不符"
    log_look(
        by, request, f"{TRY}：编号加查询码，{told}",
        purpose=f"办理个人信息请求 {request.number}", post=post_for(by, HANDLE),
    )  # fmt: skip
    return found


def search(request: RightsRequest, *, by: Any) -> list[Candidate]:
    """Candidates by the exact name and phone of the person concerned, newest first; logged.

    Nothing can be typed: what is looked for stands in the request. Raises as `look_up` does.
    """
    request = to_gather(request, by, lock=False)
    _require_tries(request, by)
    found = _by_hashes(request, by)
    name, phone = mask_name(request.unlocked("name")), mask_phone(request.unlocked("phone"))
    log_look(
        by, request, f"{TRY}：按姓名{name}、电话{phone or '（无）'}查找，{len(found)} 件",
        purpose=f"办理个人信息请求 {request.number}", post=post_for(by, HANDLE),
    )  # fmt: skip
    return found


def candidate(request: RightsRequest, pk: int, *, by: Any) -> Candidate | None:
    """One of what `search` found, checked anew; None for anything else."""
    return next((one for one in _by_hashes(request, by, pk) if one.matter.pk == pk), None)


def _by_hashes(request: RightsRequest, by: Any, pk: int = 0) -> list[Candidate]:
    wanted = Q(name_hash=name_hash(request.unlocked("name")))
    if phones := phone_hashes(request.unlocked("phone")):
        wanted |= Q(phone_hash__in=phones)
    rows = Petitioner.objects.filter(wanted, matter__in=reachable(by).values("pk"))
    if pk:
        rows = rows.filter(matter=pk)
    keys = rows.order_by("-matter__received_on", "-matter").values_list("matter", flat=True)
    matters = Matter.objects.select_related("category__parent", "lead_unit", "data_key")
    wanted_keys = list(dict.fromkeys(keys[: 2 * _MOST]))[:_MOST]
    by_key = matters.in_bulk(wanted_keys)
    return _candidates(request, [by_key[key] for key in wanted_keys], set())


def _candidates(
    request: RightsRequest, matters: Iterable[Matter], marks: set[str]
) -> list[Candidate]:
    found = []
    for matter in matters:
        petitioners = list(matter.petitioners.order_by("-main", "pk"))
        if one := _whose(request, petitioners):
            found.append(Candidate(matter, one[0], frozenset(marks | one[1])))
    return found


def _whose(
    request: RightsRequest, petitioners: Sequence[Petitioner]
) -> tuple[Petitioner, set[str]] | None:
    """Which of a matter's petitioners asks, and what agrees; None when that cannot be told.

    One petitioner alone is the one the code was given to, if that is all there is to go by.
    """
    name, phones = name_hash(request.unlocked("name")), phone_hashes(request.unlocked("phone"))
    scored = []
    for row in petitioners:
        marks = {Mark.NAME.value} if row.name_hash and row.name_hash == name else set()
        marks |= {Mark.PHONE.value} if row.phone_hash and row.phone_hash in phones else set()
        scored.append((row, marks))
    best = max((len(marks) for _, marks in scored), default=0)
    likely = [one for one in scored if len(one[1]) == best]
    if len(likely) > 1:  # a couple with one phone: the name decides
        likely = [one for one in likely if Mark.NAME in one[1]]
    return likely[0] if len(likely) == 1 else None


def add(request: RightsRequest, one: Candidate, *, by: Any, basis: str = "") -> RightsMatter:
    """Take a matter into the request. Raises ValidationError when too little agrees."""
    with transaction.atomic():
        request = to_gather(request, by)
        if not one.is_sure:
            _require_basis(one, by, basis)
        if not reachable(by).filter(pk=one.matter.pk).exists():  # sealed since it was found
            raise ValidationError(NEUTRAL)
        if request.links.filter(matter=one.matter, dropped=False).exists():
            raise ValidationError("这件已经添加过了。")
        link = RightsMatter(
            request=request,
            matter=one.matter,
            petitioner=one.petitioner,
            marks=",".join(sorted(one.marks)),
            added_by=by,
        )
        link.put("basis", basis.strip())
        with because("添加事项", **as_of(by, HANDLE)):
            link.save()
            forget_document(request)
        log(request, "add", by=by, verb=HANDLE, summary=f"核对一致：{one.agreeing}", note=basis)
        return link


def _require_basis(one: Candidate, by: Any, basis: str) -> None:
    if not one.marks or not heads_office(by):
        raise ValidationError(NEUTRAL)
    if len(basis.strip()) < LEAST_BASIS:
        raise ValidationError(
            {"basis": f"只有{one.agreeing}一致，请写明凭什么认定是本人，至少 {LEAST_BASIS} 个字。"}
        )


def drop(request: RightsRequest, link: RightsMatter, *, by: Any) -> None:
    """Take a matter out again: added by mistake. What was put together is put together anew."""
    with transaction.atomic():
        request = to_gather(request, by)
        row = request.links.select_for_update().get(pk=link.pk, dropped=False)
        if row.corrections.exists():
            raise ValidationError("这件上有更正请求，不能移出。")
        row.request, row.dropped = request, True
        with because("移出事项", **as_of(by, HANDLE)):
            row.save()
            forget_document(request)
        log(request, "drop", by=by, verb=HANDLE)


def forget_document(request: RightsRequest) -> None:
    """What was put together no longer fits what it was put together from."""
    request.put("document", "")
    request.save()


def _narrow(text: str) -> str:
    """A number as it was printed, however it was typed."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def to_gather(request: RightsRequest, by: Any, *, lock: bool = True) -> RightsRequest:
    """The request for its clerk while matters may still be added and taken out."""
    request = of_clerk(request, by, lock=lock)
    if request.stage != Stage.CHECKED:
        raise ValidationError(
            f"{request.number} 现在是“{request.get_stage_display()}”，不能核对事项。"
            "先核实身份；已提交审批的，请审批人退回后再改。"
        )
    return request


def _require_tries(request: RightsRequest, by: Any) -> None:
    """Guessing is slow: so many tries an hour, of one person and on one request."""
    rows = Look.objects.filter(
        kind=request._meta.label_lower, what__startswith=TRY, at__gt=now() - _HOUR
    )
    most = limit("rights_tries")
    if max(rows.filter(person=by).count(), rows.filter(object_id=request.pk).count()) >= most:
        raise ValidationError(
            f"一小时内已核对 {most} 次，请过一会儿再试。次数太多会记入查看记录，审计会看到。"
        )
