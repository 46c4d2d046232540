"""The rows of selects above the auditor's desk, and what is noted of a finding."""

from typing import Any

from django import forms

from office.audit_forms import LookFilter
from office.look_reading import NOTED, OPEN
from office.look_rules import RULES


class PersonFilter(LookFilter):
    """One person's looks; nobody's until one is chosen."""

    everyone = "请选一个人"
    field_order = ("person", "since", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["record"]


class RecordFilter(LookFilter):
    """All looks at the record of one number."""

    field_order = ("record", "since", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["person"]


class FindingFilter(LookFilter):
    """Which rule, whose looks, found when, and whether somebody looked into it."""

    rule = forms.ChoiceField(
        label="规则",
        required=False,
        choices=[("", "全部规则"), *((rule.key, rule.label) for rule in RULES)],
    )
    state = forms.ChoiceField(
        label="核查",
        required=False,
        choices=[("", "全部"), (OPEN, "还没核查"), (NOTED, "已核查")],
    )
    field_order = ("rule", "state", "person", "since", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["record"]


class NoteForm(forms.Form):
    """What an auditor found when looking into it."""

    said = forms.CharField(
        label="核查了什么，结果怎样",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="例如：问过本人，是应信访人要求核对地址。写下后不能改、不能删，被查看的人看不到。",
        error_messages={"required": "请写核查了什么、结果怎样。", "max_length": "最多 1000 个字。"},
    )
