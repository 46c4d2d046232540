"""Forms of the moves from registration to acceptance, and of the ways out before it."""

from typing import Any

from django import forms

from casework.matters.entering import ways
from casework.matters.entering.fast import CONDITIONS
from casework.matters.entering.outside import UNCLEAR
from casework.matters.forms.acts import ActForm, day_field, long_text
from casework.matters.forms.asking import AskForm
from casework.matters.forms.choices import category_choices
from casework.matters.forms.papers import WithPaper, existing_paper, upload_field
from casework.matters.models import Category
from casework.matters.profiles import limits_of
from office.models import Unit


def category_field() -> forms.ModelChoiceField:
    rows = Category.objects.filter(active=True)
    return forms.ModelChoiceField(label="内容分类", queryset=rows, required=False)


def ticks(label: str, choices: Any, **options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **options
    )


class _WayForm(ActForm):
    """Class and path in one choice, of those that are decided here."""

    way = forms.ChoiceField(
        label="依法分类，选择途径",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择类别和途径（《信访工作条例》第二十九至三十一条）。"},
    )
    category = category_field()

    def prepare(self) -> None:
        self.fields["way"].choices = [(way.code, way.label) for way in ways.HERE]
        self.fields["category"].choices = category_choices()
        self.initial["category"] = self.matter.category_id
        chosen = self.matter.path or self.matter.klass
        if chosen in dict(self.fields["way"].choices):
            self.initial["way"] = chosen

    def given(self) -> dict[str, Any]:
        given = super().given()
        klass, path = ways.way_of(given.pop("way"))
        return given | {"klass": klass, "path": path}


class AcceptForm(_WayForm):
    """受理: the guided choice; what is led elsewhere or leaves the house has pages of its own."""

    fast = forms.BooleanField(label="简易办理", required=False)
    fits = ticks("简易办理须逐项确认", CONDITIONS, required=False)
    on = day_field("受理日期", help_text="当天受理就不用改。")
    field_order = ("way", "fast", "fits", "category", "on")

    def prepare(self) -> None:
        super().prepare()
        limits = limits_of(self.matter.profile)
        self.ways = [(way, ways.limit_of(way, limits)) for way in ways.HERE]
        self.led = [(way, ways.limit_of(way, limits)) for way in ways.LED]
        self.fast_limit = limits["fast"]


class OnSpotForm(WithPaper, _WayForm):
    summary = long_text(
        "答复内容", 6,
        help_text="当场怎么答复、怎么解决的。加密保存，可以打印给本人。",
        error_messages={"required": "请写明当场怎么答复的。"},
    )  # fmt: skip
    confirmed = forms.ChoiceField(
        label="本人怎样确认的",
        choices=[
            ("paper", "在答复上签字（上传签字件）"),
            ("oral", "当面确认（不识字、只来电话的，由经办人记录）"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择本人怎样确认的。"},
    )
    existing = existing_paper()
    paper = upload_field("或上传签字的答复")
    note = long_text("经办人记录", 2, required=False)
    field_order = ("way", "summary", "confirmed", "paper", "existing", "category", "note")

    def prepare(self) -> None:
        super().prepare()
        self.initial.setdefault("way", "C6")
        self.offer_files()

    def given(self) -> dict[str, Any]:
        return self.with_paper(super().given())


class TellForm(ActForm):
    body = forms.CharField(
        label="请他向哪里提出", max_length=80, help_text="机关全称，例如：区人力资源和社会保障局",
        error_messages={"required": "请写明应当向哪里提出。"},
    )  # fmt: skip
    note = long_text(
        "告诉他什么", 4, required=False,
        help_text="地点、电话、要带什么。写进去向告知书，加密保存。",
    )  # fmt: skip
    on = day_field("告知日期")


class ForwardForm(ActForm):
    to_name = forms.CharField(
        label="转给哪个机关", max_length=80, error_messages={"required": "请写明转给哪个机关。"}
    )
    note = long_text("附言", 3, required=False, help_text="写进转送函。信访人另得一份去向告知书。")
    on = day_field("转送日期")


class AssignOutForm(ActForm):
    unit = forms.ModelChoiceField(
        label="交给哪个社区、村", queryset=None, empty_label="请选择",
        help_text="区里的局、派出所、法院不归街道交办。",
        error_messages={"required": "请选择社区、村。"},
    )  # fmt: skip
    due_on = day_field("报结日期", required=False, help_text="不填就按内部期限。")
    note = long_text("交办要求", 3, required=False)

    def prepare(self) -> None:
        self.fields["unit"].queryset = Unit.objects.handling().at(self.today)
        below = Unit.objects.places().at(self.today).values_list("pk", "name")
        self.fields["unit"].choices = [("", "请选择"), *below]


class ReportInForm(WithPaper, ActForm):
    summary = long_text(
        "办结情况", 5, help_text="怎么办的，结果怎样，告诉本人了没有。加密保存。",
        error_messages={"required": "请写明办结情况。"},
    )  # fmt: skip
    existing = existing_paper()
    paper = upload_field("或上传办结报告")
    on = day_field("报结日期")

    def prepare(self) -> None:
        self.offer_files()

    def given(self) -> dict[str, Any]:
        return self.with_paper(super().given()) | {"body_name": str(self.matter.lead_unit or "")}


class SendBackForm(ActForm):
    again = forms.TypedChoiceField(
        label="怎么办",
        choices=[("yes", "退回重报，另定日期"), ("", "不再交办，街道接过来自己办（从今天起按信访程序）")],
        coerce=bool, required=False, empty_value=False, initial="yes", widget=forms.RadioSelect,
    )  # fmt: skip
    due_on = day_field("重报日期", required=False)
    note = long_text("为什么不能接受", 3, error_messages={"required": "请写明报告为什么不能接受。"})


class ObjectForm(ActForm):
    to_name = forms.CharField(label="向哪个机关提出", max_length=80, required=False)
    body = forms.CharField(
        label="应当由哪里办", max_length=80, error_messages={"required": "请写明应当由哪里办。"}
    )
    note = long_text(
        "理由", 4, help_text="不归本街道的事实和依据。对方同意前，材料留在这里。",
        error_messages={"required": "请写明理由。"},
    )  # fmt: skip
    on = day_field("提出日期")

    def prepare(self) -> None:
        self.initial["to_name"] = self.matter.source


class UpheldForm(WithPaper, ActForm):
    existing = existing_paper()
    paper = upload_field("或上传对方的书面答复")
    note = long_text(
        "告诉信访人什么", 3, help_text="材料退到哪里、以后由谁答复他。",
        error_messages={"required": "请写明告诉信访人什么。"},
    )  # fmt: skip
    on = day_field("对方同意的日期")

    def prepare(self) -> None:
        self.offer_files()

    def given(self) -> dict[str, Any]:
        return self.with_paper(super().given())


class NotUpheldForm(ActForm):
    note = long_text("对方怎么说", 3, error_messages={"required": "请写明对方怎么答复的。"})


class UnclearForm(WithPaper, ActForm):
    unclear = forms.ChoiceField(
        label="什么不清", choices=list(UNCLEAR.items()), widget=forms.RadioSelect,
        error_messages={"required": "请选择哪一项不清。"},
    )  # fmt: skip
    note = long_text(
        "试过哪些办法", 4, help_text="哪天打了哪个电话、去哪里问过、信退回没有。",
        error_messages={"required": "请写明试过哪些办法联系。"},
    )  # fmt: skip
    summary = long_text(
        "公开答复（可以不写）", 4, required=False,
        help_text="建议或公共的事，可以公开答复的写在这里，不写任何人。由宣传员另行发布。",
    )  # fmt: skip
    existing = existing_paper()
    paper = upload_field("或上传凭据（退信、查无此人的说明）")

    def prepare(self) -> None:
        self.offer_files()

    def given(self) -> dict[str, Any]:
        return self.with_paper(super().given())


class LeaveFastForm(ActForm):
    note = long_text(
        "为什么退出", 3, help_text="写进退出简易办理告知书。",
        error_messages={"required": "请写明为什么不再适合简易办理。"},
    )  # fmt: skip


class RefuseForm(AskForm):
    reason = long_text(
        "不予受理的理由", 4, help_text="事实和依据，写进不予受理告知书。",
        error_messages={"required": "请写明理由。"},
    )  # fmt: skip
    remedy = long_text(
        "告诉他还能怎么办", 3, max_length=300,
        help_text="不服可以向哪里、多少日内提出；有别的途径的写明途径。",
        error_messages={"required": "请写明救济途径。"},
    )  # fmt: skip
    told = "等街道领导决定。决定之前期限照算，事项照旧。"


class BarForm(WithPaper, AskForm):
    earlier = forms.CharField(
        label="已经复核的那一件的编号", max_length=20, help_text="例如 XF2026-000123",
        error_messages={"required": "请填写编号。"},
    )  # fmt: skip
    new_facts = forms.TypedChoiceField(
        label="和复核时相比",
        choices=[("same", "事实、理由都一样"), ("new", "有新的事实或理由")],
        coerce=lambda chosen: chosen == "new", widget=forms.RadioSelect,
        error_messages={"required": "请选择和复核时相比有没有新的事实或理由。"},
    )  # fmt: skip
    comparison = long_text(
        "逐项比对", 5, help_text="这次说的每一项事实和理由，对照复核意见书在哪一段已经认定。",
        error_messages={"required": "请逐项比对事实和理由。"},
    )  # fmt: skip
    existing = existing_paper()
    paper = upload_field("或上传复核意见书")
    reason = long_text("理由", 3, error_messages={"required": "请写明理由。"})
    told = "等街道领导决定。决定之前期限照算，事项照旧。"
    field_order = ("earlier", "new_facts", "comparison", "existing", "paper", "reason")

    def prepare(self) -> None:
        self.offer_files(self.opened)

    def given(self) -> dict[str, Any]:
        return self.with_paper(super().given())


FORMS: dict[str, type[ActForm]] = {
    "accept": AcceptForm,
    "on_spot": OnSpotForm,
    "tell": TellForm,
    "forward": ForwardForm,
    "assign_out": AssignOutForm,
    "report_in": ReportInForm,
    "send_back": SendBackForm,
    "object": ObjectForm,
    "objection_upheld": UpheldForm,
    "objection_refused": NotUpheldForm,
    "unclear": UnclearForm,
    "leave_fast": LeaveFastForm,
}
ASKS: dict[str, type[AskForm]] = {
    "refuse": RefuseForm,
    "bar": BarForm,
}
