"""Forms on the way of an opinion: hearing, drafting, reviewing, signing, serving, replying."""

from typing import Any

from django import forms

from casework.matters.forms.acts import ActForm, choice, day_field, file_field, long_text
from casework.matters.forms.choices import handling_units
from casework.matters.forms.serving import ServeForm, TryServeForm
from casework.matters.models import Hearing, Settlement
from casework.matters.opening import DRAFT, TEXTS
from casework.matters.opinions import contested, current, open_promises, promised
from casework.matters.outcomes.signers import leaders_on
from casework.matters.reading import shown
from casework.matters.states import Klass, Outcome
from office.models import User

PROMISES = 5


class PromisesForm(ActForm):
    """With up to five promises: what, which unit, until when; an empty row is none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = [
            tuple(self[f"{name}_{n}"] for name in ("what", "unit", "due_on"))
            for n in range(1, PROMISES + 1)
        ]
        in_rows = {field.name for row in self.rows for field in row}
        late_rows = [field for row in self.rows[2:] for field in row if "unit" not in field.name]
        self.more_promises = any(field.value() for field in late_rows)
        self.plain = [field for field in self if field.name not in in_rows]

    def prepare(self) -> None:
        units = handling_units(self.today)
        for n in range(1, PROMISES + 1):
            self.fields[f"what_{n}"] = forms.CharField(
                label=f"承诺 {n}：做什么", required=False, max_length=300
            )
            self.fields[f"unit_{n}"] = forms.ModelChoiceField(
                label="哪个单位做", queryset=units, required=False, empty_label="请选择"
            )
            self.fields[f"due_on_{n}"] = day_field("最迟哪天", required=False)
            if self.matter.lead_unit_id:
                self.initial[f"unit_{n}"] = self.matter.lead_unit_id

    def given(self) -> dict[str, Any]:
        data = {
            name: value
            for name, value in super().given().items()
            if name.rsplit("_", 1)[0] not in ("what", "unit", "due_on")
        }
        return data | {"promises": self.promises()}

    def promises(self) -> list[dict[str, Any]]:
        """The rows in which something was written."""
        taken = self.cleaned_data
        return [
            {"what": taken[f"what_{n}"], "unit": taken[f"unit_{n}"], "due_on": taken[f"due_on_{n}"]}
            for n in range(1, PROMISES + 1)
            if taken.get(f"what_{n}") or taken.get(f"due_on_{n}")
        ]


class HearForm(ActForm):
    way = choice("怎样听取", Hearing.Way.choices, "请选择听取陈述的方式。")
    on = day_field("哪天")
    note = long_text(
        "陈述要点", 6,
        help_text="信访人自己怎么说、要求什么、补充了什么。加密保存。",
        error_messages={"required": "请写下陈述的要点。"},
    )  # fmt: skip
    file = file_field("笔录或录音", required=False)


class NotReachedForm(ActForm):
    way = choice("怎样联系", Hearing.Way.choices, "请选择联系的方式。")
    on = day_field("哪天")
    note = long_text(
        "经过", 3,
        help_text="几点打的、打哪个号、结果怎样。",
        error_messages={"required": "请写下怎样联系、结果怎样。"},
    )  # fmt: skip


_OF_AN_OPINION = (Outcome.SUPPORT, Outcome.EXPLAIN, Outcome.NOT_SUPPORTED)
_DRAFT_TEXTS = ("claim", "facts", "basis", "body")


class DraftForm(PromisesForm):
    """Art. 32. A draft that was sent back is written on: what it said stands in the form."""

    outcome = choice(
        "处理结果", [(one.value, one.label) for one in _OF_AN_OPINION], "请选择处理结果。"
    )
    claim = long_text(
        "信访诉求", 4, help_text="逐项写，信访人提了几项就写几项。",
        error_messages={"required": "请写明信访人的诉求。"},
    )  # fmt: skip
    facts = long_text(
        "事实和理由", 6, help_text="查明了什么、怎么查的。",
        error_messages={"required": "请写明查明的事实和理由。"},
    )  # fmt: skip
    basis = long_text(
        "依据", 3, help_text="法律、法规、规章或政策文件，写到条。",
        error_messages={"required": "请写明依据，写到条；没有依据的意见不能出具。"},
    )  # fmt: skip
    body = long_text(
        "处理意见", 8, help_text="逐项回应诉求。加密保存。",
        error_messages={"required": "请写明处理意见。"},
    )  # fmt: skip
    all_answered = forms.BooleanField(
        label="诉求逐项都有回应", error_messages={"required": "请核对每一项诉求都有回应，再勾选。"}
    )
    money = forms.BooleanField(label="涉及钱款（须法制审核）", required=False)
    performed = forms.BooleanField(label="已经全部落实，没有待履行的承诺", required=False)

    def prepare(self) -> None:
        super().prepare()
        draft = current(self.matter)
        is_open = bool({DRAFT, TEXTS} & set(self.opened))
        if draft is None:
            if is_open:
                self.initial["claim"] = shown(self.matter, "claim", True)
            return
        self.initial |= {"outcome": draft.outcome, "money": draft.money}
        if not is_open:
            return
        self.initial |= {name: draft.text(name) for name in _DRAFT_TEXTS}
        for n, one in enumerate(promised(draft)[:PROMISES], 1):
            self.initial |= {
                f"what_{n}": one["what"],
                f"unit_{n}": one["unit"].pk,
                f"due_on_{n}": one["due_on"],
            }


class NoteForm(ActForm):
    note = long_text("意见", 4, required=False)


class SeenForm(NoteForm):
    """An opinion is agreed to as it was read: `seen` is the version that stood on the page."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        draft = current(self.matter)
        self.fields["seen"].initial = draft.version if draft is not None else None

    def clean(self) -> dict[str, Any]:
        """The page that comes back shows the draft as it is now, and says so."""
        given, is_now = self.cleaned_data, self.fields["seen"].initial
        if given.get("seen") not in (None, is_now):
            self.data = self.data.copy()
            self.data["seen"] = is_now
            raise forms.ValidationError("意见稿在您打开以后改过，请重新看过再提交。")
        return given


class WhyBackForm(ActForm):
    note = long_text(
        "哪里要改", 5, help_text="起草人会看到。",
        error_messages={"required": "请写明哪里要改、为什么。"},
    )  # fmt: skip


class ReviewPaperForm(ActForm):
    counsel = forms.CharField(
        label="法律顾问", max_length=60, help_text="姓名或律师事务所。",
        error_messages={"required": "请写明是哪位法律顾问审核的。"},
    )  # fmt: skip
    paper = file_field(
        "签了字的审核意见", error_messages={"required": "请上传法律顾问签了字的审核意见。"}
    )
    note = long_text("审核意见要点", 3, required=False)
    on = day_field("审核日期")


class SignPaperForm(ActForm):
    leader = forms.ModelChoiceField(
        label="签批领导", queryset=User.objects.none(), empty_label="请选择",
        error_messages={"required": "请选择在纸上签字的领导。"},
    )  # fmt: skip
    signed_on = day_field("签批日期", error_messages={"required": "请填写纸上的签批日期。"})
    paper = file_field("呈批单扫描件", error_messages={"required": "请上传签了字的呈批单。"})
    note = long_text("签批意见", 3, required=False)

    def prepare(self) -> None:
        leaders = [user.pk for user in leaders_on(self.today)]
        self.fields["leader"].queryset = User.objects.filter(pk__in=leaders).order_by("pk")


_SUGGESTED = (Outcome.ADOPTED, Outcome.PARTLY, Outcome.NOT_ADOPTED)


class AnswerForm(PromisesForm):
    outcome = choice("处理结果", (), "请选择处理结果。")
    body = long_text(
        "答复内容", 12,
        help_text="逐项回应：查明的事实、依据、结果；不采纳、不支持的写明原因。加密保存。",
        error_messages={"required": "请写明答复内容。"},
    )  # fmt: skip
    on = day_field("答复日期", help_text="作出答复的那一天；交到信访人手里的那一天在“送达”里登记。")

    def prepare(self) -> None:
        super().prepare()
        suggestion = self.matter.klass == Klass.SUGGESTION
        offered = _SUGGESTED if suggestion else _OF_AN_OPINION
        self.fields["outcome"].choices = [(one.value, one.label) for one in offered]


class SettleForm(ActForm):
    kind = choice("方式", Settlement.Kind.choices, "请选择调解还是和解。")
    on = day_field("协议生效日期")
    agreement = file_field(
        "双方签字的协议书", error_messages={"required": "请上传双方签字的协议书。"}
    )
    words = long_text("协议要点", 5, error_messages={"required": "请写明达成了什么协议。"})
    consent = forms.BooleanField(
        label="双方自愿，都在协议上签了字",
        error_messages={"required": "调解、和解要双方自愿，请核对后勾选。"},
    )


class ConfirmCourtForm(ActForm):
    court = forms.CharField(
        label="法院", max_length=60, error_messages={"required": "请写明是哪个法院确认的。"}
    )
    on = day_field("裁定日期")
    ruling = file_field("司法确认裁定书", error_messages={"required": "请上传裁定书。"})


class _OfPromise(ActForm):
    promise = forms.TypedChoiceField(label="哪一项承诺", coerce=int, empty_value=None)

    def rows(self) -> list[Any]:
        return open_promises(self.matter)

    def prepare(self) -> None:
        self.found = {row.pk: row for row in self.rows()}
        is_open = TEXTS in self.opened
        self.fields["promise"].choices = [
            (row.pk, f"{row.due_on:%Y-%m-%d}　{row.unit}　{shown(row, 'what', is_open)}")
            for row in self.found.values()
        ]

    def clean_promise(self) -> Any:
        return self.found.get(self.cleaned_data["promise"])


class KeepForm(_OfPromise):
    on = day_field("兑现日期")
    proof = file_field("凭据", error_messages={"required": "请上传能证明已经兑现的材料。"})
    note = long_text("说明", 2, required=False)


class BrokenForm(_OfPromise):
    note = long_text(
        "信访人怎么说", 4, help_text="记下就恢复办理，不用任何人批准。",
        error_messages={"required": "请写下信访人怎么说的。"},
    )  # fmt: skip

    def rows(self) -> list[Any]:
        return contested(self.matter, self.today)


FORMS: dict[str, type[ActForm]] = {
    "hear": HearForm,
    "not_reached": NotReachedForm,
    "draft": DraftForm,
    "recall_draft": NoteForm,
    "review": SeenForm,
    "review_paper": ReviewPaperForm,
    "redraft": WhyBackForm,
    "sign": SeenForm,
    "sign_paper": SignPaperForm,
    "unsign": WhyBackForm,
    "serve": ServeForm,
    "try_serve": TryServeForm,
    "answer": AnswerForm,
    "settle": SettleForm,
    "confirm_court": ConfirmCourtForm,
    "keep_promise": KeepForm,
    "broken": BrokenForm,
}
