"""The one door: a paste becomes values for the reception form, and nothing of it is lost. Pure."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from casework.matters.ledgers.wordings import anonymity, channel_of, is_report
from casework.matters.pasting.labels import bare, field_of
from casework.matters.pasting.letters import (
    Letter,
    in_short,
    is_heading,
    letter_in,
    limit_in,
    number_in_letter,
    sender_in,
)
from casework.matters.pasting.lines import Part, in_cell, parts_of, restored, rows, table
from casework.matters.pasting.titles import PHONE_TOLD, title_of
from casework.matters.states import Channel
from office.identity import LEAST_DIGITS
from office.sheets.cells import is_masked, moment, number, phones
from office.sheets.cells import text as clean

LONGEST = 20_000  # characters of one paste: some dozen sheets
MOST_SHEETS = 20  # that are counted; rows of a table cost nothing to count
LIMIT, PAPER, REST = "来文时限", "来文名称", "粘贴原文其余部分"
_LONGEST = {"source": 60, "source_number": 60, "name": 60, "address": 200, "place": 200}
#: labels of a hotline's own form, which need not say whose it is
_CALLED = ("工单", "来电")
_TIPS = {"举报", "举报类", "举报件"}
_REPORT = re.compile(r"举报|检举|控告|揭发")
_ABOUT_PHONES = re.compile(r"(?:监督|投诉|举报)+(?:电话|热线|平台|渠道|中心|邮箱)")
_WITH_SEX = re.compile(
    r"^(?P<name>[\u4e00-\u9fff·]{2,8})\s*[（(,，、\s]\s*(?:男|女)(?:性|士)?[）)]?.*$", re.S
)


@dataclass
class Sheet:
    """One sheet as read. values: names of the reception form's fields → text; `received_on` a date.

    extra: (label, text) of what has no field; community: the words it was told by; limit: the
    sender's limit as written; notes: sentences for whoever checks it.
    """

    values: dict[str, str | date | int] = field(default_factory=dict)
    extra: list[tuple[str, str]] = field(default_factory=list)
    community: str = ""
    limit: str = ""
    report: bool = False
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Pasted:
    """The first sheet of a paste, the text of the others, and whether it speaks of a report.

    count: how many sheets there are, or at least, where there are `many`;
    reports: some word of it does; sealed: the sheet says of itself that it is one (class B).
    """

    sheet: Sheet
    more: str = ""
    count: int = 1
    many: bool = False
    reports: bool = False

    @property
    def sealed(self) -> bool:
        return self.sheet.report


def read(pasted: str, on: date) -> Pasted:
    """Read a paste on a day. Days after `on` are not taken for the day of receipt."""
    lines = rows(pasted)
    if (found := table(lines)) is not None:
        return _of_table(lines, *found, on)
    first, more = _first_of(lines)
    others, many = _sheets_in(more)
    speaks = _speaks_of_reports("\n".join(first))
    return Pasted(_sheet(first, on), more, 1 + others, many, speaks)


def _first_of(lines: list[str]) -> tuple[list[str], str]:
    """The lines of the first sheet, and the text of those below it."""
    end = _second_begins(lines)
    return lines[:end], "\n".join(map(restored, lines[end:])).strip()


def _sheets_in(text: str) -> tuple[int, bool]:
    """How many sheets a text holds, and whether there are more: each one costs a look at the rest."""
    count = 0
    while text and count < MOST_SHEETS:
        lines = rows(text)
        if (found := table(lines)) is not None:
            return count + len(found[1]) - 1, False
        _, text = _first_of(lines)
        count += 1
    return count, bool(text)


def _of_table(lines: list[str], at: int, cells: list[list[str]], on: date) -> Pasted:
    """Rows copied out of a list: the first one below its heading, the others kept with it."""
    head, first, others = cells[0], cells[1], cells[2:]
    pairs = [f"【{name or '无标题'}】{in_cell(value)}" for name, value in _columns(head, first)]
    parts = [
        Part(bare(name) or "无标题", field_of(bare(name)) or "", n, [in_cell(value)])
        for n, (name, value) in enumerate(_columns(head, first))
        if value.strip()
    ]
    loose = [clean(line) for line in lines[:at] if line.strip()]
    more = "\n".join(restored("\t".join(row)) for row in ([head, *others] if others else []))
    sheet = _assembled(parts, loose, "\n".join([*loose, *pairs]), on)
    speaks = _speaks_of_reports("\n".join(pairs))
    return Pasted(sheet, more, 1 + len(others), reports=speaks)


def _columns(head: list[str], row: list[str]) -> list[tuple[str, str]]:
    width = max(len(head), len(row))
    padded = [*head, *[""] * (width - len(head))], [*row, *[""] * (width - len(row))]
    return list(zip(*padded, strict=True))


def _second_begins(lines: list[str]) -> int:
    """The line a second sheet begins at; the number of lines when there is one sheet only."""
    parts, _ = parts_of(lines)
    seen: dict[str, str] = {}
    for part in parts:
        if part.name not in ("number", "claim", "person", "given", "received"):
            continue
        key = f"{part.name} {part.label}"
        again = part.value and seen.get(key, part.value) != part.value
        if again and (part.name == "number" or _twice(parts, part)):
            return _above(lines, part.line, parts[0].line)
        if part.value:
            seen.setdefault(key, part.value)
    numbers = [n for n, line in enumerate(lines) if _is_number(line)]
    if len(numbers) > 1 and letter_in("\n".join(lines[: numbers[1]])):
        return _above(lines, numbers[1], numbers[0])
    return len(lines)


def _twice(parts: list[Part], part: Part) -> bool:
    """Whether the claim comes again too: one label that does is only said twice."""
    claims = [p.line for p in parts if p.name == "claim" and p.value]
    return any(line >= part.line for line in claims) and any(line < part.line for line in claims)


def _is_number(line: str) -> bool:
    line = line.strip()
    return bool(line) and number_in_letter(line) == line


def _above(lines: list[str], at: int, head: int) -> int:
    """The first line of the sheet whose number stands in line `at`: its headings go with it.

    head: lines before it are the headings of the first sheet, which the second one repeats.
    """
    first, known = at, {clean(line) for line in lines[:head]}
    for n in range(at - 1, max(at - 9, head), -1):
        line = clean(lines[n])
        if line and not (line in known or is_heading(line) or sender_in(line)):
            break
        first = n if line else first
    return first


def _speaks_of_reports(text: str) -> bool:
    return bool(_REPORT.search(_ABOUT_PHONES.sub("", text)))


def _sheet(lines: list[str], on: date) -> Sheet:
    parts, loose = parts_of(lines)
    return _assembled(parts, loose, "\n".join(clean(in_cell(line)) for line in lines), on)


def _assembled(parts: list[Part], loose: list[str], whole: str, on: date) -> Sheet:
    sheet = Sheet()
    letter = letter_in(whole)
    given: dict[str, str] = {}
    for part in parts:
        name, value = part.name, part.value
        # In a letter the number to ring belongs to the office that sent it.
        of_sender = letter is not None and name in ("phone", "person", "address")
        of_sender = of_sender and not part.label.startswith(
            ("信访", "来信", "来访", "反映", "来电")
        )
        if not value:
            continue
        if name and name not in given and not of_sender:
            given[name] = value
            _LABELS.get(name, _as_it_is)(sheet, name, part.label, value)
        elif given.get(name) != value:
            sheet.extra.append((part.label, value))
    _received(sheet, parts, on)
    if letter is not None:
        _of_letter(sheet, letter, whole)
    _sender(sheet, loose, whole)
    if any(part.label.startswith(_CALLED) for part in parts):
        sheet.values.setdefault("channel", Channel.HOTLINE.value)
    sheet.report = _is_report(sheet, parts)
    _limit(sheet, whole)
    _rest(sheet, loose)
    _phone_in_claim(sheet)
    _title(sheet)
    return sheet


def _is_report(sheet: Sheet, parts: list[Part]) -> bool:
    """Whether the sheet says of itself that it is a report (class B).

    A hotline sorts calls: there the bare word means a tip about pollution or trade (see wordings).
    """
    tips = _TIPS if sheet.values.get("channel") == Channel.HOTLINE else set()
    return any(is_report(part.value, part.label) and part.value not in tips for part in parts)


def _put(sheet: Sheet, name: str, label: str, value: str) -> None:
    """A value at a field; one that is too long for it is kept beside."""
    most = _LONGEST.get(name)
    if most and len(value) > most:
        sheet.extra.append((label, value))
        sheet.notes.append(f"“{label}”太长，没有填进表格，放在“其他登记内容”里。")
    else:
        sheet.values[name] = value


_FIELDS = {"number": "source_number", "person": "name"}


def _as_it_is(sheet: Sheet, name: str, label: str, value: str) -> None:
    _put(sheet, _FIELDS.get(name, name), label, value)


def _person(sheet: Sheet, name: str, label: str, value: str) -> None:
    if anonymity(value):
        sheet.extra.append((label, value))
        return
    told = _WITH_SEX.match(value)
    digits = re.search(r"1[3-9]\d{9}", unicodedata.normalize("NFKC", value))
    if told or digits:
        sheet.extra.append((label, value))
    if digits:
        sheet.values.setdefault("phone", digits[0])
    found = told["name"] if told else re.sub(r"[\d（）()\s]+$", "", value).strip(" ，,：:")
    if is_masked(found):
        sheet.notes.append(f"“{label}”在来文里已经遮盖，请问清后改正。")
    if found:
        _put(sheet, "name", label, found)


def _phone(sheet: Sheet, name: str, label: str, value: str) -> None:
    try:
        found = phones(value)
    except ValueError as error:
        sheet.extra.append((label, value))
        sheet.notes.append(f"“{label}”没有填：{error}")
        return
    sheet.values["phone"] = found[0]
    if len(found) > 1:
        sheet.values["contact_note"] = "其他电话：" + "、".join(found[1:])


def _count(sheet: Sheet, name: str, label: str, value: str) -> None:
    try:
        found = number(value)
    except ValueError:
        found = 0
    if isinstance(found, int) and 1 <= found <= 100_000:
        sheet.values["people_count"] = found
    else:
        sheet.extra.append((label, value))


def _community(sheet: Sheet, name: str, label: str, value: str) -> None:
    sheet.community = value
    sheet.extra.append((label, value))


def _told_limit(sheet: Sheet, name: str, label: str, value: str) -> None:
    sheet.limit = value = value.strip("。.；; ")
    sheet.extra.append((LIMIT, value))


def _channel(sheet: Sheet, name: str, label: str, value: str) -> None:
    sheet.values["channel"] = channel_of(value, "")
    sheet.extra.append((label, value))


def _day(sheet: Sheet, name: str, label: str, value: str) -> None:
    sheet.extra.append((label, value))


_LABELS = {
    "person": _person,
    "phone": _phone,
    "people_count": _count,
    "community": _community,
    "limit": _told_limit,
    "channel": _channel,
    "given": _day,
    "received": _day,
}


def _received(sheet: Sheet, parts: list[Part], on: date) -> None:
    """The day it reached us: when it was handed to us, else when it was told to the sender."""
    for name in ("given", "received"):
        for part in parts:
            if part.name != name or not part.value:
                continue
            try:
                day = moment(part.value).date()
            except ValueError as error:
                sheet.notes.append(f"“{part.label}”没有填进收到日期：{error}")
                continue
            if day > on:
                sheet.notes.append(f"“{part.label}”晚于今天，没有填进收到日期。")
                continue
            sheet.values["received_on"] = day
            return


def _of_letter(sheet: Sheet, letter: Letter, whole: str) -> None:
    count, about = letter.count, letter.about
    for key in ("name", "id_number", "address"):
        if told := getattr(letter, key):
            sheet.values.setdefault(key, told)
    if count:
        sheet.values.setdefault("people_count", count)
    if about:
        sheet.values.setdefault("claim", letter.whole)
        sheet.values.setdefault("title", in_short(about))
    sheet.values.setdefault("channel", Channel.FORWARDED.value)
    if "source_number" not in sheet.values:
        for line in whole.split("\n"):
            if told := number_in_letter(line):
                _put(sheet, "source_number", "文号", told)
                break


def _sender(sheet: Sheet, loose: list[str], whole: str) -> None:
    """Who sent it, from the headings; and by which way it came, from who sent it."""
    headings = [line for line in loose[:6] if is_heading(line) or sender_in(line)]
    for line in headings:
        if "source" not in sheet.values and (told := sender_in(line)):
            _put(sheet, "source", PAPER, told)
    head = "\n".join(whole.split("\n")[:6])
    source = str(sheet.values.get("source", ""))
    if not source and "12345" in head:
        sheet.values["source"] = source = "12345热线"
    if re.search(r"12345|热线", f"{source}\n{head}"):
        sheet.values["channel"] = Channel.HOTLINE.value
    elif re.search(r"信访局|信访办|联席", source):
        sheet.values["channel"] = Channel.FORWARDED.value


def _limit(sheet: Sheet, whole: str) -> None:
    if not sheet.limit and (found := limit_in(whole)):
        sheet.limit = found
        sheet.extra.append((LIMIT, found))


def _phone_in_claim(sheet: Sheet) -> None:
    """A number the claim gives as the petitioner's own is proposed; the claim stays as it is."""
    if "phone" in sheet.values:
        return
    plain = unicodedata.normalize("NFKC", str(sheet.values.get("claim", "")))
    found = PHONE_TOLD.search(plain)
    if found and len(re.sub(r"\D", "", found["n"])) >= LEAST_DIGITS:
        sheet.values["phone"] = found["n"].strip()


def _title(sheet: Sheet) -> None:
    values = sheet.values
    told = " ".join(str(values.pop("title", "")).split())
    title = title_of(told, str(values.get("claim", "")), str(values.get("name", "")))
    if title:
        values["title"] = title
    if told and told != title:
        sheet.extra.append(("来文标题", told))


def _rest(sheet: Sheet, loose: list[str]) -> None:
    """Lines nothing was made of: the claim itself where there is no other, else they are kept."""
    lines = [line for line in loose if line]
    papers = [line for line in lines if is_heading(line)]
    if papers:
        sheet.extra.append((PAPER, papers[0]))
        lines.remove(papers[0])
    if not lines:
        return
    if "claim" not in sheet.values:
        sheet.values["claim"] = "\n".join(lines)
    else:
        sheet.extra.append((REST, "\n".join(lines)))
