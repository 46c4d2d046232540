"""Layouts that are kept: what the headings of a ledger mean, and nothing of its rows."""

import re
from typing import Any

from django.core.exceptions import ValidationError

from casework.matters.ledgers.opening import Ledger
from casework.matters.models import LedgerLayout
from office.history import because
from office.sheets.problems import column_letter

#: headings that are cells of a row: a phone, an ID number, a day
_CELL = re.compile(
    r"1\d{10}|\d{3,4}-?\d{7,8}|\d{15}|\d{17}[\dXx]"
    r"|\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|(?<!\d)(?:19|20)\d{6}(?!\d)"
)
_BLANKS = re.compile(r"(?<=\d)[\s\u3000]+(?=\d)")


def save_layout(ledger: Ledger, name: str, *, by: Any) -> LedgerLayout:
    """Keep what the mapped columns mean under a name; one's own name again is its new state.

    All who import read layouts, so headings of other columns stay out. Raises ValidationError
    (Chinese) for a name that is empty, too long or somebody else's, and for a heading that is the
    cell of a row.
    """
    name = name.strip()
    if not 0 < len(name) <= 60:
        raise ValidationError("请给版式起个名字（60 字以内），例如：12345 热线月报。")
    if wrong := [c for c in ledger.mapping.columns if c.field and _is_cell(c.heading)]:
        letters = "、".join(column_letter(column.index) for column in wrong)
        raise ValidationError(
            f"{letters} 列的标题像电话、证件号码或日期，不能存进版式。请检查“标题在第几行”。"
        )
    row = LedgerLayout.objects.filter(name=name).first() or LedgerLayout(name=name)
    if row.pk and _saved_by_others(row, by):
        raise ValidationError("已有别人保存的同名版式，请换个名字。")
    kept = ledger.mapping.layout(name)
    kept["columns"] = [column for column in kept["columns"] if column["field"]]
    row.mapping = {**kept, "source": ledger.job.source}
    with because("保存台账版式"):
        row.save()
    return row


def _is_cell(heading: str) -> bool:
    return bool(_CELL.search(_BLANKS.sub("", heading)))


def _saved_by_others(row: LedgerLayout, by: Any) -> bool:
    savers = LedgerLayout.history.filter(id=row.pk).values_list("history_user", flat=True)
    return any(user != by.pk for user in savers)
