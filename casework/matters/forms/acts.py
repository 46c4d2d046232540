"""What forms of acts share. What an act needs is checked by its rule, not here.

The forms of the moves stand in `entering`, `handling` and `opinions`; `table.FORMS` puts them together.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms

from casework.matters.models import Matter
from casework.matters.opening import BOTH


def day_field(label: str, **options: Any) -> forms.DateField:
    """A date as browsers and offices write it: 2026-11-24."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


def sender_field(**options: Any) -> forms.DateField:
    """The last day another office set for its letter."""
    return day_field(
        "来文要求的最迟日期",
        required=False,
        help_text="对方要求哪天前办完、答复的，写在这里：和法定期限一起算，先到的先办。",
        error_messages={"invalid": "日期请写成 2026-11-24 的样子。"},
        **options,
    )


def long_text(label: str, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


def file_field(label: str, **options: Any) -> forms.FileField:
    """A photo or a scan that is stored with the matter."""
    options.setdefault("help_text", "照片、扫描件或 PDF，20 MB 以内。")
    return forms.FileField(label=label, **options)


def choice(label: str, choices: Any, required: str) -> forms.ChoiceField:
    """A few things to choose from, all of them in sight."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": required},
    )


def phone_field(label: str, **options: Any) -> forms.CharField:
    """A phone number that may be left out; its form judges it (`forms.numbers.NumbersChecked`)."""
    return forms.CharField(label=label, required=False, **options)


class WhyForm(forms.Form):
    """Why personal data are opened; goes to the look ledger."""

    purpose = forms.CharField(
        label="查看目的",
        min_length=4,
        max_length=200,
        help_text="为办什么事要看，审计会看到。例如：联系信访人核对时间",
        error_messages={
            "required": "请写明查看目的，例如：联系信访人核对时间。",
            "min_length": "请把查看目的写得具体一些，至少 4 个字。",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "purposes"}),
    )


class PurposeForm(WhyForm):
    """The same for a part of the record: who came, or what they say."""

    what = forms.ChoiceField(choices=[(what, what) for what in BOTH], widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    reason = long_text(
        "撤下的理由",
        3,
        help_text="例如：传错了事项。材料仍在档，只是不再作为办理依据。",
        error_messages={"required": "请写明撤下的理由，例如：传错了事项。"},
    )


class ActForm(forms.Form):
    """Values for `moving.move`: `given()` its data, `day()` the day it happened (None: today).

    A file field stores what is sent as a file of the matter and gives that to the move. opened: what
    of the record is open to the reader, so that a form may begin with a text of it.
    """

    hints: dict[str, str] = {}

    def __init__(
        self, data: Any, files: Any = None, *, matter: Matter, today: date,
        opened: Collection[str] = (),
    ) -> None:  # fmt: skip
        super().__init__(data, files, initial={"on": today})
        self.matter, self.today, self.opened = matter, today, opened
        self.prepare()

    def prepare(self) -> None:
        """Fill the selects of this matter."""

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "on"}

    def day(self) -> date | None:
        return self.cleaned_data.get("on")


class DecideForm(forms.Form):
    """同意 or 不同意 is the button; refusing needs a reason."""

    decision = forms.ChoiceField(
        choices=[("approve", "同意"), ("refuse", "不同意")],
        error_messages={"required": "请点“同意”或“不同意”。"},
    )
    note = long_text("审批意见", 3, required=False, help_text="不同意的，请写明理由。")
