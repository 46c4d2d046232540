"""Forms of leading a matter to another path, of following it there and of its outcome."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from casework.matters.entering import ways
from casework.matters.forms.acts import ActForm, day_field, long_text
from casework.matters.forms.asking import AskForm
from casework.matters.forms.papers import WithPaper, existing_paper, upload_field
from casework.matters.models import StatutoryPath
from casework.matters.states import Path


class TrackForm(ActForm):
    note = long_text(
        "进展", 4, help_text="问了谁、到哪一步了；协调、调解的情况。加密保存。",
        error_messages={"required": "请写明跟踪到的情况。"},
    )  # fmt: skip
    on = day_field("哪天的情况")


class OutcomeForm(WithPaper, ActForm):
    result = forms.ChoiceField(
        label="结果", choices=StatutoryPath.Result.choices, widget=forms.RadioSelect,
        error_messages={"required": "请选择结果。"},
    )  # fmt: skip
    result_note = long_text(
        "结果说明", 4, help_text="裁决书文号、内容，兑现没有。加密保存。",
        error_messages={"required": "请写明结果。"},
    )  # fmt: skip
    existing = existing_paper()
    paper = upload_field("或上传凭据", "裁决书、调解书、付款凭证，或本人确认的记录。20 MB 以内。")
    on = day_field("办结日期")

    def prepare(self) -> None:
        self.offer_files()

    def given(self) -> dict[str, Any]:
        return self.with_paper(super().given())


class TakeBackForm(ActForm):
    note = long_text(
        "为什么收回", 3, help_text="那个机关为什么不收，有没有书面的。",
        error_messages={"required": "请写明为什么收回受理。"},
    )  # fmt: skip


class RouteForm(AskForm):
    """Which path, which body, by when: filled from the last matter that went the same way."""

    path = forms.ChoiceField(
        label="法定途径", choices=[(way.code, way.label) for way in ways.LED],
        widget=forms.RadioSelect, error_messages={"required": "请选择法定途径。"},
    )  # fmt: skip
    body = forms.CharField(
        label="向哪个机关提出", max_length=80, help_text="全称，例如：区劳动人事争议仲裁委员会",
        error_messages={"required": "请写明受理机关。"},
    )  # fmt: skip
    limit_text = forms.CharField(
        label="法律规定的时限", max_length=200,
        help_text="多久、从哪天起算、依据哪一条。例如：知道权利被侵害之日起一年（《劳动争议调解仲裁法》第二十七条）",
        error_messages={"required": "请写明法律规定的时限。"},
    )  # fmt: skip
    last_day = day_field(
        "最后安全日",
        required=False,
        help_text="最晚哪天去还来得及，往早里算；印在告知书上，加粗。算不准的留空，在时限里说明。",
    )
    aid = forms.CharField(
        label="法律援助联系", max_length=120, required=False, help_text="地点和电话，例如：12348",
    )  # fmt: skip
    own_duty = forms.BooleanField(
        label="这是本街道自己的职责（留下来履行或答复）", required=False,
        help_text="只有履行法定职责、行政确认许可等途径可能是。",
    )  # fmt: skip
    reason = long_text(
        "为什么走这条途径", 3, help_text="法制审核和告知书都要看。",
        error_messages={"required": "请写明为什么走这条途径。"},
    )  # fmt: skip
    told = "等法制审核。通过后出分类处理告知书；在那之前告知期限照算。"
    field_order = ("path", "body", "limit_text", "last_day", "aid", "own_duty", "reason")

    def prepare(self) -> None:
        chosen = self.matter.path if self.matter.path != Path.PETITION else ""
        if chosen:
            self.initial["path"] = chosen
        self.fields["last_day"].widget.attrs["min"] = f"{self.today:%Y-%m-%d}"

    def start_from(self, path: str, seen: QuerySet) -> None:
        """Begin with a path, and with what was last written for it in one of the matters `seen`."""
        if path not in dict(self.fields["path"].choices):
            return
        self.initial["path"] = path
        rows = StatutoryPath.objects.filter(path=path, matter__in=seen.values("pk"))
        last = rows.order_by("-pk").first()
        if last is not None:
            self.initial |= {"body": last.body, "limit_text": last.limit_text, "aid": last.aid}


class RerouteForm(RouteForm):
    own_duty = None
    told = "等法制审核和街道领导决定。决定之前原来的期限照算。"
    field_order = ("path", "body", "limit_text", "last_day", "aid", "reason")


FORMS: dict[str, type[ActForm]] = {
    "track": TrackForm,
    "path_outcome": OutcomeForm,
    "take_back": TakeBackForm,
}
ASKS: dict[str, type[AskForm]] = {"route": RouteForm, "reroute": RerouteForm}
