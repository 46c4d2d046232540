"""更正、补充 (PIPL art. 46): what is to stand, written through the matter's own amendment.

A wish is noted with its evidence; after the decision the clerk carries it out or refuses it with a
reason. The received date has clocks hanging on it: it goes to the matter's two-person approval.
"""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from casework.matters.amending import Amendment, Overtaken, amend, last_change
from casework.matters.approvals import ACT, ask
from casework.matters.attaching import attach
from casework.matters.models import Matter, RightsCorrection, RightsMatter, RightsRequest
from casework.matters.moving import locked, log_move
from casework.matters.reading import why_no_change
from casework.matters.rights.lifecycle import LEAST_REASON
from casework.matters.rights.moving import as_of, log, of_clerk
from casework.matters.rights.queries import HANDLE
from casework.matters.rights.states import Done, Field, Right, Stage
from office.clock import now, today
from office.history import because
from office.identity import id_number_problem, phone_problem
from office.looks import opened
from office.private_files import load

#: stages in which a wish may still be noted
NOTING = (Stage.CHECKED,)
_CHECKS = {Field.PHONE: phone_problem, Field.ID_NUMBER: id_number_problem}


def note(
    request: RightsRequest,
    link: RightsMatter,
    field: str,
    new: str,
    *,
    by: Any,
    evidence: Any = None,
) -> RightsCorrection:
    """Note a wished correction. Raises ValidationError (field → sentence), PermissionDenied."""
    with transaction.atomic():
        request = of_clerk(request, by)
        if request.stage not in NOTING:
            raise ValidationError("核实身份之后、提交审批之前，才能记更正。")
        if not request.points.filter(right=Right.CORRECT).exists():
            raise ValidationError("这件请求没有“更正、补充”这一项。")
        if why := _wrong(field, new.strip()):
            raise ValidationError({"new": why})
        row = RightsCorrection(request=request, link=link, field=field, evidence=evidence)
        row.put("old", _now(link, field))
        row.put("new", new.strip())
        with because("记更正请求", **as_of(by, HANDLE)):
            row.save()
        return row


def _wrong(field: str, new: str) -> str:
    """Why a wished value cannot stand; "" when it can."""
    if field not in Field.values:
        return "请选择更正哪一项。"
    if not new:
        return "请写要改成什么。"
    if field == Field.RECEIVED:
        return "" if _day(new) else "日期写成 2026-11-02 的样子。"
    check = _CHECKS.get(Field(field))
    return check(new) if check else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _now(link: RightsMatter, field: str) -> str:
    """What stands there now."""
    if field == Field.RECEIVED:
        return f"{link.matter.received_on:%Y-%m-%d}"
    link.petitioner.matter = link.matter
    return link.petitioner.unlocked(field)


def carry_out(correction: RightsCorrection, *, by: Any) -> RightsCorrection:
    """Write the correction into the matter, or ask for the second person's approval of a date.

    Raises ValidationError when the matter no longer takes it, is not within the clerk's reach, or
    changed meanwhile; nothing is written then.
    """
    with transaction.atomic():
        row = _to_settle(correction, by)
        matter = row.link.matter
        row.put("old", _now(row.link, row.field))
        try:
            if row.field == Field.RECEIVED:
                row.approval = _ask_date(row, matter, by)
                row.done = Done.ASKED
            elif why_no_change(matter):
                _annotate(row, matter, by)
                row.done = Done.NOTED
            else:
                _amend(row, matter, by)
                row.done = Done.WRITTEN
        except (Matter.DoesNotExist, PermissionDenied) as error:
            raise ValidationError(
                "这件事项不归您登记，您改不了。请信访办主任接手本请求，或由登记这件的同事改。"
            ) from error
        except Overtaken as error:
            raise ValidationError("刚有同事改过这件事项，请刷新页面再办。") from error
        return _settle(row, by)


def _amend(row: RightsCorrection, matter: Matter, by: Any) -> None:
    wanted = Amendment(
        version=matter.version,
        seen=last_change(matter),
        people={row.link.petitioner_id: {row.field: row.unlocked("new")}},
    )
    amend(matter, wanted, by=by)


def _annotate(row: RightsCorrection, matter: Matter, by: Any) -> None:
    """An ended matter keeps what was registered; what is right is noted beside it, for all to see."""
    log_move(
        locked(matter, by), "annotate", by=by, on=today(), source=matter.state, verb=HANDLE,
        summary=f"{row.get_field_display()}，本人请求更正",
        note=f"{row.unlocked('old') or '（空）'} → {row.unlocked('new')}",
    )  # fmt: skip


def _ask_date(row: RightsCorrection, matter: Matter, by: Any) -> Any:
    """The date goes to two people, with the request's evidence as a file of the matter."""
    if row.evidence is None:
        raise ValidationError("更正收到日期要有凭据，请先在更正里上传。")
    paper = row.evidence
    paper.request = row.request
    opened(row.request)  # the clerk's own paper, copied and not shown
    data = load(paper.path, row.request.data_key)
    upload = SimpleUploadedFile(paper.unlocked("name"), data)
    file = attach(matter, upload, by=by, proof=True)
    reason = f"个人信息请求 {row.request.number}：本人请求更正"
    return ask(
        matter, ACT.RECEIVED, by=by, reason=reason, evidence=file,
        new_date=_day(row.unlocked("new")),
    )  # fmt: skip


def refuse(correction: RightsCorrection, *, by: Any, reason: str) -> RightsCorrection:
    """Not corrected, with a reason the person is told. Raises ValidationError without one."""
    with transaction.atomic():
        row = _to_settle(correction, by)
        if len(reason.strip()) < LEAST_REASON:
            raise ValidationError({"reason": "请写明为什么不予更正，会写进答复。"})
        row.done = Done.REFUSED
        row.put("reason", reason.strip())
        return _settle(row, by)


def _to_settle(correction: RightsCorrection, by: Any) -> RightsCorrection:
    request = of_clerk(correction.request, by)
    if request.stage != Stage.DECIDED:
        raise ValidationError("审批同意之后才能更正。")
    rows = request.corrections.select_for_update(of=("self",))
    row = rows.select_related("link__matter__data_key", "link__petitioner", "evidence").get(
        pk=correction.pk
    )
    if row.done:
        raise ValidationError("这一项已经办过了，请刷新页面查看。")
    row.request = request
    if row.link.dropped or row.link.matter.sealed:
        raise ValidationError("这件事项现在不能由您办理，请信访办主任接手。")
    return row


def _settle(row: RightsCorrection, by: Any) -> RightsCorrection:
    row.done_by, row.done_at = by, now()
    with because("办理更正", **as_of(by, HANDLE)):
        row.save()
    summary = f"{row.get_field_display()}：{row.get_done_display()}"
    log(row.request, "correct", by=by, verb=HANDLE, summary=summary)
    return row
