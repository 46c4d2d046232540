"""The quiet tables of the kernel's ledgers."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from office.audit import Row, kind_label
from office.history_view import FieldChange

_SHORT = 20  # characters of a number, which is never broken
_SHOWN_AT_ONCE = 4  # fields of a change; the others unfold


def moment(at: Any) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}"


def changed(fields: list[FieldChange]) -> SafeString:
    """字段 旧 → 新, one a line; many of them are folded."""
    if len(fields) <= _SHOWN_AT_ONCE:
        return _lines(fields)
    return format_html(
        "{}<details><summary>另有 {} 项</summary>{}</details>",
        _lines(fields[:_SHOWN_AT_ONCE]),
        len(fields) - _SHOWN_AT_ONCE,
        _lines(fields[_SHOWN_AT_ONCE:]),
    )


def _lines(fields: list[FieldChange]) -> SafeString:
    arrow = mark_safe(
        '<span class="desk-changes__to"><span aria-hidden="true">→</span><span class="w-sr-only">改为</span></span> '
    )
    lines = (
        (
            field.label,
            format_html("<del>{}</del> {}", field.old, arrow) if field.old else "",
            field.new,
        )
        for field in fields
    )
    listed = format_html_join("", "<li><b>{}</b> {}<ins>{}</ins></li>", lines)
    return format_html('<ul class="desk-changes">{}</ul>', listed) if listed else mark_safe("")


def unbroken(label: str) -> str:
    """The class that keeps a short label on one line."""
    return "is-fixed" if len(label) <= _SHORT else ""


class LedgerTable(tables.Table):
    """A table of one page of a ledger: not sortable, never counted."""

    class Meta:
        orderable = False
        attrs = {"class": "desk-table"}


FIXED, WIDE = {"td": {"class": "is-fixed"}}, {"td": {"class": "is-wide"}}
NAME, KIND = {"td": {"class": "is-name"}}, {"td": {"class": "is-kind"}}


class ChangeTable(LedgerTable):
    """变更审计."""

    class Meta(LedgerTable.Meta):
        pass

    at = tables.Column(verbose_name="时间", attrs=FIXED)
    who = tables.Column(verbose_name="操作人", attrs=NAME)
    kind = tables.Column(verbose_name="种类", attrs=KIND)
    label = tables.Column(verbose_name="记录")
    action = tables.Column(verbose_name="动作", attrs=FIXED)
    changed = tables.Column(accessor="fields", verbose_name="改动", attrs=WIDE)
    reason = tables.Column(verbose_name="原因", attrs=KIND)

    def render_at(self, value: Any) -> str:
        return moment(value)

    def render_who(self, record: Row) -> SafeString:
        return format_html("{} <small>{}</small>", record.who, record.post)

    def render_label(self, record: Row) -> SafeString:
        whole = unbroken(record.label)
        if not record.link:
            return format_html('<span class="{}">{}</span>', whole, record.label)
        return format_html('<a class="{}" href="{}">{}</a>', whole, record.link, record.label)

    def render_changed(self, value: list[FieldChange]) -> SafeString:
        return changed(value)


class LookTable(LedgerTable):
    """查看记录."""

    class Meta(LedgerTable.Meta):
        pass

    at = tables.Column(verbose_name="时间", attrs=FIXED)
    person = tables.Column(verbose_name="查看人", attrs=NAME)
    kind = tables.Column(verbose_name="种类", attrs=KIND)
    label = tables.Column(verbose_name="记录")
    what = tables.Column(verbose_name="查看内容", attrs=NAME)
    purpose = tables.Column(verbose_name="查看目的", attrs=NAME)
    address = tables.Column(verbose_name="来源地址", default="—", attrs=FIXED)

    def render_at(self, value: Any) -> str:
        return moment(value)

    def render_person(self, record: Any) -> SafeString:
        post = record.post or ""
        return format_html("{} <small>{}</small>", record.person, post)

    def render_kind(self, value: str) -> str:
        return kind_label(value)

    def render_label(self, value: str) -> SafeString:
        return format_html('<span class="{}">{}</span>', unbroken(value), value)
