"""Forms of drafts. What a value may be is checked by the rules (`drafting`), not here."""

from typing import Any

from django import forms

from casework.matters.forms.acts import day_field, long_text
from casework.matters.models import RuleLimit, RuleProfile
from casework.matters.models.profiles import ALWAYS_TWO, Certainty
from casework.matters.rules.drafting import MOVED_ON, deciders_of
from casework.matters.rules.tables import Part
from casework.matters.rules.vocabulary import ACTS, MARKS, SETTINGS, limit_unit
from casework.matters.states import State
from office.roles import BY_KEY

#: states from which a fact can be asked for: the way through, and what comes after it
_STATES = (
    State.ACCEPTED, State.HANDLING, State.DRAFTED, State.REVIEWED, State.SIGNED, State.ANSWERED,
    State.CLOSED, State.ARCHIVED,
)  # fmt: skip


def _one_line(label: str, **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, widget=widget, **options)


def _yes_no(label: str, yes: str, no: str, **options: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", yes), ("no", no)],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择一项。"},
        **options,
    )


def _choice(label: str, choices: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect if len(choices) < 4 else forms.Select,
        error_messages={"required": "请选择一项。"},
        **options,
    )


class HeadForm(forms.Form):
    """What a draft says of itself."""

    name = _one_line(
        "名称", max_length=60, error_messages={"required": "请填写名称，例如：云湖街道规则。"}
    )
    source = _one_line(
        "依据",
        max_length=200,
        help_text="写文件名称和文号。",
        error_messages={"required": "请写明依据哪份文件。"},
    )
    note = long_text(
        "适用说明",
        2,
        max_length=300,
        required=False,
        help_text="为什么要有这个方案、改了什么；没有核实的也写在这里。",
    )
    valid_from = day_field(
        "施行日期",
        required=False,
        help_text="从这一天起收到的事项按它计算；送审前填好即可。现行方案到前一天为止。",
        error_messages={"invalid": "请按 2026-12-01 的样子填写日期。"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, profile: RuleProfile) -> None:
        first = {
            name: getattr(profile, name)
            for name in ("name", "source", "note", "valid_from", "version")
        }
        super().__init__(data, initial=first)


class DraftForm(forms.Form):
    """Which profile is begun: under the same name the next edition, under another one a new one."""

    name = _one_line(
        "名称",
        max_length=60,
        help_text="不改名称，就是它的下一版；改了名称，就是另一个方案。",
        error_messages={"required": "请填写名称。"},
    )
    note = long_text(
        "为什么要改",
        2,
        max_length=300,
        help_text="例如：区信访局通知，告知期限改为 10 日。批准的领导会看到。",
        error_messages={"required": "请写明为什么要改，批准的领导要看。"},
    )


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        choices=[("approve", "批准"), ("return", "退回")],
        error_messages={"required": "请点“批准”或“退回”。"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    note = long_text(
        "意见", 3, max_length=300, required=False, help_text="退回的，请写明要改什么。"
    )

    def __init__(self, data: Any, *, profile: RuleProfile) -> None:
        super().__init__(data, initial={"version": profile.version})
        self.profile = profile

    def clean(self) -> dict[str, Any]:
        """The page that comes back shows the draft as it is now, and says so."""
        is_now = self.profile.version
        if self.cleaned_data.get("version", is_now) != is_now:
            self.data = self.data.copy()
            self.data["version"] = is_now
            raise forms.ValidationError(MOVED_ON)
        return self.cleaned_data


class SureForm(forms.Form):
    """A page that asks once more and wants nothing."""


class RowForm(forms.Form):
    """One value of a draft: the value, where it is said, how sure it is."""

    article = _one_line(
        "依据条款",
        max_length=80,
        help_text="写到条。没有明文的写“内部时限”“内部审批要求”。",
        error_messages={"required": "请写明依据哪一条；没有明文的写“内部时限”。"},
    )
    certainty = _choice("核对情况", Certainty.choices)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, part: Part, key: str, row: Any) -> None:
        super().__init__(data, initial=_first(part, row))
        values = _FIELDS[part.name](key)
        self.fields = values | self.fields  # the value first, where it is said below it

    def given(self) -> dict[str, Any]:
        """What was chosen, as fields of the row."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def _first(part: Part, row: Any) -> dict[str, Any]:
    if row is None:
        return {"version": 0, "certainty": Certainty.UNVERIFIED}
    first = {name: getattr(row, name) for name in (*part.values, "article", "certainty", "version")}
    return {
        name: ("yes" if value else "no") if isinstance(value, bool) else value
        for name, value in first.items()
    }


def _limit(key: str) -> dict[str, forms.Field]:
    units = [(unit, RuleLimit.Unit(unit).label) for unit in limit_unit(key)]
    number = forms.IntegerField(
        label="数值",
        max_value=3000,
        error_messages={
            "required": "请填写数值。",
            "invalid": "请填写整数，例如：15。",
            "max_value": "数值太大，请核对。",
        },
    )
    told = "“日”是自然日，包括节假日；“工作日”按工作日历计算。" if len(units) > 1 else ""
    return {"days": number, "unit": _choice("单位", units, help_text=told)}


def _field(key: str) -> dict[str, forms.Field]:
    return {
        "state": _choice("从哪个状态起", [(one.value, one.label) for one in _STATES]),
        "must": _yes_no("要求", "必填：没有就不能往下办", "建议填：提醒，不拦住"),
    }


def _act(key: str) -> dict[str, forms.Field]:
    told = "这一项必须两人，不能取消。" if key in ALWAYS_TWO else ACTS[key].told
    roles = [(role, BY_KEY[role].label) for role in deciders_of(key)]
    return {
        "second": _yes_no("几个人", "须第二人审批", "一人办理", help_text=told),
        "decider": _choice("由谁决定", roles, help_text="只列有这项权限的角色。"),
        "legal": _yes_no("法制审核", "先法制审核", "不需要"),
    }


def _setting(key: str) -> dict[str, forms.Field]:
    kind = SETTINGS[key]
    if kind.choices:
        return {"value": _choice(kind.label, kind.choices, help_text=kind.told)}
    gap = {"required": "请填写。"}
    return {"value": _one_line(kind.label, max_length=60, help_text=kind.told, error_messages=gap)}


def _text(key: str) -> dict[str, forms.Field]:
    told = f"用这些标记代表本方案的期限：{'、'.join(MARKS)}。不写人名。"
    gap = {"required": "请填写文字。"}
    return {"text": long_text("文字", 5, max_length=1000, help_text=told, error_messages=gap)}


_FIELDS = {"limits": _limit, "fields": _field, "acts": _act, "settings": _setting, "texts": _text}
