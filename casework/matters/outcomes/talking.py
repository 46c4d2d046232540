"""讲政策谈话: what was explained, citing the released revision of the public page that was shown.

Which pages there are is told by whoever publishes them (`registries.citable`); what they said when
they were cited is copied once a revision, so that a later edit or withdrawal changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters.models import CitedPage, Matter, Talk, TalkCitation
from casework.matters.moving import taken_up
from casework.matters.permissions import may
from casework.matters.recording import as_of, log_move
from casework.matters.sealed.keys import key_for
from casework.matters.states import UNDER_SEAL, State
from office import registries
from office.clock import now, today
from office.history import because
from office.registries import CitablePage

VERB = "matters.note_matter"
MOST = 5  # pages of one talk
_NEVER = (State.VOID, State.ARCHIVED, *UNDER_SEAL)


@dataclass(frozen=True)
class Told:
    """What was said in a talk, as typed in."""

    on: date
    way: str
    policy: str
    help: str = ""
    questions: str = ""


def may_talk(user: Any, matter: Matter) -> bool:
    """Whoever works on the matter or may note something of it, until it lies in the archive."""
    return not matter.sealed and matter.state not in _NEVER and may(user, matter, VERB)


def citable(text: str = "") -> list[tuple[str, CitablePage]]:
    """What can be cited now: (key for a form, page), best first."""
    return [
        (f"{kind}:{page.revision}", page)
        for kind, source in registries.citable.items()
        for page in source.search(text)
    ]


def found(keys: Iterable[str]) -> list[tuple[str, CitablePage]]:
    """(kind, page) of the released revisions behind keys of a form; raises ValidationError."""
    pages = []
    for key in dict.fromkeys(keys):
        kind, _, revision = key.rpartition(":")
        source = registries.citable.get(kind)
        page = source.at(int(revision)) if source and revision.isdecimal() else None
        if page is None:
            raise ValidationError(
                {"cited": "选的页面没有发布过这个版本，请重新查找。草稿不能作为讲政策的依据。"}
            )
        pages.append((kind, page))
    if len(pages) > MOST:
        raise ValidationError({"cited": f"一次谈话最多引用 {MOST} 个页面。"})
    return pages


def note_talk(matter: Matter, told: Told, *, by: Any, cited: Iterable[str] = ()) -> Talk:
    """Write a talk down; `cited`: keys of `citable`.

    Raises ValidationError (field → sentence), PermissionDenied and Matter.DoesNotExist as
    `moving.move` does.
    """
    with transaction.atomic():
        matter = taken_up(matter, by)
        if not may_talk(by, matter):
            raise PermissionDenied
        if wrong := _wrong(matter, told):
            raise ValidationError(wrong)
        pages = found(cited)
        row = Talk(
            pk=key_for(matter.sealed), matter=matter, on=told.on, way=told.way, by=by, at=now()
        )
        for name in ("policy", "help", "questions"):
            row.put(name, getattr(told, name).strip())
        with because("讲政策谈话", **as_of(by, VERB)):
            row.save()
        for kind, page in pages:
            TalkCitation(talk=row, cited=_copy(kind, page), at=now()).save()
        titles = "、".join(f"《{page.title}》" for _, page in pages)
        summary = f"{row.get_way_display()}{'，引用' + titles if titles else ''}"
        log_move(
            matter, "talk", by=by, on=told.on, source=matter.state, verb=VERB,
            summary=summary[:200],
        )  # fmt: skip
    return row


def _copy(kind: str, page: CitablePage) -> CitedPage:
    """The one copy of a revision: made by whoever cites it first."""
    row, _ = CitedPage.objects.get_or_create(
        kind=kind, revision=page.revision,
        defaults={
            "page": page.page, "title": page.title, "text": page.text,
            "released_at": page.released_at, "at": now(),
        },
    )  # fmt: skip
    return row


def _wrong(matter: Matter, told: Told) -> dict[str, str]:
    wrong = {}
    if told.on > today():
        wrong["on"] = "谈话日期不能晚于今天。"
    elif told.on < matter.received_on:
        wrong["on"] = f"谈话日期不能早于收到日期 {matter.received_on:%Y-%m-%d}。"
    if told.way not in Talk.Way.values:
        wrong["way"] = "请选择谈话方式。"
    if not told.policy.strip():
        wrong["policy"] = "请写明讲了什么政策。"
    return wrong


def now_reads(cited: CitedPage) -> tuple[str, str]:
    """(what became of the page since, its address): ("", url) while it still reads the same."""
    source = registries.citable.get(cited.kind)
    present = source.present([cited.page]).get(cited.page) if source else None
    if present is None:
        return "已撤下", ""
    revision, url = present
    return ("" if revision == cited.revision else "页面后来改过"), url
