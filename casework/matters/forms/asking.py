"""Forms of asking for what a second person decides: one for each act, with what the act needs."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django import forms

from casework.matters.correcting import correctable
from casework.matters.effects.handling import extension_left
from casework.matters.forms.acts import day_field, long_text
from casework.matters.models import Matter
from casework.matters.opinions import last_service
from casework.matters.reading import files_of

_NOT_DATA = ("reason", "new_date", "evidence", "upload")


class AskForm(forms.Form):
    """Why, and what else the act needs: every further field is the data of its row of the table.

    opened: what of the record is open to the reader, so that its files may be called by their names.
    A file field stores what is sent as a file of the matter.
    """

    reason = long_text("理由", error_messages={"required": "请写明理由。"})
    told = "等另一位有权限的同事审批。审批前一切照旧。"

    def __init__(
        self, data: Any, files: Any = None, *, matter: Matter, today: date, opened: Collection = ()
    ) -> None:
        super().__init__(data, files)
        self.matter, self.today, self.opened = matter, today, opened
        self.prepare()

    def prepare(self) -> None:
        """Fill the selects of this matter."""

    def given(self) -> dict[str, Any]:
        """The data of the act; uploads excepted."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in _NOT_DATA and not isinstance(self.fields[name], forms.FileField)
        }


class AskVoidForm(AskForm):
    reason = long_text(
        "作废理由",
        help_text="例如：与另一件重复登记，写上那一件的编号。由另一位有权限的同事审批，编号保留、另行统计。",
        error_messages={"required": "请写明理由。"},
    )


class ProvedForm(AskForm):
    """With a proof: a file that is there already or one sent along."""

    evidence = forms.ModelChoiceField(label="已上传的凭据", queryset=None, required=False)
    upload = forms.FileField(
        label="或上传凭据", required=False, help_text="信封、登记簿照片或扫描件，20 MB 以内。"
    )

    def prepare(self) -> None:
        names = {line.pk: line.name for line in files_of(self.matter, self.opened)}
        field = self.fields["evidence"]
        field.queryset = self.matter.files.filter(withdrawn=False)
        field.empty_label = "没有，另外上传"
        field.label_from_instance = lambda file: names[file.pk]


class AskReceivedForm(ProvedForm):
    new_date = day_field("正确的收到日期", error_messages={"required": "请填写正确的收到日期。"})
    reason = long_text("更正理由", 3, error_messages={"required": "请写明理由。"})
    field_order = ("new_date", "evidence", "upload", "reason")


def _told(service: Any) -> str:
    """2026-11-23 延期告知书 云街信延〔2026〕1号，当面送达"""
    paper = service.document or "答复"
    how = service.get_way_display() + ("，未送达" if service.failed else "")
    return f"{service.on:%Y-%m-%d} {paper}，{how}"


class AskServedForm(ProvedForm):
    service = forms.ModelChoiceField(
        label="更正哪一次送达", queryset=None, empty_label=None, required=False
    )  # fmt: skip
    new_date = day_field("正确的送达日期", error_messages={"required": "请填写正确的送达日期。"})
    reason = long_text("更正理由", 3, error_messages={"required": "请写明理由。"})
    field_order = ("service", "new_date", "evidence", "upload", "reason")

    def prepare(self) -> None:
        super().prepare()
        field = self.fields["service"]
        field.queryset = correctable(self.matter).select_related("document").order_by("-pk")
        field.label_from_instance = _told
        field.initial = last_service(self.matter) or field.queryset.first()
        self.fields["upload"].help_text = "送达回证、邮寄回执的照片或扫描件，20 MB 以内。"


class AskExtendForm(AskForm):
    """Art. 34: how many days, and why; the petitioner is told the reason."""

    days = forms.IntegerField(label="延长几日", min_value=1)
    reason = long_text(
        "延长的理由",
        help_text="信访人会在延期告知书里看到：写清情况复杂在哪里、还要做什么。",
        error_messages={"required": "请写明理由。"},
    )
    told = "等街道领导批准。批准前期限照旧。"
    field_order = ("days", "reason")

    def prepare(self) -> None:
        left = extension_left(self.matter)
        self.fields["days"].help_text = f"还可以延长 {left} 日，合计不超过上限。"
        self.fields["days"].max_value = left
        self.fields["days"].widget.attrs["max"] = left


class AskReopenForm(AskForm):
    reason = long_text(
        "恢复办理的理由",
        help_text="出现了什么新情况、哪里办错了，或者上级怎样要求。等街道领导决定，决定后开始新一轮办理。",
        error_messages={"required": "请写明理由。"},
    )
    told = "等街道领导决定。决定前仍是办结。"


ASKS: dict[str, type[AskForm]] = {
    "void": AskVoidForm,
    "received": AskReceivedForm,
    "served": AskServedForm,
    "extend": AskExtendForm,
    "reopen": AskReopenForm,
}


def lines(form: type[AskForm], data: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """(label, value in words) of what was asked for, in the order of the form."""
    for name, field in form.base_fields.items():
        if name not in data:
            continue
        value = data[name]
        if isinstance(value, bool):
            value = "是" if value else "否"
        elif choices := dict(getattr(field, "choices", None) or ()) if _listed(field) else None:
            value = choices.get(value, value)
        yield (
            str(field.label),
            "、".join(map(str, value)) if isinstance(value, list) else str(value),
        )


def _listed(field: forms.Field) -> bool:
    """Whether the words for a value stand in the form itself, not in the database."""
    return isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)
