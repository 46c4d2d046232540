"""The forms of 导入台账: the file, what its columns mean, the name of a layout."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from casework.matters.ledgers.fields import DAYS, FIELDS
from casework.matters.ledgers.opening import Ledger
from casework.matters.models import ImportJob
from office.sheets.days import FIRST_YEAR, LAST_YEAR
from office.sheets.problems import column_letter

ACCEPTED = ".xlsx,.xlsm,.xls,.xlsb,.et,.ods,.csv,.tsv,.txt"
FIELD_CHOICES = [("", "没有对应，原样保留"), *((field.name, field.label) for field in FIELDS)]
ASIDE = "人工选定：不对应"
ORDERS = [("", "年在前"), ("mdy", "月/日/年"), ("dmy", "日/月/年")]


class UploadForm(forms.Form):
    """One ledger."""

    file = forms.FileField(
        label="台账文件",
        help_text="可以是 .xlsx、.xls、.et、.ods 或 .csv，不超过 50 MB，不用事先整理。",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "请选择台账文件。", "empty": "文件是空的，请重新选择。"},
    )
    source = forms.CharField(
        label="来源",
        max_length=60,
        required=False,
        help_text="谁的台账，例如：12345 热线。同一来源每次写得一样，系统才认得出重复的行；不写则记“未注明来源”。",
    )
    layout = forms.ModelChoiceField(
        label="版式",
        queryset=None,
        required=False,
        empty_label="自动识别",
        help_text="以前保存过的列对应关系。",
    )

    def __init__(self, *args: Any, layouts: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["layout"].queryset = layouts


class LayoutForm(forms.Form):
    """The name under which a mapping is kept."""

    layout_name = forms.CharField(label="版式名称", max_length=60, required=False)


class RenameForm(forms.Form):
    """Another name for a layout."""

    name = forms.CharField(label="名称", max_length=60)


class ChoiceForm(forms.Form):
    """What a person may correct: sheet, source, header row, and the meaning of each column."""

    sheet = forms.ChoiceField(label="工作表")
    source = forms.CharField(
        label="来源", max_length=60, error_messages={"required": "请写明来源，例如：12345 热线。"}
    )
    header_row = forms.IntegerField(
        label="标题在第几行",
        min_value=0,
        max_value=1000,
        help_text="标题占几行的，写最后一行；没有标题写 0。",
    )

    def __init__(self, *args: Any, ledger: Ledger, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "sheet": ledger.sheet.name,
            "source": ledger.job.source,
            "header_row": ledger.mapping.header_row,
        }
        super().__init__(*args, **kwargs)
        self.ledger = ledger
        self.fields["sheet"].choices = [
            (sheet.name, sheet.name if sheet.visible else f"{sheet.name}（隐藏）")
            for sheet in ledger.book.sheets
            if sheet.rows or sheet is ledger.sheet
        ]
        for column in ledger.mapping.columns:
            self.fields[f"column_{column.index}"] = forms.ChoiceField(
                label=column.heading,
                choices=FIELD_CHOICES,
                required=False,
                initial=column.field or "",
            )
            if column.year or column.index in {one.index for one in ledger.yearless}:
                self.fields[f"year_{column.index}"] = forms.IntegerField(
                    label="这些日期是哪一年的",
                    min_value=FIRST_YEAR,
                    max_value=LAST_YEAR,
                    required=False,
                    initial=column.year,
                    widget=forms.NumberInput(attrs={"placeholder": "年份"}),
                )
            if column.field in DAYS:
                self.fields[f"order_{column.index}"] = forms.ChoiceField(
                    label=f"{column.heading}的写法",
                    choices=ORDERS,
                    required=False,
                    initial=column.order,
                )

    def clean(self) -> dict[str, Any]:
        """No field twice: the person says which column it is."""
        found = super().clean()
        taken: dict[str, str] = {}
        for column in self.ledger.mapping.columns:
            name = found.get(f"column_{column.index}")
            if name and name in taken:
                label, both = dict(FIELD_CHOICES)[name], (taken[name], column_letter(column.index))
                raise forms.ValidationError(
                    f"{'、'.join(both)} 两列都对应成了“{label}”，请只留一列。"
                )
            if name:
                taken[name] = column_letter(column.index)
        return found

    def apply(self, job: ImportJob) -> bool:
        """Put the choices into the job (unsaved); another sheet or header is recognised anew."""
        given, ledger = self.cleaned_data, self.ledger
        before = (job.sheet, job.source, job.mapping)
        job.source = given["source"].strip()
        if given["sheet"] != ledger.sheet.name:
            job.sheet, job.mapping = given["sheet"], {}
        elif given["header_row"] != ledger.mapping.header_row:
            job.mapping = {"header_row": given["header_row"], "columns": {}}
        elif changes := self._changes():
            chosen = ledger.chosen()
            for index, (name, order, year) in changes.items():
                why, sure = ("人工选定", True) if name else (ASIDE, True)
                chosen["columns"][str(index)] = [name, order, why, sure, year]
            job.mapping = chosen
        return before != (job.sheet, job.source, job.mapping)

    def _changes(self) -> dict[int, tuple[str, str, int | None]]:
        """Columns whose meaning, way of writing days, or year was changed."""
        found = {}
        for column in self.ledger.mapping.columns:
            was = (column.field or "", column.order, column.year)
            said = tuple(
                self.cleaned_data.get(f"{name}_{column.index}", before)
                for name, before in zip(("column", "order", "year"), was, strict=True)
            )
            if said != was:
                found[column.index] = said
        return found
