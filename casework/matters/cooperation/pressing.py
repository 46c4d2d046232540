"""督办 and 眼前危险 on the record, as one reader sees them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from casework.matters.conflicts.showing import Link
from casework.matters.cooperation import danger, supervising, urgent
from casework.matters.cooperation.showing import Line
from casework.matters.cooperation.standing import DANGER, is_inside, works_in
from casework.matters.models import (
    Clock,
    Danger,
    Matter,
    Supervision,
    SupervisionAnswer,
    UrgentReport,
)
from casework.matters.opening import TEXTS
from casework.matters.reading import shown
from office.clock import today
from office.workdays import words_left


@dataclass(frozen=True)
class Section:
    """Supervisions and reminders, urgent reports, and what this reader may begin."""

    supervisions: list[Line]
    reminders: list[Line]  # those nobody of the unit took note of yet
    past: list[Line]
    urgent: list[Line]
    links: list[Link]

    @property
    def empty(self) -> bool:
        return not (self.supervisions or self.reminders or self.past or self.urgent)


@dataclass(frozen=True)
class DangerSection:
    """The word on the matter, when it stands; the button, for who may press it."""

    until: date | None
    by: str
    reason: str
    links: list[Link]
    button: str


def section(user: Any, matter: Matter, opened: Collection[str]) -> Section | None:
    """The section as this reader sees it; None when there is nothing and nothing to begin."""
    texts, inside = TEXTS in opened, is_inside(user, matter)
    nudges = list(_reminders(user, matter, texts)) if inside else []
    found = Section(
        supervisions=list(_supervisions(user, matter, texts, inside)),
        reminders=[line for line in nudges if line.waits],
        past=[line for line in nudges if not line.waits],
        urgent=list(_urgent(user, matter, texts)) if inside else [],
        links=_links(user, matter),
    )
    return None if found.empty and not found.links else found


def _supervisions(user: Any, matter: Matter, opened: bool, inside: bool) -> Iterable[Line]:
    rows = matter.supervisions.select_related("unit", "asked_by").prefetch_related("answers")
    due = dict(
        matter.clocks.filter(kind=supervising.CLOCK, status=Clock.Status.RUNNING).values_list(
            "subject", "due_on"
        )
    )
    for row in rows.order_by("-pk"):
        row.matter = matter
        if not inside and not works_in(user, [row.unit]):
            continue
        last = due.get(row.subject)
        late = last is not None and last < today()
        yield Line(
            who=f"{row.get_measure_display()}：{row.get_ground_display()}",
            stands=f"{row.get_stage_display()}{f'，{words_left(last, today())}' if last else ''}",
            tone="seal" if late else "amber" if row.is_running else "green",
            meta=f"{row.unit}　{row.asked_by} {row.asked_on:%m-%d}",
            texts=[
                *_pairs(row, opened, ("要求", "what"), ("建议", "suggestion"), ("撤销", "reason")),
                *_said(matter, row, opened),
            ],
            files=[one.paper_id for one in row.answers.all() if one.paper_id],
            links=_of_supervision(user, row),
            waits=row.is_running,
        )


def _pairs(row: Any, opened: bool, *pairs: tuple[str, str]) -> list[tuple[str, str]]:
    return [(label, text) for label, name in pairs if (text := shown(row, name, opened))]


def _said(matter: Matter, row: Supervision, opened: bool) -> Iterable[tuple[str, str]]:
    for one in row.answers.all():
        one.matter = matter
        yield f"{one.answered_on:%m-%d} 答复", shown(one, "body", opened)
        if one.adoption:
            note = shown(one, "adoption_note", opened)
            yield "建议", f"{one.get_adoption_display()}。{note}"
        if one.verdict == SupervisionAnswer.Verdict.SENT_BACK:
            yield "退回重答", shown(one, "verdict_note", opened)


def _of_supervision(user: Any, row: Supervision) -> list[Link]:
    keys, found = [row.matter_id, row.pk], []
    if supervising.may_answer(user, row):
        found.append(Link("答复督办", reverse("matters:answer_supervision", args=keys)))
    if supervising.may_judge(user, row):
        found.append(Link("审核答复", reverse("matters:judge_supervision", args=keys)))
    if supervising.may_withdraw(user, row):
        found.append(Link("撤销", reverse("matters:drop_supervision", args=keys), quiet=True))
    return found


def _reminders(user: Any, matter: Matter, opened: bool) -> Iterable[Line]:
    rows = matter.reminders.select_related("asked_by", "read_by", "unit").order_by("-pk")
    for row in rows:
        row.matter = matter
        stands = (
            "还没有看"
            if row.read_at is None
            else f"{row.read_by} {localtime(row.read_at):%m-%d} 已阅"
        )
        link = Link("回复", reverse("matters:reply_reminder", args=[matter.pk, row.pk]))
        mine = row.read_at is None and supervising.may_reply(user, row)
        yield Line(
            who=row.get_text_chosen_display(),
            stands="已回复" if row.answered_at else stands,
            tone="amber" if row.read_at is None else "",
            meta=f"{row.asked_by or '系统'} {localtime(row.asked_at):%m-%d %H:%M}　催办{row.unit}",
            texts=_pairs(row, opened, ("回复", "answer")),
            links=[link] if mine else [],
            waits=row.read_at is None,
        )


def _urgent(user: Any, matter: Matter, opened: bool) -> Iterable[Line]:
    rows = matter.urgent_reports.select_related("reported_by")
    for row in rows.prefetch_related("notices", "steps__by").order_by("-pk"):
        row.matter = matter
        gaps = urgent.missing(row) if row.ended_at is None else []
        people = f"涉及 {row.people_affected} 人　" if row.people_affected else ""
        yield Line(
            who="重大紧急报告",
            stands=f"还没有报{'、'.join(gaps)}" if gaps else _stands(row),
            tone="seal" if gaps else "" if row.ended_at else "amber",
            meta=f"{people}{row.reported_by} {localtime(row.reported_at):%m-%d %H:%M}",
            texts=[*_pairs(row, opened, ("情况", "facts")), *_told(matter, row, opened)],
            links=_of_urgent(user, row),
            waits=row.ended_at is None,
        )


def _stands(row: UrgentReport) -> str:
    return f"{localtime(row.ended_at):%m-%d} 处置结束" if row.ended_at else "处置中"


def _told(matter: Matter, row: UrgentReport, opened: bool) -> Iterable[tuple[str, str]]:
    for one in row.notices.all():
        one.matter = matter
        when = f"{localtime(one.told_at):%m-%d %H:%M} {one.get_way_display()}报"
        receipt = shown(one, "receipt", opened)
        answered = f"　回执：{receipt}" if receipt else "　还没有回执"
        yield f"{when}{one.get_to_display()}", f"{shown(one, 'who', opened)}{answered}"
    for step in row.steps.all():
        step.matter = matter
        yield f"{localtime(step.at):%m-%d %H:%M} 续报（{step.by}）", shown(step, "body", opened)


def _of_urgent(user: Any, row: UrgentReport) -> list[Link]:
    if not urgent.may_write(user, row):
        return []
    keys = [row.matter_id, row.pk]
    receipts = [
        Link(
            f"记{one.get_to_display()}的回执",
            reverse("matters:urgent_receipt", args=[*keys, one.pk]),
            quiet=True,
        )
        for one in row.notices.all()
        if one.receipt_at is None
    ]
    return [
        Link("续报", reverse("matters:urgent_step", args=keys)),
        Link("补报", reverse("matters:urgent_told", args=keys), quiet=True),
        *receipts,
        Link("处置结束", reverse("matters:end_urgent", args=keys), quiet=True),
    ]


def _links(user: Any, matter: Matter) -> list[Link]:
    pk, found = [matter.pk], []
    if supervising.may_press(user, matter):
        if matter.is_open:
            found.append(Link("催办", reverse("matters:remind", args=pk)))
        found.append(Link("督办", reverse("matters:supervise", args=pk)))
    if urgent.may_report(user, matter):
        found.append(Link("报告重大紧急", reverse("matters:urgent", args=pk)))
    return found


def danger_section(user: Any, matter: Matter, opened: Collection[str]) -> DangerSection | None:
    """The word where it stands; else the button alone, for who may press it."""
    row = danger.standing(matter, today())
    press = user.has_perm(DANGER) and (row is not None or danger.may_raise(user, matter))
    button = reverse("matters:danger", args=[matter.pk]) if press else ""
    if row is None:
        return DangerSection(None, "", "", [], button) if button else None
    row.matter = matter
    inside = is_inside(user, matter)
    return DangerSection(
        until=row.until,
        by=f"{row.raised_by} {localtime(row.raised_at):%m-%d %H:%M}",
        reason=shown(row, "reason", TEXTS in opened) if inside else "",
        links=_of_danger(user, row) if inside else [],
        button=button,
    )


def _of_danger(user: Any, row: Danger) -> list[Link]:
    if not danger.may_end(user, row):
        return []
    keys = [row.matter_id, row.pk]
    return [
        Link("解除", reverse("matters:end_danger", args=keys)),
        Link("延长", reverse("matters:prolong_danger", args=keys), quiet=True),
    ]
