"""What a letter says: values of the placeholders, read from the record.

Texts come out of the vault by `record.text()`, so whoever answers a person has written the look
before (`opening`). Nothing is composed here that the record or its rule profile does not say.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from casework.matters import opinions
from casework.matters.letters.kinds import AMONG_OFFICES, TEMPLATES
from casework.matters.letters.placeholders import of_kind
from casework.matters.letters.standing import first_of, path_of
from casework.matters.models import (
    ClockLine,
    Document,
    IssuingBody,
    Letter,
    Matter,
    Opinion,
    Petitioner,
    Service,
)
from casework.matters.opening import PEOPLE, TEXTS
from casework.matters.profiles import deadline_of, limits_of, text_of
from office.calendar import known_years
from office.clock import today
from office.workdays import is_provisional

Kind = Document.Kind
_HANDLING = ("handle", "fast", "suggestion", "duty")
#: lines that put the sum of an act right and decide nothing new
_SAME_ACT = (ClockLine.What.RESTART, ClockLine.What.RECOUNT)
#: what a look opens → the placeholders of forms that show it
_OPENED_BY = {PEOPLE: {"信访人", "信访人电话", "信访人地址"}, TEXTS: {"诉求全文", "材料"}}
DRAFT_NUMBER = "（草稿，签发时编号）"


def day_told(day: date | None) -> str:
    """2026年11月5日; "" for no day."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def words_of(letter: Letter) -> dict[str, Any]:
    """Every placeholder of a letter's kind with its value. The letter has its number when it is frozen."""
    document, matter, body = letter.document, letter.matter, letter.body
    document.matter = matter
    source = first_of(letter).document
    source.matter = matter
    issued = letter.signed_on or today()
    found = {
        **_of_matter(matter, body, issued),
        "标题": document.get_kind_display(),
        "文号": document.number or DRAFT_NUMBER,
        "收文人": _receiver(document, matter),
        "正文": document.text("summary"),
        "依据": document.basis,
        "救济途径": _remedy(letter, source, issued),
        "附言": letter.text("remark"),
        "更正说明": _correction(letter),
        "签发人": str(letter.signed_by or letter.authority),
    }
    if document.kind not in AMONG_OFFICES:
        found["信访人"] = _who(matter)
    if document.kind in _MORE:
        found |= _MORE[document.kind](source, matter)
    if letter.last_day is not None:
        found["最后安全日"] = day_told(letter.last_day)
    return _fitting(document.kind, found)


def opens(names: Collection[str]) -> list[str]:
    """What has to be opened of a record for the placeholders of a form."""
    return [what for what, of in _OPENED_BY.items() if of & set(names)]


def form_of(kind: str, matter: Matter, body: IssuingBody, asked: Collection[str]) -> dict[str, Any]:
    """Every placeholder of a paper form with its value; who came and what was said only as `asked`."""
    found = {
        **_of_matter(matter, body, today()),
        "标题": TEMPLATES[kind],
        "信访人数": str(matter.people_count),
        "承办单位": str(matter.lead_unit or ""),
        "承办人": str(matter.officer or ""),
        "代表人数上限": str(limits_of(matter.profile)["representatives"].days),
        "复查机关": body.superior,
        "申请复查期限": f"{limits_of(matter.profile)['review_ask'].days}日",
    }
    needed = opens(asked)
    if PEOPLE in needed:
        main = _main(matter)
        community = matter.community.name if matter.community else ""
        found["信访人"] = _who(matter)
        found["信访人电话"] = main.text("phone") if main else ""
        found["信访人地址"] = (main.text("address") if main else "") or community
    if TEXTS in needed:
        found["诉求全文"] = matter.text("claim")
        found["材料"] = _files(matter)
    return _fitting(kind, found)


def _fitting(kind: str, found: dict[str, Any]) -> dict[str, Any]:
    """Exactly the placeholders of the kind; what the record knows nothing of is empty."""
    return {
        one.name: found.get(one.name, [] if isinstance(one.sample, list) else "")
        for one in of_kind(kind)
    }


def _of_matter(matter: Matter, body: IssuingBody, issued: date) -> dict[str, Any]:
    return {
        "发文主体": body.name,
        "印章": f"（{body.seal}）",
        "联系电话": body.phone,
        "事项编号": matter.number,
        "事项标题": matter.title,
        "收到日期": day_told(matter.received_on),
        "成文日期": day_told(issued),
    }


def _main(matter: Matter) -> Petitioner | None:
    main = matter.petitioners.order_by("-main", "pk").first()
    if main is not None:
        main.matter = matter  # the key is at hand already
    return main


def _who(matter: Matter) -> str:
    main = _main(matter)
    name = main.text("name") if main else ""
    more = f"等 {matter.people_count} 人" if matter.people_count > 1 else ""
    return f"{name}{more}" if name else ""


def _receiver(document: Document, matter: Matter) -> str:
    if document.to_name or document.kind in AMONG_OFFICES:
        return document.to_name
    return _who(matter) or "信访人"


def _remedy(letter: Letter, source: Document, issued: date) -> str:
    """Where and until when it can be contested: the profile's paragraph, the body, the last day."""
    said, profile = source.remedy, letter.matter.profile
    if source.kind == Kind.REFUSAL and not said:
        said = text_of(profile, "remedy_refusal")
    if source.kind == Kind.OPINION:
        return f"{said or text_of(profile, 'remedy_opinion')}{_window(letter, issued)}"
    return said


def _window(letter: Letter, issued: date) -> str:
    """The body that reviews, and the last day as far as it is known before the letter is served."""
    superior = f"复查机关：{letter.body.superior}。"
    served = Service.objects.filter(document__in=_chain(letter), failed=False).order_by("on", "pk")
    start = served.values_list("on", flat=True).first()
    last = _sure(start or issued, deadline_of(letter.matter, "review_ask", start or issued).due_on)
    if start:
        return f"{superior}最后一天是{last}。"
    return f"{superior}签发当日收到的，最后一天是{last}；以后收到的，相应顺延。"


def _chain(letter: Letter) -> list[int]:
    """The documents of a letter and of all it puts right."""
    found = [letter.document_id]
    while letter.corrects is not None:
        letter = letter.corrects
        found.append(letter.document_id)
    return found


def _sure(start: date, last: date) -> str:
    """A last day that the work calendar moves, and whether it is certain yet."""
    years = known_years()
    if not is_provisional(start, last, years):
        return day_told(last)
    year = next(one for one in range(start.year, last.year + 1) if one not in years)
    return f"{day_told(last)}（暂定，{year}年放假安排尚未公布）"


def _correction(letter: Letter) -> str:
    if letter.corrects is None:
        return ""
    return f"本件更正{letter.corrects.document.number}，原件不再使用。更正的理由：{letter.text('reason')}"


def _opinion(document: Document, matter: Matter) -> dict[str, Any]:
    """The parts of art. 32, as they were signed."""
    row = _answer_of(document, matter)
    if row is None:
        return {}
    return {
        "诉求": row.text("claim") or matter.text("claim"),
        "事实和理由": row.text("facts"),
        "法律依据": row.text("basis"),
        "处理意见": row.text("body"),
        "处理结果": row.get_outcome_display(),
        "承诺": _promises(row),
    }


def _answer_of(document: Document, matter: Matter) -> Opinion | None:
    """The opinion or reply a document is the paper of: what was signed is told by its text."""
    if document.signed_by_id is None:
        row = matter.opinions.filter(answered_on=document.issued_on).order_by("-pk").first()
        return _with_key(row, matter)
    rows = matter.opinions.filter(signed_on=document.issued_on, signed_by=document.signed_by_id)
    said = document.unlocked("summary")
    found = (_with_key(row, matter) for row in rows.order_by("-pk"))
    return next((row for row in found if row.unlocked("body").strip() == said), None)


def _with_key(row: Opinion | None, matter: Matter) -> Any:
    if row is not None:
        row.matter = matter
    return row


def _promises(row: Opinion) -> list[dict[str, str]]:
    return [
        {"事项": one["what"], "单位": str(one["unit"]), "期限": day_told(one["due_on"])}
        for one in opinions.promised(row)
    ]


def _files(matter: Matter) -> list[dict[str, str]]:
    rows = list(matter.files.filter(withdrawn=False, letter=None).order_by("pk"))
    for row in rows:
        row.matter = matter
    return [
        {"序号": str(n), "名称": row.text("name"), "日期": day_told(localdate(row.added_at))}
        for n, row in enumerate(rows, 1)
    ]


def _handle_by(document: Document) -> str:
    """The last day the act of this document set: later acts (more time, another round) say their own,
    a start that was put right and a new calendar count, as they say it better.
    """
    lines = ClockLine.objects.filter(
        clock__matter=document.matter, clock__kind__in=_HANDLING, move=document.move_id
    )
    line = lines.select_related("clock").order_by("-pk").first() if document.move_id else None
    if line is None:
        return ""
    for later in line.clock.lines.filter(pk__gt=line.pk).order_by("pk"):
        if later.what not in _SAME_ACT:
            break
        line = later
    if line.clock.by_calendar:
        return _sure(line.start_on, line.due_on)
    return day_told(line.due_on)


def _acceptance(document: Document, matter: Matter) -> dict[str, Any]:
    return {
        "受理日期": day_told(matter.accepted_on or document.issued_on),
        "办理期限": _handle_by(document),
        "办理说明": text_of(matter.profile, "acceptance") if opinions.is_formal(matter) else "",
    }


def _extension(document: Document, matter: Matter) -> dict[str, Any]:
    return {"办理期限": _handle_by(document), "延期说明": text_of(matter.profile, "extension")}


def _path(document: Document, matter: Matter) -> dict[str, Any]:
    row = path_of(document)
    if row is None:
        return {}
    return {
        "途径": row.get_path_display(),
        "途径机关": row.body,
        "途径期限": row.limit_text,
        "最后安全日": day_told(row.last_day),
        "法律援助": row.aid,
        "途径说明": text_of(matter.profile, "path"),
    }


_MORE = {
    Kind.OPINION: _opinion,
    Kind.REPLY: _opinion,
    Kind.ACCEPTANCE: _acceptance,
    Kind.EXTENSION: _extension,
    Kind.FAST_LEFT: lambda document, matter: {"办理期限": _handle_by(document)},
    Kind.PATH_NOTICE: _path,
    Kind.TOLD: lambda document, matter: {"去向说明": text_of(matter.profile, "told")},
    Kind.BARRED: lambda document, matter: {"终结说明": text_of(matter.profile, "barred")},
}
