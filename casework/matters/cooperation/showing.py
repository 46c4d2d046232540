"""协办与往来 on the record, as one reader sees it: what waits first, what is done folded away."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from casework.matters.conflicts.showing import Link
from casework.matters.conflicts.upward import told_above
from casework.matters.cooperation import disputes, letters, notes, support
from casework.matters.cooperation.standing import heads, is_inside, works_in
from casework.matters.models import (
    DutyDispute,
    InternalNote,
    Matter,
    OutsideLetter,
    SupportTask,
)
from casework.matters.opening import TEXTS
from casework.matters.queries import running
from casework.matters.reading import shown
from office.clock import today

Text = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """One row: whom it is with, how it stands (and in which tone), by whom, texts, files, what to do."""

    who: str
    stands: str
    tone: str  # "seal" late, "amber" waits, "green" done, "" over
    meta: str
    texts: list[Text] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    waits: bool = False
    struck: bool = False


@dataclass(frozen=True)
class Section:
    """What there is of working together, by kind; `links`: what this reader may begin."""

    open: list[Line]
    over: list[Line]
    notes: list[Line]
    helpers: list[tuple[str, str]]  # (unit, address to end its help or "")
    links: list[Link]
    write: str  # address to write a note, "" for who may not

    @property
    def empty(self) -> bool:
        return not (self.open or self.over or self.notes or self.helpers)


def section(user: Any, matter: Matter, opened: Collection[str]) -> Section | None:
    """The section as this reader sees it; texts are open together with the claim."""
    texts, inside = TEXTS in opened, is_inside(user, matter)
    lines = [
        *_tasks(user, matter, texts, inside),
        *(_letters(user, matter, texts) if inside else ()),
        *_disputes(user, matter, texts, inside),
    ]
    links = _links(user, matter)
    may_write = notes.may_write(user, matter)
    found = Section(
        open=[line for line in lines if line.waits],
        over=[line for line in lines if not line.waits],
        notes=_notes(user, matter, texts),
        helpers=_helpers(user, matter),
        links=links,
        write=reverse("matters:write_note", args=[matter.pk]) if may_write else "",
    )
    return None if found.empty and not links and not may_write else found


def _texts(row: Any, opened: bool, *pairs: Text) -> list[Text]:
    """(label, text or mask) of the vault fields that hold something."""
    return [(label, text) for label, name in pairs if (text := shown(row, name, opened))]


def _address(name: str, row: Any) -> str:
    return reverse(f"matters:{name}", args=[row.matter_id, row.pk])


def _tasks(user: Any, matter: Matter, opened: bool, inside: bool) -> Iterable[Line]:
    rows = matter.support_tasks.select_related("unit", "person", "asked_by", "settled_by")
    for row in rows.prefetch_related("enclosed").order_by("-pk"):
        row.matter = matter
        if not inside and not works_in(user, [row.unit]):
            continue
        late = row.is_late(today())
        yield Line(
            who=f"{row.unit}协办{f'（{row.person}）' if row.person else ''}",
            stands=f"超期，应在 {row.due_on:%m-%d} 前答复" if late else _of_task(row),
            tone="seal" if late else {"asked": "amber", "answered": "green"}.get(row.stage, ""),
            meta=_asked(row.asked_by, row.asked_at),
            texts=_texts(row, opened, ("请做", "what"), ("答复", "answer"), ("理由", "reason")),
            files=[one.file_id for one in row.enclosed.all()],
            links=_of_unit(user, row),
            waits=row.waits,
        )


def _of_task(row: SupportTask) -> str:
    if row.waits:
        return f"等答复，{row.due_on:%m-%d} 前"
    return f"{localtime(row.settled_at):%m-%d} {row.get_stage_display()}（{row.settled_by}）"


def _asked(by: Any, at: Any) -> str:
    return f"{by or '系统'} {localtime(at):%m-%d %H:%M}"


def _of_unit(user: Any, row: SupportTask) -> list[Link]:
    found = []
    if support.may_answer(user, row):
        found.append(Link("答复", _address("answer_support", row)))
    if support.may_name(user, row):
        found.append(Link("指定协办人", _address("name_support", row), quiet=True))
    if support.may_withdraw(user, row):
        found.append(Link("撤回", _address("drop_support", row), quiet=True))
    if support.may_ask_again(user, row):
        again = f"{reverse('matters:ask_support', args=[row.matter_id])}?again={row.pk}"
        found.append(Link("再请一次", again, quiet=True))
    return found


def _letters(user: Any, matter: Matter, opened: bool) -> Iterable[Line]:
    rows = matter.outside_letters.select_related("sent_by", "answered_by").order_by("-pk")
    for row in rows:
        row.matter = matter
        late, enter = row.is_late(today()), letters.may_enter(user, row)
        links = [Link("录入复函", _address("answer_outside", row))] if enter else []
        links += [Link("撤回", _address("drop_outside", row), quiet=True)] if enter else []
        yield Line(
            who=f"{row.get_kind_display()} → {row.body_name}",
            stands=f"超期，应在 {row.due_on:%m-%d} 前答复" if late else _of_letter(row),
            tone="seal" if late else {"sent": "amber", "answered": "green"}.get(row.stage, ""),
            meta=f"{row.sent_by} {row.sent_on:%m-%d} {row.get_way_display()}",
            texts=_texts(row, opened, ("请办", "what"), ("复函", "answer"), ("理由", "reason")),
            files=[row.paper_id] if row.paper_id else [],
            links=links,
            waits=row.waits,
        )


def _of_letter(row: OutsideLetter) -> str:
    if row.waits:
        return f"等复函，{row.due_on:%m-%d} 前"
    day = f"{row.answered_on:%m-%d} " if row.answered_on else ""
    return f"{day}{row.get_stage_display()}"


def _disputes(user: Any, matter: Matter, opened: bool, inside: bool) -> Iterable[Line]:
    rows = matter.duty_disputes.select_related("unit", "other", "asked_by", "decided_by", "to_unit")
    for row in rows.order_by("-pk"):
        row.matter = matter
        if not inside and not heads(user, row.other) and not heads(user, row.unit):
            continue
        other = f"，认为归{row.other}" if row.other else ""
        yield Line(
            who=f"承办争议：{row.unit}认为不归它{other}",
            stands=_of_dispute(row),
            tone="amber" if row.waits else "",
            meta=_asked(row.asked_by, row.asked_at),
            texts=_texts(
                row, opened, ("理由", "reason"), (f"{row.other}的意见", "view"), ("裁定", "opinion")
            ),
            files=[row.paper_id] if row.paper_id else [],
            links=_of_parties(user, row),
            waits=row.waits,
        )


def _of_dispute(row: DutyDispute) -> str:
    if row.waits:
        told = disputes.deciders(row).told
        return f"等裁定。{told}" if told else "等裁定，期限不停"
    if row.withdrawn_at:
        return "已撤回"
    goes = f"由{row.to_unit}办理" if row.to_unit else f"仍由{row.unit}办理"
    return f"裁定{goes}{told_above(row) or f'（{row.decided_by}）'}"


def _of_parties(user: Any, row: DutyDispute) -> list[Link]:
    found = []
    if disputes.may_view(user, row):
        found.append(Link("表态", _address("view_dispute", row)))
    if disputes.may_decide(user, row):
        found.append(Link("裁定", _address("decide_dispute", row)))
    elif row.waits and disputes.may_enter_district(user, row):
        found.append(Link("录入区级裁定", _address("district_dispute", row)))
    if disputes.may_withdraw(user, row):
        found.append(Link("撤回争议", _address("drop_dispute", row), quiet=True))
    return found


def _notes(user: Any, matter: Matter, opened: bool) -> list[Line]:
    """Newest first, each with whom it mentions; a struck one says by whom."""
    found = []
    rows = notes.shown_to(user, matter).prefetch_related("mentions__user").order_by("-pk")
    for row in rows:
        row.matter = matter
        mine = [one for one in row.mentions.all() if one.user_id == user.pk and not one.read_at]
        links = [Link("知道了", _address("read_note", row))] if mine else []
        if notes.may_strike(user, row) and notes.may_write(user, matter):
            links.append(Link("划去", _address("strike_note", row), quiet=True))
        found.append(
            Line(
                who=row.get_kind_display(),
                stands=_struck(row),
                tone="",
                meta=_written(row),
                texts=_texts(row, opened, ("", "body"), ("划去的理由", "struck_reason")),
                links=links,
                struck=row.struck_at is not None,
            )
        )
    return found


def _written(row: InternalNote) -> str:
    names = "、".join(f"@{one.user}" for one in row.mentions.all())
    post = f"，{row.post}" if row.post else ""
    return f"{row.author}{post}　{localtime(row.written_at):%m-%d %H:%M}{f'　{names}' if names else ''}"


def _struck(row: InternalNote) -> str:
    return f"{row.struck_by} {localtime(row.struck_at):%m-%d} 划去" if row.struck_at else ""


def _helpers(user: Any, matter: Matter) -> list[tuple[str, str]]:
    """Units that see the matter to help, each with the address at which that ends."""
    may, found = support.may_ask(user, matter), []
    for row in matter.supports.filter(running(today())).select_related("unit").order_by("pk"):
        ends = may and not support.why_kept(matter, row.unit)
        url = reverse("matters:end_support", args=[matter.pk, row.pk]) if ends else ""
        found.append((str(row.unit), url))
    return found


def _links(user: Any, matter: Matter) -> list[Link]:
    pk, found = [matter.pk], []
    if support.may_ask(user, matter):
        found.append(Link("请求协办", reverse("matters:ask_support", args=pk)))
    if letters.may_send(user, matter):
        found.append(Link("致函外单位、提请区级", reverse("matters:send_outside", args=pk)))
    if disputes.may_raise(user, matter):
        found.append(Link("提出承办争议", reverse("matters:dispute", args=pk)))
    return found
