"""Forms of reviews by a superior, of closing, and of what a petitioner or the heirs wish."""

from typing import Any

from django import forms

from casework.matters.forms.acts import ActForm, day_field, file_field, long_text, phone_field
from casework.matters.forms.opinions import PromisesForm


class CloseForm(ActForm):
    note = long_text("办结说明", 3, required=False)
    on = day_field("办结日期")


class AskReviewForm(ActForm):
    body_name = forms.CharField(
        label="向哪个机关申请", max_length=80,
        error_messages={"required": "请写明信访人向哪个机关申请。"},
    )  # fmt: skip
    on = day_field(
        "收到申请的日期", help_text="上级机关收到的那一天；由本街道转去的，本街道收到的那一天。"
    )
    paper = file_field("复查（复核）申请书", required=False)
    note = long_text("说明", 2, required=False)


def _served_on() -> Any:
    return day_field(
        "送达信访人的日期", help_text="申请复核的期限从这一天算起。",
        error_messages={"required": "请填写意见书送达信访人的日期。"},
    )  # fmt: skip


def _order() -> Any:
    return long_text("决定要点", 5, error_messages={"required": "请写明决定的要点。"})


def _scan() -> Any:
    return file_field(
        "意见书扫描件", error_messages={"required": "请上传复查（复核）意见书的扫描件。"}
    )


class UpheldForm(ActForm):
    on = day_field("决定日期")
    served_on = _served_on()
    order = _order()
    paper = _scan()
    note = long_text("说明", 2, required=False)


class ChangedForm(PromisesForm):
    """What the superior orders the street to do comes as promises."""

    on = day_field("决定日期")
    served_on = _served_on()
    order = _order()
    paper = _scan()
    note = long_text("说明", 2, required=False)


class RevokedForm(ActForm):
    on = day_field("决定日期")
    order = long_text(
        "决定要点", 5, help_text="为什么撤销、要求怎样重新处理。",
        error_messages={"required": "请写明决定的要点。"},
    )  # fmt: skip
    until = day_field(
        "责令哪天前办结", required=False, help_text="意见书上没有写的，留空，按办理期限从头算。"
    )
    paper = file_field(
        "意见书扫描件", error_messages={"required": "请上传复查（复核）意见书的扫描件。"}
    )
    note = long_text("说明", 2, required=False)


class DeclinedForm(ActForm):
    on = day_field("决定日期")
    paper = file_field("不予受理的文书", error_messages={"required": "请上传上级不予受理的文书。"})
    note = long_text("说明", 2, required=False)


class FinalHearingForm(ActForm):
    from_on = day_field("听证从哪天", error_messages={"required": "请填写听证开始的日期。"})
    to_on = day_field("到哪天", error_messages={"required": "请填写听证结束的日期。"})
    paper = file_field("听证通知", required=False)
    note = long_text("说明", 2, required=False)


class WithdrawForm(ActForm):
    note = long_text(
        "撤回的原因", 4, help_text="信访人自己怎么说。不得要求、诱导信访人撤回。",
        error_messages={"required": "请写下信访人为什么撤回。"},
    )  # fmt: skip
    paper = file_field(
        "撤回申请书（本人签字）", error_messages={"required": "请上传信访人签字的撤回申请书。"}
    )
    on = day_field("撤回日期")


class UndoWithdrawForm(ActForm):
    note = long_text("恢复的原因", 4, error_messages={"required": "请写下信访人为什么恢复。"})


class HeirsForm(ActForm):
    name = forms.CharField(
        label="承受人姓名", max_length=60, error_messages={"required": "请填写承受人的姓名。"}
    )
    phone = phone_field("联系电话")
    address = forms.CharField(label="联系地址", required=False, max_length=200)
    proof = file_field(
        "凭据", help_text="死亡证明、亲属关系证明。",
        error_messages={"required": "请上传死亡证明、亲属关系证明等。"},
    )  # fmt: skip
    note = long_text("说明", 3, error_messages={"required": "请写明承受人和信访人的关系、意愿。"})


class NoHeirsForm(ActForm):
    proof = file_field("凭据", error_messages={"required": "请上传死亡证明等凭据。"})
    note = long_text("说明", 3, error_messages={"required": "请写明怎样核实没有人愿意继续的。"})


FORMS: dict[str, type[ActForm]] = {
    "close": CloseForm,
    "ask_review": AskReviewForm,
    "review_upheld": UpheldForm,
    "review_changed": ChangedForm,
    "review_revoked": RevokedForm,
    "review_declined": DeclinedForm,
    "ask_final": AskReviewForm,
    "final_hearing": FinalHearingForm,
    "final_declined": DeclinedForm,
    "final_upheld": UpheldForm,
    "final_changed": ChangedForm,
    "final_revoked": RevokedForm,
    "withdraw": WithdrawForm,
    "undo_withdraw": UndoWithdrawForm,
    "heirs": HeirsForm,
    "no_heirs": NoHeirsForm,
}
