"""Forms of answering and closing."""

from django import forms

from casework.matters.forms.acts import ActForm, day_field, long_text
from casework.matters.states import Outcome


class AnswerForm(ActForm):
    outcome = forms.ChoiceField(
        label="处理结果",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择处理结果。"},
    )
    body = long_text(
        "答复内容",
        12,
        help_text="逐项回应诉求：查明的事实、依据、结果；写明可以向哪里申请复查。加密保存。",
        error_messages={"required": "请写明答复内容。"},
    )
    on = day_field("答复日期", help_text="答复交到信访人手里的那一天，复查期从这一天算起。")


class CloseForm(ActForm):
    note = long_text("办结说明", 3, required=False)
    on = day_field("办结日期")


FORMS: dict[str, type[ActForm]] = {"answer": AnswerForm, "close": CloseForm}
