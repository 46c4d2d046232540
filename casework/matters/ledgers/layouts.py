"""Layouts that are kept: what the headings of a ledger mean, and nothing of its rows."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError

from casework.matters.models import LedgerLayout
from office.history import because
from office.posts import has_reach
from office.roles import Reach
from office.sheets.cells import fold
from office.sheets.layouts import Layout
from office.sheets.problems import column_letter
from office.vault import keyed_hash

if TYPE_CHECKING:
    from casework.matters.ledgers.opening import Ledger

LONGEST_NAME = 60
#: headings that are cells of a row: a phone, an ID number, a day
_CELL = re.compile(
    r"1\d{10}|\d{3,4}-?\d{7,8}|\d{15}|\d{17}[\dXx]"
    r"|\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|(?<!\d)(?:19|20)\d{6}(?!\d)"
)
_BLANKS = re.compile(r"(?<=\d)[\s\u3000]+(?=\d)")


def save_layout(ledger: "Ledger", name: str, *, by: Any) -> LedgerLayout:
    """Keep what the mapped columns mean under a name; one's own name again is its new state.

    All who import read layouts, so headings of other columns stay out: that they mean nothing is
    remembered by a keyed hash. Raises ValidationError (Chinese) for a name that is empty, too long
    or somebody else's, and for a heading that is the cell of a row.
    """
    name = _checked_name(name)
    if wrong := [c for c in ledger.mapping.columns if c.field and _is_cell(c.heading)]:
        letters = "、".join(column_letter(column.index) for column in wrong)
        raise ValidationError(
            f"{letters} 列的标题像电话、证件号码或日期，不能存进版式。请检查“标题在第几行”。"
        )
    row = LedgerLayout.objects.filter(name=name).first() or LedgerLayout(name=name)
    if row.pk and not _saved_by(row, by):
        raise ValidationError("已有别人保存的同名版式，请换个名字。")
    kept = ledger.mapping.layout(name)
    aside = [column["heading"] for column in kept["columns"] if not column["field"]]
    kept["columns"] = [column for column in kept["columns"] if column["field"]]
    kept["aside"] = sorted({_hidden(heading) for heading in aside})
    row.mapping, row.ended = {**kept, "source": ledger.job.source}, False
    with because("保存台账版式"):
        row.save()
    return row


def layout_of(row: LedgerLayout) -> Layout:
    """A kept layout. Raises `ValueError` in Chinese when it cannot be used."""
    return Layout.load(row.mapping)


def with_aside(layout: Layout, row: LedgerLayout, headings: Iterable[str]) -> Layout:
    """The layout for a sheet with these headings: those set aside once mean nothing again."""
    aside = set(row.mapping.get("aside", ()))
    nothing = {h: None for h in headings if h not in layout.fields and _hidden(h) in aside}
    return replace(layout, fields={**layout.fields, **nothing})


def may_change(user: Any, row: LedgerLayout) -> bool:
    """Whoever saved a layout first, and the office head."""
    return has_reach(user, Reach.ALL) or _saved_by(row, user)


def rename(row: LedgerLayout, name: str, *, by: Any) -> None:
    """Give a layout another name. Raises PermissionDenied or ValidationError (Chinese)."""
    _require(by, row)
    name = _checked_name(name)
    if LedgerLayout.objects.exclude(pk=row.pk).filter(name=name).exists():
        raise ValidationError("已有同名的版式，请换个名字。")
    row.name, row.mapping = name, {**row.mapping, "name": name}
    with because("版式改名"):
        row.save()


def end(row: LedgerLayout, *, by: Any) -> None:
    """Offer a layout no longer; its history stays. Raises PermissionDenied."""
    _set_ended(row, True, by, "停用台账版式")


def bring_back(row: LedgerLayout, *, by: Any) -> None:
    """Offer an ended layout again. Raises PermissionDenied."""
    _set_ended(row, False, by, "恢复台账版式")


def _set_ended(row: LedgerLayout, ended: bool, by: Any, why: str) -> None:
    _require(by, row)
    row.ended = ended
    with because(why):
        row.save()


def _require(user: Any, row: LedgerLayout) -> None:
    if not may_change(user, row):
        raise PermissionDenied


def _checked_name(name: str) -> str:
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise ValidationError("请给版式起个名字（60 字以内），例如：12345 热线月报。")
    return name


def _hidden(heading: str) -> str:
    """By what a heading that may tell of people is known again."""
    return keyed_hash("ledger_heading", fold(heading) or heading)


def _is_cell(heading: str) -> bool:
    return bool(_CELL.search(_BLANKS.sub("", heading)))


def _saved_by(row: LedgerLayout, user: Any) -> bool:
    """Whether this person saved the layout first."""
    first = LedgerLayout.history.filter(id=row.pk, history_type="+").first()
    return first is not None and first.history_user_id == user.pk
