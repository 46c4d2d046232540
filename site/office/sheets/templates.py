"""Empty ledgers to be filled in: drop-downs, notes, date cells, an example, a page of explanations."""

from collections.abc import Sequence
from dataclasses import replace
from typing import IO

from office.sheets.heading import Head, TemplateColumn, looks_of, page_of, write_head
from office.sheets.problems import column_letter
from office.sheets.styles import Style
from office.sheets.workbook import MOST_ROWS, Page, Sheet, Workbook
from office.sheets.xmltext import escaped, lines, plain, text_tail

#: the first cell of the example row; the import leaves out a row that begins so
EXAMPLE = "示例"
_CHOICES, _HOW = "选项", "填表说明"
_LONGEST_SAID, _LONGEST_NAMED = 255, 32  # characters of a note beside a cell and of its title
_NAMED_CHOICES = 12  # of a drop-down, in the explanations
_KINDS = {
    "text": "文字",
    "day": "日期，例如 2026-03-02",
    "moment": "日期和时间，例如 2026-03-02 09:30",
    "number": "数字",
}
_RULES = (
    "带 * 的列必须填写，其余各列没有的可以留空。",
    f"第一格写着“{EXAMPLE}”的一行只是示例，导入时会跳过，也可以删掉。",
    "不要改表头各列的名称，不要合并单元格；各列的先后可以调整。",
    "日期写成 2026-03-02 的样子；编号、证件号码、电话各列已设为文本，照原样填写即可。",
    "右下角有小箭头的列，请从下拉列表中选择。",
)


def write_template(target: IO[bytes], head: Head, columns: Sequence[TemplateColumn]) -> None:
    """Write an empty ledger as .xlsx to `target`: the look of an export, rows still to be filled.

    Columns keep their kind down to the last row, text columns as text, so that an ID number typed
    in stays whole. What a column offers lies in a hidden sheet, which no length limits.
    """
    marked = [replace(c, title=f"{c.title}*") if c.required else c for c in columns]
    top = len(head.rows) + 1
    page = replace(page_of(head, marked), styles=[_style(column) for column in columns])
    with Workbook(target) as book:
        with book.sheet(head.title, page) as sheet:
            write_head(sheet, head, marked)
            sheet.add(_example(columns))
            rules = [_rule(at, column, top + 2) for at, column in enumerate(columns, 1)]
            sheet.rules += [rule for rule in rules if rule]
        with book.sheet(_HOW, Page(widths=(18, 8, 34, 60), upright=True)) as sheet:
            _explain(sheet, head, columns)
        if any(column.choices for column in columns):
            with book.sheet(_CHOICES, Page(hidden=True)) as sheet:
                _offer(sheet, columns)


def _style(column: TemplateColumn) -> Style:
    """The look of cells not yet filled."""
    looks = looks_of(column)
    styles = {"day": looks.day, "moment": looks.moment, "number": looks.number}
    return styles.get(column.kind, looks.text)


def _example(columns: Sequence[TemplateColumn]) -> list[str]:
    """A row in grey; the first cell says what it is, whatever its column holds."""
    texts = [EXAMPLE, *(column.example for column in columns[1:])]
    return [text_tail(text, Style.EXAMPLE) for text in texts]


def _rule(at: int, column: TemplateColumn, first: int) -> str:
    """What Excel offers, checks and says in the cells of a column; "" when it has nothing to say."""
    said = column.note or ("必须填写。" if column.required else "")
    kind, condition, refusal = "", "", ""
    if column.choices:
        letter = column_letter(at)
        kind, refusal = "list", "请从下拉列表中选择一项。"
        condition = f"<formula1>'{_CHOICES}'!${letter}$1:${letter}${len(column.choices)}</formula1>"
    elif column.kind in ("day", "moment"):
        kind, refusal = "date", f"请填写{_KINDS[column.kind]}。"
        condition = "<formula1>1</formula1>"
    elif column.kind == "number":
        kind, refusal = "decimal", "请填写数字。"
        condition = "<formula1>-999999999999999</formula1><formula2>999999999999999</formula2>"
    if not said and not kind:
        return ""
    typed = f' type="{kind}"' if kind else ""
    compared = ' operator="greaterThanOrEqual"' if kind == "date" else ""
    return (
        f'<dataValidation{typed}{compared} allowBlank="1" showInputMessage="1" showErrorMessage="1"'
        + _attribute("errorTitle", refusal and "填写有误", _LONGEST_NAMED)
        + _attribute("error", refusal, _LONGEST_SAID)
        + _attribute("promptTitle", said and column.title, _LONGEST_NAMED)
        + _attribute("prompt", said, _LONGEST_SAID)
        + f' sqref="{column_letter(at)}{first}:{column_letter(at)}{MOST_ROWS}">'
        + f"{condition}</dataValidation>"
    )


def _attribute(name: str, text: str, most: int) -> str:
    said = plain(text).replace("\n", " ")
    if len(said) > most:
        said = said[: most - 1] + "…"
    return f' {name}="{escaped(said)}"' if said else ""


def _explain(sheet: Sheet, head: Head, columns: Sequence[TemplateColumn]) -> None:
    """The sheet 填表说明: rules for all, then a row for each column."""
    for text, style in [(f"{head.title}　{_HOW}", Style.TITLE), *((r, Style.LINE) for r in _RULES)]:
        high = 28 if style == Style.TITLE else 20
        sheet.add([text_tail(text, style), *[text_tail("", style)] * 3], height=high)
        sheet.merge(4)
    sheet.add([text_tail(t, Style.HEADER) for t in ("列", "必填", "填什么", "说明")], height=20)
    for column in columns:
        cells = (
            column.title,
            "必填" if column.required else "",
            _filled_with(column),
            _note(column),
        )
        needed = max(lines(cells[2], 34), lines(cells[3], 60))
        sheet.add([text_tail(t, Style.TEXT_WRAPPED) for t in cells], height=needed * 15 + 3)


def _filled_with(column: TemplateColumn) -> str:
    if not column.choices:
        return _KINDS[column.kind]
    named = "、".join(column.choices[:_NAMED_CHOICES])
    more = len(column.choices) - _NAMED_CHOICES
    return f"从下拉列表选择：{named}" + (f" 等 {len(column.choices)} 项" if more > 0 else "")


def _note(column: TemplateColumn) -> str:
    said = f"例如：{column.example}" if column.example else ""
    return "\n".join(part for part in (column.note, said) if part)


def _offer(sheet: Sheet, columns: Sequence[TemplateColumn]) -> None:
    """The hidden sheet: below each other, in the column of the ledger, what is offered there."""
    for at in range(max(len(column.choices) for column in columns)):
        sheet.add(
            [
                text_tail(column.choices[at] if at < len(column.choices) else "", Style.FREE)
                for column in columns
            ]
        )
