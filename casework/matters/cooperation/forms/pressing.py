"""Forms of reminders, supervision, urgent reports and danger. The rules check what may be said."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.timezone import localtime

from casework.matters.cooperation import urgent
from casework.matters.forms.acts import day_field, long_text
from casework.matters.models import (
    DutyDay,
    Reminder,
    Supervision,
    SupervisionAnswer,
    UrgentNotice,
)


def moment_field(label: str, **options: Any) -> forms.DateTimeField:
    """A minute of a day, as browsers write it."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
    return forms.DateTimeField(label=label, widget=widget, input_formats=formats, **options)


def minute(moment: datetime) -> datetime:
    """A moment as such a field begins with it."""
    return localtime(moment).replace(second=0, microsecond=0)


class RemindForm(forms.Form):
    text_chosen = forms.ChoiceField(
        label="催办内容", choices=Reminder.Text.choices, widget=forms.RadioSelect,
        error_messages={"required": "请选择催办内容。"},
    )  # fmt: skip


class ReplyForm(forms.Form):
    answer = long_text(
        "回复", 3, required=False, help_text="可以不写，点“知道了”就行；写了主任和领导看得到。"
    )


class SuperviseForm(forms.Form):
    measure = forms.ChoiceField(
        label="方式", choices=Supervision.Measure.choices, widget=forms.RadioSelect,
        initial=Supervision.Measure.LETTER, error_messages={"required": "请选择督办的方式。"},
        help_text="先督办函，没有改的再约谈、通报。",
    )  # fmt: skip
    ground = forms.ChoiceField(
        label="事由（《信访工作条例》第四十条）", choices=Supervision.Ground.choices,
        widget=forms.RadioSelect, error_messages={"required": "请选择督办的事由。"},
    )  # fmt: skip
    what = long_text(
        "要求",
        4,
        help_text="要它做到什么、怎么答复。对单位，不对个人。加密保存。",
        error_messages={"required": "请写明要它做到什么、怎么答复。"},
    )
    due_on = day_field("答复期限", required=False, help_text="不填就按规则方案的督办期限。")
    suggestion = long_text(
        "改进工作、完善政策、追究责任的建议",
        3,
        required=False,
        help_text="可以不写。写了，单位必须书面反馈采纳情况。",
    )


class AnswerSupervisionForm(forms.Form):
    body = long_text(
        "督办答复",
        6,
        help_text="督办的事怎么办的、办到哪一步、什么时候办完。加密保存。",
        error_messages={"required": "请写明督办事项怎么办的、办到哪一步。"},
    )
    adoption = forms.ChoiceField(
        label="建议采纳情况", choices=SupervisionAnswer.Adoption.choices, widget=forms.RadioSelect,
        error_messages={"required": "请选择采纳情况。"},
    )  # fmt: skip
    adoption_note = long_text(
        "怎么采纳的",
        3,
        help_text="不采纳的写明理由。",
        error_messages={"required": "请写明怎么采纳的；不采纳的写明理由。"},
    )
    upload = forms.FileField(
        label="盖章的书面答复", required=False, help_text="扫描件，20 MB 以内。"
    )

    def __init__(self, data: Any, files: Any, *, suggested: bool) -> None:
        super().__init__(data, files)
        if not suggested:
            del self.fields["adoption"], self.fields["adoption_note"]


class JudgeForm(forms.Form):
    decision = forms.ChoiceField(
        choices=[("accept", "采信"), ("back", "退回重答")],
        error_messages={"required": "请点“采信”或“退回重答”。"},
    )
    note = long_text(
        "审核意见", 3, required=False, help_text="退回重答的，请写明哪里没有说清、没有办到。"
    )
    due_on = day_field(
        "重答期限", required=False, help_text="退回时用；不填就按规则方案的督办期限。"
    )


class ToldForm(forms.Form):
    """A row of an urgent report: one of those art. 25 names. Left empty: not told yet."""

    who = forms.CharField(label="接报的单位和人", max_length=100, required=False)
    way = forms.ChoiceField(label="怎么报的", choices=UrgentNotice.Way.choices, required=False)
    told_at = moment_field("何时报的", required=False)

    def __init__(self, data: Any, *, to: Any, at: datetime) -> None:
        super().__init__(data, prefix=to.value, initial={"told_at": minute(at)})
        self.to, self.label = to, to.label

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("who") and not given.get("told_at"):
            self.add_error("told_at", f"请填写何时报{self.label}的。")
        return given

    @property
    def told(self) -> urgent.Told | None:
        given = self.cleaned_data
        if not given.get("who", "").strip():
            return None
        return urgent.Told(self.to.value, given["who"], given["way"], given["told_at"])


class UrgentForm(forms.Form):
    """Facts, people, and (`claims`) whom it was reported to: a row for each of those art. 25 names."""

    found_at = moment_field("何时得知", error_messages={"required": "请填写何时得知。"})
    people = forms.IntegerField(
        label="涉及人数", min_value=0, max_value=1_000_000, required=False,
        help_text="只写数，不写名字。",
    )  # fmt: skip
    facts = long_text(
        "发生了什么",
        6,
        help_text="时间、地点、起因、规模、已经采取的措施。不写人名。加密保存。",
        error_messages={"required": "请写明时间、地点、起因、规模和已经采取的措施。"},
    )

    def __init__(self, data: Any, *, at: datetime) -> None:
        super().__init__(data, initial={"found_at": minute(at)})
        self.claims = [ToldForm(data, to=to, at=at) for to in urgent.OWED]

    def is_valid(self) -> bool:
        rows = [row.is_valid() for row in self.claims]
        return super().is_valid() and all(rows)


class NoticeForm(forms.Form):
    """One body that was told."""

    to = forms.ChoiceField(
        label="报给谁", choices=UrgentNotice.To.choices, widget=forms.RadioSelect,
        error_messages={"required": "请选择报给谁。"},
    )  # fmt: skip
    who = forms.CharField(
        label="接报的单位和人", max_length=100, help_text="例如：区信访局值班室 李某",
        error_messages={"required": "请写明接报的单位和人。"},
    )  # fmt: skip
    way = forms.ChoiceField(
        label="怎么报的", choices=UrgentNotice.Way.choices, widget=forms.RadioSelect,
        error_messages={"required": "请选择怎么报的。"},
    )  # fmt: skip
    told_at = moment_field("何时报的", error_messages={"required": "请填写何时报的。"})


class ReceiptForm(forms.Form):
    receipt = long_text(
        "对方怎么说的",
        3,
        help_text="例如：已收到，要求一小时后续报。加密保存。",
        error_messages={"required": "请写明对方怎么说的。"},
    )
    at = moment_field("什么时候说的", error_messages={"required": "请填写什么时候说的。"})


class StepForm(forms.Form):
    body = long_text(
        "处置进展",
        5,
        help_text="现场情况、做了什么、还缺什么。不写人名。加密保存。",
        error_messages={"required": "请写明现场情况和处置进展。"},
    )


class DangerForm(forms.Form):
    reason = long_text(
        "什么危险",
        4,
        help_text="在哪里、什么情形、已经打了哪个电话。只标在这件事项上，不标人。加密保存。",
        error_messages={"required": "请写明是什么危险、在哪里、已经做了什么。"},
    )
    until = day_field(
        "标到哪一天", help_text="到期自动解除，最长 30 天。",
        error_messages={"required": "请填写标到哪一天。"},
    )  # fmt: skip


class ProlongForm(forms.Form):
    until = day_field(
        "延长到哪一天", help_text="从标注那天起，最长 30 天。",
        error_messages={"required": "请填写延长到哪一天。"},
    )  # fmt: skip


class DutyRow(forms.Form):
    """A day of the roster. Both left empty: nobody is put down."""

    name = forms.CharField(label="值班领导", max_length=40, required=False)
    phone = forms.CharField(label="值班电话", max_length=40, required=False)

    def __init__(self, data: Any, *, day: date, row: DutyDay | None) -> None:
        initial = {"name": row.name, "phone": row.phone} if row else {}
        super().__init__(data, prefix=f"{day:%Y%m%d}", initial=initial)
        self.day, self.row = day, row

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        name, phone = given.get("name", ""), given.get("phone", "")
        if bool(name) != bool(phone):
            gap = "phone" if name else "name"
            self.add_error(gap, f"{self.day:%m-%d} 的值班领导和电话都要写，没有排的两格都留空。")
        if self.row is not None and not name and not phone:
            self.add_error("name", f"{self.day:%m-%d} 已经排过，只能改成别人，不能留空。")
        return given


class DutyForm(forms.Form):
    """The roster of some days as rows (`claims`)."""

    def __init__(self, data: Any, *, days: Iterable[tuple[date, DutyDay | None]]) -> None:
        super().__init__(data)
        self.claims = [DutyRow(data, day=day, row=row) for day, row in days]

    def is_valid(self) -> bool:
        rows = [row.is_valid() for row in self.claims]
        return super().is_valid() and all(rows)
