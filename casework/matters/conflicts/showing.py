"""What the record says of conflicts of interest to one reader: what holds, what waits, what to do."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from casework.matters.conflicts import asking, deciding, units
from casework.matters.conflicts.standing import asked_to_step_back, concerned_units
from casework.matters.conflicts.upward import told_above
from casework.matters.models import Conflict, Matter, Recusal
from casework.matters.opening import TEXTS
from casework.matters.permissions import may
from casework.matters.queries import running
from casework.matters.reading import shown
from casework.matters.recusals import ASK
from office.clock import today


@dataclass(frozen=True)
class Link:
    """A button: verb and address; a quiet one is for corrections."""

    label: str
    url: str
    quiet: bool = False


@dataclass(frozen=True)
class Line:
    """One person or unit: who, why in a word, how it stands, by whom, the reason, what to do."""

    who: str
    kind: str
    state: str
    by: str
    reason: str = ""
    opinion: str = ""
    told: str = ""
    links: list[Link] = field(default_factory=list)
    waits: bool = False


@dataclass(frozen=True)
class Section:
    """回避与利害关系 of a matter. asked: the reader was asked to step back and nobody decided yet."""

    people: list[Line]
    units: list[Line]
    links: list[Link]
    asked: bool

    @property
    def empty(self) -> bool:
        return not self.people and not self.units


def section(user: Any, matter: Matter, opened: Collection[str]) -> Section:
    """The section as this reader sees it; reasons are open together with the claim."""
    texts = TEXTS in opened
    return Section(
        people=[*_own(user, matter, texts), *_carried(user, matter)],
        units=_units(user, matter, texts),
        links=_links(user, matter),
        asked=asked_to_step_back(matter).filter(user=user.pk).exists(),
    )


def _own(user: Any, matter: Matter, texts: bool) -> list[Line]:
    """The conflicts raised at this matter, those that wait first."""
    found = []
    rows = matter.conflicts.select_related("user", "asked_by", "decided_by").order_by("pk")
    for row in sorted(rows, key=lambda row: bool(row.decision)):
        row.matter = matter
        found.append(
            Line(
                who=row.user.name,
                kind=row.get_kind_display(),
                state=_state(row),
                by=f"{row.asked_by or '系统'} {localtime(row.asked_at):%m-%d} 提出",
                reason="" if row.user_id == user.pk else shown(row, "reason", texts),
                opinion=shown(row, "opinion", texts),
                told="" if row.decision else deciding.deciders(row).told,
                links=_to_do(user, row),
                waits=not row.decision,
            )
        )
    return found


def _state(row: Conflict) -> str:
    if not row.decision:
        held = "已回避，" if row.holds else "暂停办理，"
        return f"{held}等决定"
    outcome = "不回避" if row.refused else "回避"
    told = ""
    if row.told_on:
        told = f"，{row.told_on:%m-%d} {row.get_told_how_display()}答复了信访人"
    return f"{localtime(row.decided_at):%m-%d} 决定{outcome}{told_above(row) or f'（{row.decided_by}）'}{told}"


def _to_do(user: Any, row: Conflict) -> list[Link]:
    keys = [row.matter_id, row.pk]
    found = []
    if deciding.may_decide(user, row):
        found.append(Link("去决定", reverse("matters:decide_conflict", args=keys)))
    if not row.decision and deciding.may_enter_district(user, row):
        found.append(Link("录入区级决定", reverse("matters:district_conflict", args=keys)))
    if row.owes_answer and may(user, row.matter, ASK):
        found.append(Link("记录答复信访人", reverse("matters:tell_conflict", args=keys)))
    return found


def _carried(user: Any, matter: Matter) -> list[Line]:
    """Who stays out for what another matter of the same arrival says; named where the reader sees it."""
    rows = Recusal.objects.filter(running(today()), matter=matter).exclude(conflict__matter=matter)
    rows = list(rows.select_related("user", "conflict__matter").order_by("pk"))
    from_where = [row.conflict.matter_id for row in rows if row.conflict]
    seen = dict(
        Matter.objects.visible_to(user).filter(pk__in=from_where).values_list("pk", "number")
    )
    return [
        Line(
            who=row.user.name,
            kind=f"随同一来件 {seen[row.conflict.matter_id]}"
            if row.conflict and row.conflict.matter_id in seen
            else "随同一来件"
            if row.conflict
            else "",
            state=f"自 {row.since:%m-%d} 回避",
            by="",
        )
        for row in rows
    ]


def _units(user: Any, matter: Matter, texts: bool) -> list[Line]:
    found = []
    supports = set(matter.supports.filter(running(today())).values_list("unit_id", flat=True))
    for row in concerned_units(matter, today()):
        row.matter = matter
        end = reverse("matters:unconcern", args=[matter.pk, row.pk])
        found.append(
            Line(
                who=row.unit.name,
                kind="被反映的单位",
                state="不主办" + ("，协办（提供事实、履行）" if row.unit_id in supports else ""),
                by=f"{row.get_source_display()}，{row.entered_by or '系统'} {row.since:%m-%d} 记",
                reason=shown(row, "reason", texts),
                links=[Link("不再是", end, quiet=True)] if units.may_end(user, row) else [],
            )
        )
    return found


def _links(user: Any, matter: Matter) -> list[Link]:
    found = []
    if asking.may_declare(user, matter):
        found.append(Link("我要回避", reverse("matters:declare", args=[matter.pk])))
    if asking.may_say(user, matter):
        found.append(
            Link("登记回避要求或被反映人", reverse("matters:say_conflict", args=[matter.pk]))
        )
    if units.may_concern(user, matter):
        found.append(Link("记被反映的单位", reverse("matters:concern", args=[matter.pk])))
    return found
