"""What is told of a person: their own data in the chosen matters, in plain words, put together once.

The document is frozen in the request as it was looked over and decided on. It holds no staff notes,
nobody else's name, and never more than the person's own part of a matter.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from casework.matters import privacy  # noqa: F401 - declares what each field is held for
from casework.matters.models import Matter, MatterFile, Petitioner, RightsMatter, RightsRequest
from casework.matters.opening import TEXTS
from casework.matters.reading import extra_lines
from casework.matters.rights.gathering import forget_document, to_gather
from casework.matters.rights.keeping import kept, openers
from casework.matters.rights.moving import as_of, log
from casework.matters.rights.opening import open_matters
from casework.matters.rights.queries import HANDLE
from casework.matters.rights.redacting import People, Redactor, parts_of
from office.attachments import KINDS
from office.clock import today
from office.history import because
from office.privacy import declared

_OWN = ("name", "phone", "id_number", "address", "contact_note")
#: moves as a resident understands them; whatever is not here is the office's own business
PLAIN = {
    "register": "登记",
    "take_over": "由旧台账录入",
    "complete": "补全登记",
    "correct_received": "更正收到日期",
    "accept": "受理",
    "assign": "交承办单位办理",
    "name_officer": "确定承办人",
    "return": "承办单位退回信访办",
    "hear": "听取您的陈述",
    "answer": "答复",
    "serve": "送达答复",
    "serve_letter": "送达文书",
    "settle": "调解、和解办结",
    "extend": "延长办理期限",
    "keep_promise": "兑现承诺",
    "broken": "您反映承诺没有兑现，恢复办理",
    "ask_review": "登记复查申请",
    "review_declined": "上级不予受理复查",
    "ask_final": "登记复核申请",
    "final_declined": "上级不予受理复核",
    "withdraw": "您撤回信访",
    "undo_withdraw": "您恢复信访",
    "reopen": "恢复办理",
    "correct_served": "更正送达日期",
    "close": "办结",
    "talk": "向您讲解政策",
    "follow_up": "回访您",
    "resolve": "记录化解",
    "archive": "归档",
    "void": "作废（编号保留）",
}
_RELATED = (
    "matter__data_key", "matter__category", "matter__community", "matter__lead_unit",
    "matter__officer", "matter__registered_by", "petitioner",
)  # fmt: skip
Line = tuple[str, str]


def links_of(request: RightsRequest, user: Any) -> list[RightsMatter]:
    """The gathered matters this person may know of, in the order they were added."""
    rows = request.links.reachable_by(user).select_related(*_RELATED).order_by("pk")
    found = list(rows)
    for link in found:
        link.request = request
        link.petitioner.matter = link.matter
    return found


def build(request: RightsRequest, *, by: Any, hidden: str = "") -> dict[str, Any]:
    """Put together what is told, with a look at each matter, and freeze it in the request.

    hidden: further words to blacken, one a line. Raises ValidationError, PermissionDenied.
    """
    with transaction.atomic():
        request = to_gather(request, by)
        links = links_of(request, by)
        open_matters(by, request, links)
        words = tuple(line.strip() for line in hidden.splitlines() if line.strip())
        if short := [word for word in words if len(word) < 2]:
            raise ValidationError({"hidden": f"“{short[0]}”太短，至少 2 个字，否则会遮住整页。"})
        told, count = [], 0
        for link in links:
            redact = Redactor(people_of(link, words))
            told.append(_of_matter(link, redact))
            count += redact.count
        document = {"made_on": today().isoformat(), "count": count, "matters": told}
        request.put("hidden", "\n".join(words))
        request.put("document", json.dumps(document, ensure_ascii=False))
        with because("整理要提供的内容", **as_of(by, HANDLE)):
            request.save()
        summary = f"{len(told)} 件，遮盖 {count} 处"
        log(request, "build", by=by, verb=HANDLE, summary=summary)
        return document


def read(request: RightsRequest, user: Any) -> dict[str, Any] | None:
    """The frozen document for somebody about to see it, each matter with a look; None before.

    A matter that was sealed since, or taken out, is in it no more. The request must be open.
    """
    if not request.document:
        return None
    links = links_of(request, user)
    open_matters(user, request, links)
    return shown(request.text("document"), {link.matter_id for link in links})


def shown(text: str, matters: set[int]) -> dict[str, Any]:
    """A document as stored, without what is no longer among these matters."""
    document = json.loads(text)
    document["matters"] = [row for row in document["matters"] if row["id"] in matters]
    return document


def people_of(link: RightsMatter, words: Sequence[str] = ()) -> People:
    """Who may stand in the texts of a matter, and who may not."""
    matter, request, mine = link.matter, link.request, link.petitioner
    own = [*_known(mine), *(request.unlocked(name) for name in ("name", "phone", "address"))]
    others: list[str] = []
    for row in matter.petitioners.exclude(pk=mine.pk):
        row.matter = matter
        others += _known(row)
    users = {matter.officer, matter.registered_by}
    users |= {move.actor for move in matter.moves.select_related("actor")}
    users |= {opinion.author for opinion in matter.opinions.select_related("author")}
    staff = {user.name for user in users if user is not None}
    return People(tuple(own), tuple(others), tuple(sorted(staff)), tuple(words))


def _known(row: Petitioner) -> list[str]:
    """A petitioner's texts to look for: several names or phones in one field apart, places whole."""
    said = {name: row.unlocked(name) for name in ("name", "phone", "id_number", "address")}
    apart = parts_of([said["name"], said["phone"], said["id_number"]])
    return [*apart, said["address"]] if said["address"] else list(apart)


def _of_matter(link: RightsMatter, redact: Redactor) -> dict[str, Any]:
    matter = link.matter
    return {
        "id": matter.pk,
        "number": matter.number,
        "title": redact(matter.title),
        "facts": _facts(matter, redact),
        "own": _own(link.petitioner),
        "claim": redact(matter.unlocked("claim")),
        "extra": [(redact(label), redact(text)) for label, text in extra_lines(matter, (TEXTS,))],
        "files": [_file(file, redact) for file in handed_in(link)],
        "answers": list(_answers(matter, redact)),
        "moves": _moves(matter),
        "looks": openers(matter),
        "kept": kept(matter),
    }


def _facts(matter: Matter, redact: Redactor) -> list[Line]:
    days = [
        (label, f"{day:%Y-%m-%d}")
        for label, day in (
            ("收到", matter.received_on),
            ("受理", matter.accepted_on),
            ("答复", matter.answered_on),
            ("办结", matter.closed_on),
        )
        if day
    ]
    texts = [
        ("信访形式", matter.get_channel_display()),
        ("类别", matter.get_klass_display()),
        ("内容分类", str(matter.category or "")),
        ("问题属地", str(matter.community or "")),
        ("问题地点", redact(matter.unlocked("place"))),
        ("承办单位", str(matter.lead_unit or "")),
        ("现在的状态", matter.get_state_display()),
        ("来源", " ".join(filter(None, (matter.source, matter.source_number)))),
    ]
    return [*days, *((label, text) for label, text in texts if text)]


def _own(row: Petitioner) -> list[tuple[str, str, str]]:
    """(label, text, what it is held for) of the person's own fields."""
    found = []
    for name in _OWN:
        if text := row.unlocked(name):
            about = declared("matters.petitioner", name)
            label = str(row._meta.get_field(name).verbose_name)
            found.append((label, text, about.purpose if about else ""))
    return found


def handed_in(link: RightsMatter) -> list[MatterFile]:
    """The files the clerk found to be this person's own, oldest first; withdrawn ones too."""
    rows = list(link.matter.files.filter(pk__in=link.files).order_by("pk"))
    for row in rows:
        row.matter = link.matter
    return rows


def _file(file: MatterFile, redact: Redactor) -> dict[str, Any]:
    kind = KINDS.get(file.kind, ("文件", False))[0]
    return {
        "id": file.pk,
        "name": redact(file.unlocked("name")),
        "kind": kind,
        "on": f"{localdate(file.added_at):%Y-%m-%d}",
    }


def _answers(matter: Matter, redact: Redactor) -> Iterable[tuple[str, str, str]]:
    for opinion in matter.opinions.order_by("pk"):
        opinion.matter = matter
        day = f"{opinion.answered_on:%Y-%m-%d}" if opinion.answered_on else ""
        yield day, opinion.get_outcome_display(), redact(opinion.unlocked("body"))


def _moves(matter: Matter) -> list[Line]:
    rows = matter.moves.order_by("pk").values_list("on", "name")
    return [(f"{on:%Y-%m-%d}", PLAIN[name]) for on, name in rows if name in PLAIN]


def choose_files(
    request: RightsRequest, link: RightsMatter, ids: Sequence[int], *, by: Any
) -> None:
    """Which files of a matter are this person's own. Raises ValidationError for a foreign one."""
    with transaction.atomic():
        request = to_gather(request, by)
        row = request.links.select_for_update().get(pk=link.pk, dropped=False)
        known = set(row.matter.files.values_list("pk", flat=True))
        if set(ids) - known:
            raise ValidationError("这份材料不在这件事项里，请刷新页面再选。")
        row.request, row.files = request, sorted(set(ids))
        with because("选定本人提交的材料", **as_of(by, HANDLE)):
            row.save()
            forget_document(request)
