"""What the record shows of outcomes: 办结 and 化解 apart, the four parts, talks (domain §0.8)."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from casework.matters.approvals import ACT, may_ask
from casework.matters.attaching import may_prove
from casework.matters.models import (
    ArchiveFile,
    CitedPage,
    FollowUp,
    FourPart,
    Matter,
    MatterFile,
    PaperSignature,
)
from casework.matters.opening import TEXTS
from casework.matters.outcomes import confirming, following, settling, talking
from casework.matters.outcomes.archiving import VERB as ARCHIVE
from casework.matters.outcomes.evidence import evidence_of, said_of
from casework.matters.outcomes.paper import ENTER, label_of
from casework.matters.outcomes.parts import may_say
from casework.matters.permissions import available, may
from casework.matters.reading import shown
from casework.matters.states import State
from office.clock import today
from office.vault import VaultRecord


@dataclass(frozen=True)
class Link:
    """A quiet way on: words and address."""

    label: str
    url: str


@dataclass(frozen=True)
class Fact:
    """One line: what it is, what is said, how it stands (late, soon, done, ""), what can be done."""

    label: str
    text: str
    tone: str = ""
    note: str = ""
    links: list[Link] = field(default_factory=list)


@dataclass(frozen=True)
class Outcomes:
    """The facts after the procedure, each with its own day, and what may be recorded."""

    facts: list[Fact]
    links: list[Link]


@dataclass(frozen=True)
class PartLine:
    """One of the four parts as a reader sees it; files: (key, label)."""

    label: str
    said: bool
    applies: bool
    words: str
    by: str
    files: list[tuple[int, str]]
    document: str


@dataclass(frozen=True)
class Parts:
    lines: list[PartLine]
    url: str


@dataclass(frozen=True)
class Cited:
    """A page that was explained: title, since when it was public, what became of it since."""

    title: str
    released: date
    since: str
    url: str


@dataclass(frozen=True)
class TalkLine:
    head: str
    texts: list[tuple[str, str]]
    cited: list[Cited]


@dataclass(frozen=True)
class Talks:
    lines: list[TalkLine]
    url: str


def outcome_section(user: Any, matter: Matter, opened: Collection[str]) -> Outcomes | None:
    """办结、化解、缓和、回访、归档、纸质签批, one under the other; None while there is nothing."""
    texts = TEXTS in opened
    facts = [
        *_closing(matter), *_resolutions(user, matter, texts), *_easing(user, matter, texts),
        *_calls(user, matter, texts), *_archive(user, matter), *_papers(user, matter),
    ]  # fmt: skip
    links = _links(user, matter)
    return Outcomes(facts, links) if facts or links else None


def _closing(matter: Matter) -> list[Fact]:
    if matter.closed_on is None or matter.state not in (State.CLOSED, State.ARCHIVED):
        return []
    how = matter.get_ending_display()
    note = "" if settling.standing(matter) else "还没有记化解：办结不等于化解"
    return [Fact("办结", f"{matter.closed_on:%Y-%m-%d}{'　' + how if how else ''}", note=note)]


def _resolutions(user: Any, matter: Matter, texts: bool) -> list[Fact]:
    found = []
    for row in matter.resolutions.select_related("by", "taken_back_by", "evidence"):
        row.matter = matter
        proof = reverse("matters:file", args=[matter.pk, row.evidence_id])
        links = [Link("看凭据", proof)]
        if row.taken_back_on:
            told = f"{row.taken_back_on:%Y-%m-%d} {row.taken_back_by} 撤销"
            found.append(
                Fact("化解（已撤销）", f"{row.settled_on:%Y-%m-%d}　{told}", "off", _open(row, "reason", texts), links)
            )  # fmt: skip
            continue
        if settling.may_settle(user, matter):
            links.append(Link("撤销", reverse("matters:take_back", args=[matter.pk, row.pk])))
        found.append(
            Fact("化解", f"{row.settled_on:%Y-%m-%d}　{row.get_how_display()}", "done", _open(row, "words", texts), links)
        )  # fmt: skip
    return found


def _easing(user: Any, matter: Matter, texts: bool) -> list[Fact]:
    row = settling.easing_of(matter)
    if row is None:
        return []
    row.matter = matter
    late = row.next_on < today()
    links = []
    if settling.may_settle(user, matter):
        links.append(Link("已再次联系", reverse("matters:end_easing", args=[matter.pk])))
    told = f"{row.next_on:%Y-%m-%d} 再联系{'，已过期' if late else ''}"
    return [
        Fact("阶段性缓和", f"{told}（不是化解）", "late" if late else "soon", _open(row, "reason", texts), links)
    ]  # fmt: skip


def _calls(user: Any, matter: Matter, texts: bool) -> list[Fact]:
    found = []
    rows = matter.follow_ups.select_related("assigned_to").prefetch_related("calls__by")
    for row in rows.order_by("due_on", "pk"):
        row.matter = matter
        last = next(reversed(row.calls.all()), None)
        note = ""
        if last is not None:
            last.matter = matter
            note = f"{last.on:%m-%d} {last.by}：{last.get_result_display()}　{_open(last, 'words', texts)}"
        found.append(
            Fact(row.get_kind_display(), *_standing(row), note.strip(), _to_call(user, row))
        )
    return found


def _standing(row: FollowUp) -> tuple[str, str]:
    if row.result:
        tone = {"keeps": "done", "broken": "late"}.get(row.result, "off")
        return f"{row.done_on:%Y-%m-%d}　{row.get_result_display()}", tone
    late = row.due_on < today()
    who = f"　{row.assigned_to}" if row.assigned_to else ""
    return f"最迟 {row.due_on:%Y-%m-%d}{who}{'，已过期' if late else ''}", "late" if late else ""


def _to_reopen(user: Any, matter: Matter) -> list[Link]:
    """The ways back for what was not kept: by the petitioner's word, else by a request."""
    ways = [rule for rule in available(user, matter) if rule.name == "broken"]
    found = [Link(rule.label, reverse("matters:do", args=[matter.pk, rule.name])) for rule in ways]
    if not found and may_ask(user, matter, ACT.REOPEN):
        found.append(Link("申请恢复办理", reverse("matters:ask", args=[matter.pk, ACT.REOPEN])))
    return found


def _to_call(user: Any, row: FollowUp) -> list[Link]:
    if row.result == FollowUp.Result.BROKEN:
        return _to_reopen(user, row.matter)
    if row.result or not following.may_call(user, row):
        return []
    return [Link("去回访", reverse("matters:follow_up", args=[row.matter_id, row.pk]))]


def _archive(user: Any, matter: Matter) -> list[Fact]:
    row = ArchiveFile.objects.filter(matter=matter).select_related("taken_out_by").first()
    if row is None:
        return []
    links = []
    if may(user, matter, ARCHIVE):
        links += [
            Link("封面和卷内目录", reverse("matters:archive_paper", args=[matter.pk])),
            Link("打印整卷", reverse("matters:whole_file", args=[matter.pk])),
        ]
    if row.taken_out_on:
        text = f"{row.number}　{row.taken_out_on:%Y-%m-%d} 调出"
        return [Fact("归档", text, "soon", "恢复办理，办结后重新归档", links)]
    text = f"{row.number}　{row.archived_on:%Y-%m-%d}{'　' + row.box if row.box else ''}"
    return [Fact("归档", text, "done", "", links)]


def _papers(user: Any, matter: Matter) -> list[Fact]:
    found = []
    for row in matter.paper_signatures.select_related("leader", "entered_by"):
        row.matter = matter
        told, tone = _paper_stands(row)
        url = reverse("matters:paper", args=[matter.pk, row.pk])
        text = f"{label_of(row.what)}　{row.leader} {row.signed_on:%Y-%m-%d}"
        found.append(Fact("纸质签批", text, tone, told, [Link("看签批件", url)]))
    return found


def _paper_stands(row: PaperSignature) -> tuple[str, str]:
    entered = f"{row.entered_by} {localdate(row.entered_at):%m-%d} 录入，"
    if row.answer == confirming.Answer.CONFIRMED:
        return f"{entered}本人已核对属实", "done"
    if row.answer == confirming.Answer.DENIED:
        return f"{entered}本人说不属实{'，已查明' if row.settled_on else '，待查明'}", "late"
    late = confirming.is_late(row, today())
    return f"{entered}待本人核对{'，已过当月' if late else ''}", "late" if late else "soon"


def _links(user: Any, matter: Matter) -> list[Link]:
    found, keys = [], [matter.pk]
    if settling.may_settle(user, matter) and settling.standing(matter) is None:
        found.append(Link("记录化解", reverse("matters:resolve", args=keys)))
        found.append(Link("记录阶段性缓和", reverse("matters:ease", args=keys)))
    if may_prove(user, matter) and may(user, matter, ENTER):
        found.append(Link("录入纸质签批", reverse("matters:enter_paper", args=keys)))
    return found


def _open(row: VaultRecord, name: str, texts: bool) -> str:
    return shown(row, name, texts)


def parts_section(user: Any, matter: Matter, opened: Collection[str]) -> Parts | None:
    """The four parts of art. 27 of the present round; None before there is anything to say."""
    said, mine = said_of(matter), may_say(user, matter)
    if not said and not mine:
        return None
    texts = TEXTS in opened
    lines = [_part_line(matter, part, said.get(part), texts) for part in FourPart.Part]
    return Parts(lines, reverse("matters:four_parts", args=[matter.pk]) if mine else "")


def _part_line(matter: Matter, part: Any, row: FourPart | None, texts: bool) -> PartLine:
    if row is None:
        return PartLine(part.label, False, False, "", "", [], "")
    row.matter = matter
    files = [(file.pk, name_of(matter, file, texts)) for file in evidence_of(row)]
    document = f"{row.body}　{row.document}" if row.body else ""
    by = f"{row.by} {row.on:%m-%d}"
    return PartLine(
        part.label, True, row.applies, shown(row, "words", texts), by, files, document
    )  # fmt: skip


def name_of(matter: Matter, file: MatterFile, texts: bool) -> str:
    """What a file is called: by its name where the texts are open, else by its number."""
    file.matter = matter
    return file.text("name") if texts else f"第 {file.pk} 号材料"


def talk_section(user: Any, matter: Matter, opened: Collection[str]) -> Talks | None:
    """Every talk, newest first, with the pages that were explained; None where none may be added."""
    mine, texts = talking.may_talk(user, matter), TEXTS in opened
    rows = matter.talks.select_related("by").prefetch_related("citations__cited")
    lines = [_talk_line(matter, row, texts) for row in rows.order_by("-pk")]
    if not lines and not mine:
        return None
    return Talks(lines, reverse("matters:talk", args=[matter.pk]) if mine else "")


def _talk_line(matter: Matter, row: Any, texts: bool) -> TalkLine:
    row.matter = matter
    labels = (("policy", "讲了"), ("help", "帮助"), ("questions", "还有疑问"))
    said = [(label, text) for name, label in labels if (text := shown(row, name, texts))]
    cited = [_cited(matter, one.cited) for one in row.citations.all()]
    return TalkLine(f"{row.on:%Y-%m-%d}　{row.get_way_display()}　{row.by}", said, cited)


def _cited(matter: Matter, page: CitedPage) -> Cited:
    since, _ = talking.now_reads(page)
    url = reverse("matters:cited", args=[matter.pk, page.pk])
    return Cited(page.title, localdate(page.released_at), since, url)
